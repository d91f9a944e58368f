"""An exchange folder: one directory that a gate empties, one that it fills.

Each file is a signed message, sealed to whom it is for. It appears under its name only when it is
whole: written beside it, synced, then renamed. Names hold the request's id and which part of it the
file is, nothing about anybody. What is not taken goes to ``refused``, with the reason beside it.
"""

import datetime as dt
import os
import re
import secrets
from pathlib import Path
from typing import Literal

from http_message_signatures.structures import CaseInsensitiveDict

from hedui_connector.wire.boxes import CannotOpen
from hedui_connector.wire.files import Incomplete, Malformed, from_file, seal, to_file, unseal
from hedui_connector.wire.messages import FOLDER_TITLES
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.signatures import FOLDER, Key, Request, Unverified, sign_request

NAME = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.(head|lines-\d{9}|taken|receipt|answers-\d{9}|refusal-\d{9})\.msg",
    re.ASCII,
)
REFUSED, REASON = "refused", ".reason.txt"
PARTIAL_FOR_S = 600
"""A file that is not whole may still be copied for so long."""


class NotTaken(Exception):
    """A file that is refused: ``code`` of ``FOLDER_TITLES``, and what more there is to say."""

    def __init__(self, code: str, *more: str) -> None:
        self.code, self.words = code, "\uff1b".join((FOLDER_TITLES[code], *more))
        super().__init__(self.words)


def numbered(part: Literal["lines", "answers"], first: int) -> str:
    """The part of a name that says which page, by its first row."""
    return f"{part}-{first:09}"


def refusal() -> str:
    """The part of a name of a letter of refusal: as many as are needed."""
    return f"refusal-{secrets.randbelow(10**9):09}"


def name_of(request_id: str, part: str) -> str:
    """A file's name; ``part``: head, lines-N, taken, receipt, answers-N or refusal-N."""
    return f"{request_id}.{part}.msg"


def entries(folder: Path) -> list[Path]:
    """What lies there, in the order in which it is to be taken; hidden files are at work."""
    found = (path for path in folder.iterdir() if path.is_file() and path.name[0] != ".")
    return sorted(found, key=_order)


def _order(path: Path) -> tuple[str, int, str]:
    match = NAME.fullmatch(path.name)
    if match is None:
        return "", 0, path.name
    parts = ("head", "lines", "receipt", "answers", "refusal", "taken")
    return match[1], parts.index(match[2].partition("-")[0]), match[2]


def read(path: Path, now: dt.datetime, private: bytes) -> tuple[Request, bytes] | None:
    """The message in a file that was sealed to this private key; None while it may still be on its
    way. ``NotTaken``."""
    if NAME.fullmatch(path.name) is None:
        raise NotTaken("foreign")
    try:
        return from_file(unseal(path.read_bytes(), private))
    except CannotOpen as error:
        raise NotTaken("unopened") from error
    except Malformed as error:
        raise NotTaken("malformed") from error
    except Incomplete as error:
        if now.timestamp() - path.stat().st_mtime < PARTIAL_FOR_S:
            return None
        raise NotTaken("partial") from error


def why(error: Unverified | Refusal) -> NotTaken:
    """An error of the interface as the reason that is written beside the file."""
    if isinstance(error, Unverified):
        return NotTaken(error.code)
    return NotTaken("refused", error.problem.title, *map(str, error.problem.faults))


def message(method: str, target: str, headers: dict[str, str]) -> Request:
    """A message that is about to be signed."""
    return Request(method, target, CaseInsensitiveDict(headers))


def put(
    folder: Path,
    name: str,
    sent: Request,
    body: bytes,
    key: Key,
    recipient: bytes,
    now: dt.datetime,
) -> None:
    """Sign a message, seal it to a public key and let it appear as a whole file; one that is there
    is replaced whole."""
    if not NAME.fullmatch(name):
        raise ValueError("not a name of the exchange folder")
    sign_request(sent, body, key, now=now, carrier=FOLDER)
    beside = folder / f".{name}.part"
    with beside.open("wb") as file:
        file.write(seal(to_file(sent, body), recipient))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / name)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def set_aside(path: Path, reason: NotTaken) -> None:
    """Put a file that is not taken where somebody can look at it, with the reason beside it."""
    aside = path.parent / REFUSED
    aside.mkdir(exist_ok=True)
    target, number = aside / path.name, 1
    while target.exists():
        number += 1
        target = aside / f"{path.name}.{number}"
    path.replace(target)
    target.with_name(f"{target.name}{REASON}").write_text(f"{reason.words}\n", encoding="utf-8")
