"""A message as a file (RFC 9112 form): its head with digest and signature, then its body.

What verifies a message from a socket verifies it from a file. It is signed first and then sealed to
whom it is for: ``HEDUI-SEALED-1 length`` in a line, and a box of so many bytes (``boxes``).
"""

import re

from http_message_signatures.structures import CaseInsensitiveDict

from hedui_connector.wire import boxes
from hedui_connector.wire.limits import BYTES_PER_BODY
from hedui_connector.wire.signatures import Request

LARGEST_HEAD = 32 * 1024
REQUEST_LINE = re.compile(r"([A-Z]{3,7}) (/[!-~]{0,1023}) HTTP/1\.1")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): ?([\x20-\x7e]*)")
END = b"\r\n\r\n"
SEALED = b"HEDUI-SEALED-1 "
FIRST_LINE = re.compile(SEALED + rb"([1-9]\d{0,8})\n")
_INFO = b"hedui exchange folder v1"


class Malformed(ValueError):
    """The file is no message."""


class Incomplete(ValueError):
    """The file ends before its message does: it is still on its way, or was broken off."""


def to_file(message: Request, body: bytes) -> bytes:
    """The bytes of a signed message."""
    told = {name.title(): text for name, text in message.headers.items()}
    told["Content-Length"] = str(len(body))
    first = f"{message.method} {message.target} HTTP/1.1"
    lines = [first, *(f"{name}: {text}" for name, text in told.items())]
    return "\r\n".join(lines).encode("ascii") + END + body


def from_file(data: bytes) -> tuple[Request, bytes]:
    """A message and its body; ``Malformed`` or ``Incomplete``."""
    head, found, body = data.partition(END)
    if len(head) > LARGEST_HEAD:
        raise Malformed("the head is too large")
    if not found:
        raise Incomplete("no end of the head")
    first, headers = _head(head)
    line, length = REQUEST_LINE.fullmatch(first), headers.get("content-length", "")
    if line is None:
        raise Malformed("no request line")
    if not (length.isascii() and length.isdecimal() and len(length) < 12):
        raise Malformed("no usable Content-Length")
    if int(length) > BYTES_PER_BODY or len(body) > int(length):
        raise Malformed("too long")
    if len(body) < int(length):
        raise Incomplete(f"{len(body)} of {length} bytes")
    return Request(line[1], line[2], CaseInsensitiveDict(headers)), body


def seal(data: bytes, recipient: bytes) -> bytes:
    """The bytes of a file that only the holder of this public key (32 bytes) can open."""
    first = SEALED + b"%d\n" % boxes.size_of(data)
    return first + boxes.seal(recipient, _INFO, first, data)


def unseal(data: bytes, private: bytes) -> bytes:
    """What was sealed to this private key (32 bytes); ``Malformed``, ``Incomplete``, or
    ``boxes.CannotOpen`` where it is for another key or was altered."""
    first, found, boxed = data[: len(SEALED) + 10].partition(b"\n")
    if not found and SEALED.startswith(data[: len(SEALED)]):
        raise Incomplete("no end of the first line")
    line = FIRST_LINE.fullmatch(first + found)
    if line is None:
        raise Malformed("not sealed")
    boxed = data[len(first) + 1 :]
    if len(boxed) < int(line[1]):
        raise Incomplete(f"{len(boxed)} of {int(line[1])} bytes")
    if len(boxed) > int(line[1]):
        raise Malformed("too long")
    return boxes.open_box(private, _INFO, first + found, boxed)


def _head(head: bytes) -> tuple[str, dict[str, str]]:
    try:
        first, *lines = head.decode("ascii").split("\r\n")
    except UnicodeDecodeError as error:
        raise Malformed("the head is not ASCII") from error
    headers: dict[str, str] = {}
    for line in lines:
        named = HEADER.fullmatch(line)
        if named is None or named[1].lower() in headers:
            raise Malformed("a line of the head is malformed or comes twice")
        headers[named[1].lower()] = named[2]
    return first, headers
