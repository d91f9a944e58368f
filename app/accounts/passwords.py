"""Password hashes: Argon2id with the library's current parameters."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tenants.messages import Fault

SHORTEST = 12

_hasher = PasswordHasher()
# A hash of nothing anyone knows, so that an unknown name takes as long as a wrong password.
_DECOY = _hasher.hash("no account has this password, whatever its name may be")


def hash_password(password: str) -> str:
    """Argon2id hash of a password of at least ``SHORTEST`` characters; ``Fault`` when shorter."""
    if len(password) < SHORTEST:
        raise Fault("password_too_short", shortest=SHORTEST)
    return _hasher.hash(password)


def password_fits(stored: str | None, password: str) -> bool:
    """True when ``password`` is the one; takes its time for an unknown account too."""
    try:
        return _hasher.verify(stored or _DECOY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
