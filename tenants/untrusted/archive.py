"""Opening a ZIP from outside, in memory only: names, sizes and ratios first, then the content."""

import copy
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pyzipper

from tenants.messages import Fault, register
from tenants.untrusted.messages import UNTRUSTED_MESSAGES
from tenants.untrusted.names import decoded_name, is_safe_name

register(UNTRUSTED_MESSAGES)

_MB = 1024 * 1024
_CHUNK = 1 << 18
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    pyzipper.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
# Below this size a high ratio is harmless: an empty styled sheet packs a hundredfold.
_RATIO_MATTERS_FROM = 16 * _MB


@dataclass(frozen=True)
class ArchiveLimits:
    """What is taken at most: sizes in bytes, ``max_ratio`` unpacked to packed."""

    max_bytes: int = 64 * _MB
    max_unpacked: int = 512 * _MB
    max_ratio: int = 200
    max_entries: int = 200


def check_size(data: bytes, limits: ArchiveLimits) -> None:
    """Raises ``file_empty`` or ``file_too_large``."""
    if not data:
        raise Fault("file_empty")
    if len(data) > limits.max_bytes:
        raise Fault(
            "file_too_large",
            megabytes=-(-len(data) // _MB),
            limit=limits.max_bytes // _MB,
        )


class Archive:
    """A checked ZIP: iterate its files or read one; nothing is ever written to disk.

    The directory is checked on opening (``archive_*`` faults); sizes are counted again while
    unpacking, for a directory can lie.
    """

    def __init__(self, data: bytes, limits: ArchiveLimits, password: str | None = None) -> None:
        check_size(data, limits)
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = pyzipper.AESZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Fault("archive_broken") from error
        self._infos = self._checked_directory()
        self._set_password(password)

    @property
    def names(self) -> list[str]:
        """Names of the files in the order of the directory, folders left out."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """The whole content of one file; raises ``archive_*`` faults."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of one file in pieces; its checksum is verified at the end."""
        info, count = self._infos[name], 0
        # Read up to the stated size only, and a file whose size was altered ends there, unverified.
        beyond = copy.copy(info)
        beyond.file_size = info.file_size + 1
        try:
            with self._zip.open(beyond) as stream:
                while piece := stream.read(_CHUNK):
                    count += len(piece)
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.max_unpacked:
                        raise self._bomb()
                    yield piece
            if count != info.file_size:
                raise zipfile.BadZipFile("not the stated size")
        except _BROKEN as error:
            locked = info.flag_bits & _ENCRYPTED_FLAG
            code = "archive_locked_or_broken" if locked else "archive_file_broken"
            raise Fault(code, place=list(self._infos).index(name) + 1) from error
        except RuntimeError as error:
            raise Fault("archive_password_wrong") from error

    def _checked_directory(self) -> dict[str, zipfile.ZipInfo]:
        listed = self._zip.infolist()
        if len(listed) > self._limits.max_entries:
            raise Fault("archive_entries", count=len(listed), limit=self._limits.max_entries)
        found: dict[str, zipfile.ZipInfo] = {}
        seen: set[str] = set()
        for place, info in enumerate(listed, start=1):
            name = decoded_name(info)
            if not is_safe_name(name) or stat.S_ISLNK(info.external_attr >> 16):
                raise Fault("archive_path", place=place)
            if info.is_dir():
                continue
            if name.casefold() in seen:
                raise Fault("archive_twice", place=place)
            if info.compress_type not in _METHODS:
                raise Fault("archive_method", place=place)
            seen.add(name.casefold())
            found[name] = info
        self._check_sizes(list(found.values()))
        return found

    def _check_sizes(self, infos: list[zipfile.ZipInfo]) -> None:
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos) or 1
        if unpacked > self._limits.max_unpacked:
            raise self._bomb()
        if unpacked > _RATIO_MATTERS_FROM and unpacked / packed > self._limits.max_ratio:
            raise self._bomb()

    def _bomb(self) -> Fault:
        return Fault("archive_bomb", limit=self._limits.max_unpacked // _MB)

    def _set_password(self, password: str | None) -> None:
        if not any(info.flag_bits & _ENCRYPTED_FLAG for info in self._infos.values()):
            return
        if not password:
            raise Fault("archive_password_needed")
        self._zip.setpassword(password.encode())
