"""Passwords of packages: made by the system, told apart from the medium."""

import secrets

# Without 0 and O, 1 and I and L: it is read out on the telephone and typed from paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS = 5
_GROUP = 5


def make_password() -> str:
    """Five groups of five characters, about 124 bits: ``7KQ2M-…``."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
