"""The stamp of a list: proof that the system made it, for which unit, and nobody by hand."""

import base64
import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, fields, replace

from app.exchange.medium.asked import ListLine, PackageHead

_STAMP_BYTES = 15
_GROUP = 4
_SHORTEST = 24
_SHAPE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:[-\u2010-\u2015 ][0-9A-HJKMNP-TV-Z]{4}){5}", re.I)
_LINE = tuple(field.name for field in fields(ListLine))
# Base32 without I, L, O and U: nothing in it can be misread when typed from paper.
_READABLE = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)


def make_stamp(key: bytes, head: PackageHead, lines: Sequence[ListLine]) -> str:
    """120 bits of HMAC-SHA-256 over the head (its own stamp left out) and the lines' digest.

    ``key`` is the agency's, at least 32 bytes; ``ValueError`` for a shorter one. The result is six
    groups of four characters joined by hyphens.
    """
    if len(key) < 32:
        raise ValueError("a stamp key has at least 32 bytes")
    unstamped = asdict(replace(head, stamp=""))
    message = _canonical([unstamped, lines_digest(lines)])
    code = hmac.new(key, message, hashlib.sha256).digest()[:_STAMP_BYTES]
    return _grouped(base64.b32encode(code).translate(_READABLE).decode("ascii"))


def stamp_is_valid(key: bytes, head: PackageHead, lines: Sequence[ListLine], stamp: str) -> bool:
    """Whether ``stamp`` is the one made with ``key`` for exactly this head and these lines."""
    return same_stamp(make_stamp(key, head, lines), stamp)


def same_stamp(expected: str, found: str) -> bool:
    """Compare in constant time, blind to hyphens, spaces, width and case."""
    return hmac.compare_digest(_bare(expected), _bare(found))


def stamps_in(text: str) -> list[str]:
    """Whatever in a text has the shape of a stamp."""
    return _SHAPE.findall(unicodedata.normalize("NFKC", text)) if len(text) >= _SHORTEST else []


def stamp_in(text: str, stamp: str) -> bool:
    """Whether a text, a file's name say, bears a stamp."""
    return any(same_stamp(stamp, found) for found in stamps_in(text))


def lines_digest(lines: Sequence[ListLine]) -> str:
    """SHA-256 (hex) over every field of every line, in the order given."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(_canonical([getattr(line, name) for name in _LINE]) + b"\n")
    return digest.hexdigest()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, default=str).encode("ascii")


def _grouped(text: str) -> str:
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _bare(stamp: str) -> bytes:
    narrow = unicodedata.normalize("NFKC", stamp)
    return "".join(filter(str.isalnum, narrow)).upper().encode("utf-8")
