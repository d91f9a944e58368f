"""The container of old Office files (MS-CFB), opened in memory only: names, then one stream.

It holds a ``.xls``, and also the locked form of an ``.xlsx``.
"""

import struct
from collections.abc import Mapping

from tenants.messages import Fault, register
from tenants.untrusted.messages import UNTRUSTED_MESSAGES

register(UNTRUSTED_MESSAGES)

_HEADER = 512
_ENTRY = 128
_MINI_SECTOR = 64
_LAST = 0xFFFFFFFA
_FIRST_IN_HEADER = 109
_STREAM, _ROOT = 2, 5


class Compound:
    """The streams of a compound file by name; ``workbook_broken`` when it does not hold together.

    Chains are followed at most as far as the file has sectors, so that a ring ends.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise Fault("workbook_broken") from error

    @property
    def names(self) -> frozenset[str]:
        """Names of everything in it, folders too."""
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """The content of one stream."""
        start, size = self._entries[name]
        try:
            small = size < self._cutoff
            content = self._mini_chain(start) if small else self._chain(start)
        except (struct.error, IndexError) as error:
            raise Fault("workbook_broken") from error
        if len(content) < size:
            raise Fault("workbook_broken")
        return content[:size]

    def _open(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._data, 30)
        if shift not in (9, 12) or 1 << mini_shift != _MINI_SECTOR:
            raise Fault("workbook_broken")
        self._sector = 1 << shift
        directory, _, self._cutoff, mini_fat = struct.unpack_from("<IIII", self._data, 48)
        self._fat = self._table(self._fat_sectors())
        self._mini_fat = self._numbers(self._chain(mini_fat)) if mini_fat < _LAST else ()
        self._entries: Mapping[str, tuple[int, int]] = self._listed(self._chain(directory))
        if not self._entries:
            raise Fault("workbook_broken")

    def _fat_sectors(self) -> list[int]:
        listed = list(struct.unpack_from(f"<{_FIRST_IN_HEADER}I", self._data, 76))
        more = struct.unpack_from("<I", self._data, 68)[0]
        for _ in range(len(self._data) // self._sector):
            if more >= _LAST:
                break
            *numbers, more = self._numbers(self._at(more))
            listed += numbers
        return [number for number in listed if number < _LAST]

    def _listed(self, directory: bytes) -> dict[str, tuple[int, int]]:
        found = {}
        self._mini_stream = b""
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            if kind == _ROOT and start < _LAST:
                self._mini_stream = self._chain(start)
            if kind:
                found[name] = (start, size if kind == _STREAM else 0)
        return found

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        return self._numbers(b"".join(self._at(sector) for sector in sectors))

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _at(self, sector: int) -> bytes:
        start = _HEADER if self._sector == _HEADER else self._sector
        start += sector * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _LAST and len(pieces) <= len(self._fat):
            pieces.append(self._at(sector))
            sector = self._fat[sector]
        return b"".join(pieces)

    def _mini_chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _LAST and len(pieces) <= len(self._mini_fat):
            pieces.append(self._mini_stream[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
            sector = self._mini_fat[sector]
        return b"".join(pieces)
