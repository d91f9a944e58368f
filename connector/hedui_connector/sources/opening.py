"""The source that the TOML file names, and whether each of its queries can be asked."""

from collections.abc import Iterator
from pathlib import Path

from hedui_connector.settings.loading import beside
from hedui_connector.settings.model import ItemQuery, Settings
from hedui_connector.sources.base import QueryFault, Source
from hedui_connector.sources.database import DatabaseSource
from hedui_connector.sources.folder import FolderSource

NOBODY = "000000000000000000"


def open_source(path: Path, settings: Settings) -> DatabaseSource | FolderSource:
    """The source; nothing is asked yet."""
    if settings.source.folder is None:
        return DatabaseSource(settings.source.database)
    copy = beside(path, settings.server.state) / "folder.sqlite"
    return FolderSource(beside(path, settings.source.folder), copy)


def faulty_queries(settings: Settings, source: Source) -> Iterator[tuple[int, str]]:
    """Items whose query the source refuses, each asked for nobody, with what the source says."""
    for code, query in settings.items.items():
        if query.sql:
            try:
                ask_for_nobody(query, source)
            except QueryFault as error:
                yield code, str(error)


def ask_for_nobody(query: ItemQuery, source: Source) -> None:
    """Ask once, without a person: a wrong table or column shows at the start."""
    list(source.look_up(query, [NOBODY]))
    if query.as_of.query:
        source.as_of(query)
