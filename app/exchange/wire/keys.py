"""The two keys of a connection, sealed in the tenant's vault."""

from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import Connection
from hedui_connector.wire.algorithms import ALGORITHMS, BadKey
from hedui_connector.wire.signatures import Key
from tenants.vault import vault


def seal_keys(connection_id: int, ours: bytes, theirs: bytes) -> bytes:
    """Our private key (or secret) and their public key (or secret), sealed for the row."""
    content = {"ours": ours.decode(), "theirs": theirs.decode()}
    return vault().seal("connection", connection_id, content)


def our_key(connection: Connection) -> Key:
    """What we sign with."""
    row = ALGORITHMS[connection.algorithm]
    return Key(connection.our_keyid, row, row.read_private(_opened(connection)["ours"].encode()))


def their_key(connection: Connection) -> Key:
    """What their signatures are verified with; ``WireFailure`` while we do not have it."""
    row = ALGORITHMS[connection.algorithm]
    try:
        material = row.read_public(_opened(connection)["theirs"].encode())
    except BadKey as error:
        raise WireFailure("unverified") from error
    return Key(connection.their_keyid, row, material)


def our_secret(connection: Connection) -> str:
    """The secret that both sides share, to be told to the unit (``hmac-sha256`` only)."""
    return _opened(connection)["ours"]


def opened_texts(connection: Connection) -> tuple[str, str]:
    """Ours and theirs as texts, to be sealed anew when one changes."""
    content = _opened(connection)
    return content["ours"], content["theirs"]


def _opened(connection: Connection) -> dict[str, str]:
    return vault().open("connection", connection.id, connection.keys_sealed)
