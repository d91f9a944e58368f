"""A folder of files, loaded into SQLite: each file a table by its name, asked by the same SQL."""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Column, MetaData, Table, Text, create_engine, insert

from hedui_connector.settings.model import ItemQuery
from hedui_connector.sources.base import Row
from hedui_connector.sources.database import DatabaseSource
from hedui_connector.sources.reading import SUFFIXES, FileFault, read_rows

ROWS_AT_ONCE = 2_000


class FolderSource:
    """The files as they are now; a changed file is loaded anew before the next look-up."""

    def __init__(self, folder: Path, copy: Path) -> None:
        self.folder, self.copy = folder, copy
        self._loaded: dict[str, tuple[int, int]] = {}
        self._source: DatabaseSource | None = None
        self._lock = threading.Lock()

    def look_up(self, query: ItemQuery, numbers: Sequence[str]) -> Iterable[Row]:
        """The rows of these persons; ``FileFault`` when a file cannot be read."""
        with self._lock:
            return self._current().look_up(query, numbers)

    def columns(self, query: ItemQuery) -> list[str]:
        """The columns that the query gives; nobody is looked up."""
        with self._lock:
            return self._current().columns(query)

    def as_of(self, query: ItemQuery) -> Any:
        """What the item's own query for the day gives."""
        with self._lock:
            return self._current().as_of(query)

    def close(self) -> None:
        """Let go of the copy and remove it: it holds what the files hold."""
        if self._source is not None:
            self._source.close()
            self._source = None
        self.copy.unlink(missing_ok=True)

    def _current(self) -> DatabaseSource:
        found = {path.name: _stamp(path) for path in _files(self.folder)}
        if self._source is None or found != self._loaded:
            self.close()
            load_folder(self.folder, self.copy)
            self._source = DatabaseSource(f"sqlite:///{self.copy}")
            self._loaded = found
        return self._source


def load_folder(folder: Path, copy: Path) -> None:
    """Load every file of ``folder`` into a new SQLite file; ``FileFault``."""
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{copy}", hide_parameters=True)
    try:
        with engine.begin() as connection:
            names: set[str] = set()
            for path in _files(folder):
                if path.stem in names:
                    raise FileFault("name_twice", file=path.name)
                names.add(path.stem)
                _load(connection, path)
    finally:
        engine.dispose()


def _load(connection: Any, path: Path) -> None:
    rows = read_rows(path)
    header = next(rows, None)
    if header is None:
        raise FileFault("empty", file=path.name)
    while header and not header[-1]:
        header.pop()
    if not all(header) or len(set(header)) != len(header):
        raise FileFault("header", file=path.name)
    table = Table(path.stem, MetaData(), *(Column(name, Text) for name in header))
    table.create(connection)
    batch: list[dict[str, str | None]] = []
    for number, row in enumerate(rows, start=2):
        if any(row[len(header) :]):
            raise FileFault("too_wide", file=path.name, row=number)
        cells = [*row, *([""] * len(header))][: len(header)]
        batch.append({name: cell or None for name, cell in zip(header, cells, strict=True)})
        if len(batch) == ROWS_AT_ONCE:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _files(folder: Path) -> list[Path]:
    """Data files; what an office program keeps beside an open one (~$…) is none."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))
    )


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size
