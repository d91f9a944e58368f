"""The first question to a file from outside: is it what was asked for at all?"""

from collections.abc import Collection

from tenants.messages import Fault, register
from tenants.untrusted.kinds import FileKind, kind_of
from tenants.untrusted.messages import KIND_NAMES, UNTRUSTED_MESSAGES

register(UNTRUSTED_MESSAGES)


def require_kind(data: bytes, allowed: Collection[FileKind], wanted: str) -> FileKind:
    """The kind of ``data`` when it is one of ``allowed``.

    ``wanted`` names in Chinese what would be right. Raises ``file_empty``, ``archive_broken`` for
    a ZIP (or xlsx) that was cut off, and ``file_kind_refused``.
    """
    kind = kind_of(data)
    if kind in allowed:
        return kind
    if kind is FileKind.EMPTY:
        raise Fault("file_empty")
    if kind is FileKind.BROKEN_ZIP:
        raise Fault("archive_broken")
    raise Fault("file_kind_refused", kind=KIND_NAMES[kind], wanted=wanted)
