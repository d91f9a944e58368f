"""Keys in files."""

import os
from pathlib import Path

from hedui_connector.wire import boxes
from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.signatures import Key

KINDS = {name: row.generate for name, row in ALGORITHMS.items()} | {boxes.NAME: boxes.generate}
"""What pairs of keys there are: to sign with, and one to seal files with."""


def private_key(path: Path, keyid: str, algorithm: str) -> Key:
    """The key that a party signs with; ``OSError`` or ``BadKey``."""
    row = ALGORITHMS[algorithm]
    return Key(keyid, row, row.read_private(path.read_bytes()))


def public_key(path: Path, keyid: str, algorithm: str) -> Key:
    """The key that another party's signatures are verified with; ``OSError`` or ``BadKey``."""
    row = ALGORITHMS[algorithm]
    return Key(keyid, row, row.read_public(path.read_bytes()))


def make_keys(base: Path, kind: str) -> list[Path]:
    """Write a pair of this kind (``KINDS``): ``base.key``, readable by its owner only, and
    ``base.pub``, if there is one.

    ``FileExistsError`` when the key is there already.
    """
    private, public = KINDS[kind]()
    secret = base.with_name(f"{base.name}.key")
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    if not public:
        return [secret]
    shown = base.with_name(f"{base.name}.pub")
    shown.write_bytes(public)
    return [secret, shown]
