"""A ZIP among the pictures of a batch stands for the pictures in it."""

from collections.abc import Iterable, Iterator

from app.papers.pictures import MOST_MB
from tenants.untrusted.archive import Archive, ArchiveLimits
from tenants.untrusted.kinds import FileKind, kind_of

_MB = 1024 * 1024
LIMITS = ArchiveLimits(max_unpacked=256 * _MB, max_entries=400)
# What macOS and Windows add to a folder by themselves.
_NOISE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def unpacked(sent: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """(file name, bytes) with every ZIP replaced by its files; ``archive_*`` faults."""
    return [file for name, data in sent for file in _files_in(name, data)]


def _files_in(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if kind_of(data) not in (FileKind.ZIP, FileKind.BROKEN_ZIP):
        # One byte more than is taken tells that it is too large; the rest need not be held.
        yield name, data[: MOST_MB * _MB + 1]
        return
    archive = Archive(data, LIMITS)
    for inner in archive.names:
        if not any(noise in inner.casefold() for noise in _NOISE):
            yield inner, archive.read(inner)
