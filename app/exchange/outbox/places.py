"""The directories of exchange folders: only where the operator of the deployment allowed it."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.exchange.wire.failures import WireFailure
from tenants.messages import Fault

ENTRY = "dir:"
OUT, IN = "out", "in"
"""What we put in is in the one, and what the gate brings us in the other."""


def is_directory_entry(text: str) -> bool:
    """Whether a text allows a directory, and all below it: ``dir:/srv/exchange``."""
    path = text.removeprefix(ENTRY)
    return text.startswith(f"{ENTRY}/") and path == os.path.normpath(path)


def place_of(path: str, allowed: Iterable[str]) -> Path:
    """The directory of a connection.

    ``WireFailure``: ``folder_form``, ``folder_not_allowed`` (also where a link leads outside).
    """
    if not path.startswith("/") or path != os.path.normpath(path):
        raise WireFailure("folder_form")
    found = Path(path)
    real = found.resolve()
    for entry in allowed:
        if is_directory_entry(entry):
            root = Path(entry.removeprefix(ENTRY)).resolve()
            if real == root or root in real.parents:
                return real
    raise WireFailure("folder_not_allowed")


def check_place(path: str, allowed: Iterable[str]) -> None:
    """Raise ``Fault`` for a directory that a connection cannot have: ``wire.folder_form``,
    ``wire.folder_not_allowed``."""
    try:
        place_of(path, allowed)
    except WireFailure as failure:
        raise Fault(f"wire.{failure.code}") from failure


def box(path: str, allowed: Iterable[str], name: str) -> Path:
    """One of the two directories in it; ``WireFailure("folder_missing")`` where it is not there."""
    found = place_of(path, allowed) / name
    if found.is_symlink() or not os.access(found, os.R_OK | os.W_OK | os.X_OK):
        raise WireFailure("folder_missing")
    return found
