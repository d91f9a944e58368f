"""Keys in files."""

import os
from pathlib import Path

from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.signatures import Key


def private_key(path: Path, keyid: str, algorithm: str) -> Key:
    """The key that a party signs with; ``OSError`` or ``BadKey``."""
    row = ALGORITHMS[algorithm]
    return Key(keyid, row, row.read_private(path.read_bytes()))


def public_key(path: Path, keyid: str, algorithm: str) -> Key:
    """The key that another party's signatures are verified with; ``OSError`` or ``BadKey``."""
    row = ALGORITHMS[algorithm]
    return Key(keyid, row, row.read_public(path.read_bytes()))


def make_keys(base: Path, algorithm: str) -> list[Path]:
    """Write ``base.key`` (readable by its owner only) and, if there is one, ``base.pub``.

    ``FileExistsError`` when the key is there already.
    """
    private, public = ALGORITHMS[algorithm].generate()
    secret = base.with_name(f"{base.name}.key")
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    if not public:
        return [secret]
    shown = base.with_name(f"{base.name}.pub")
    shown.write_bytes(public)
    return [secret, shown]
