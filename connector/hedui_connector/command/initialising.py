"""``init`` and ``keys``: files to start from."""

import sys
from pathlib import Path

from hedui_connector.command.messages import say
from hedui_connector.wire.keys import make_keys

EXAMPLE = Path(__file__).with_name("example")
LISTEN = "127.0.0.1:8470"


def initialise(folder: Path) -> int:
    """Fill a new folder: settings, keys of the unit and of ``check``, and data to try with."""
    if folder.exists() and any(folder.iterdir()):
        print(say("exists", path=folder), file=sys.stderr)
        return 1
    (folder / "data").mkdir(parents=True, exist_ok=True)
    written = []
    for name, place in (
        ("connector.toml", "connector.toml"),
        ("check.toml", "check.toml"),
        ("deposits.csv", "data/deposits.csv"),
        ("persons.txt", "persons.txt"),
    ):
        target = folder / place
        target.write_bytes((EXAMPLE / name).read_bytes())
        written.append(target)
    for base in ("unit", "check"):
        written += make_keys(folder / base, "ed25519")
    for path in written:
        print(say("written", path=path))
    print(say("next", folder=folder, listen=LISTEN))
    return 0


def make_pair(base: Path, algorithm: str) -> int:
    """Write a pair of keys; never over one that is there."""
    try:
        written = make_keys(base, algorithm)
    except FileExistsError as error:
        print(say("exists", path=error.filename), file=sys.stderr)
        return 1
    for path in written:
        print(say("written", path=path))
    return 0
