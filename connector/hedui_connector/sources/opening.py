"""The source that the TOML file names, and whether each of its queries can be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hedui_connector.settings.loading import beside
from hedui_connector.settings.model import ItemQuery, Settings
from hedui_connector.sources.base import PERSON, QueryFault, Source
from hedui_connector.sources.database import DatabaseSource
from hedui_connector.sources.folder import FolderSource
from hedui_connector.wire.models import Item


def open_source(path: Path, settings: Settings) -> DatabaseSource | FolderSource:
    """The source; nothing is asked yet."""
    if settings.source.folder is None:
        return DatabaseSource(settings.source.database)
    copy = beside(path, settings.server.state) / "folder.sqlite"
    return FolderSource(beside(path, settings.source.folder), copy)


@dataclass(frozen=True)
class MissingColumns:
    """Columns that an item needs and its query does not give."""

    names: tuple[str, ...]


def faulty_queries(
    settings: Settings, source: Source, items: Mapping[int, Item]
) -> Iterator[tuple[int, QueryFault | MissingColumns]]:
    """Items whose query the source refuses or whose columns are too few; nobody is looked up."""
    for code, query in settings.items.items():
        if not query.sql:
            continue
        try:
            given = source.columns(query)
            if query.as_of.query:
                source.as_of(query)
        except QueryFault as error:
            yield code, error
        else:
            missing = [name for name in needed(query, items.get(code)) if name not in given]
            if missing:
                yield code, MissingColumns(tuple(missing))


def needed(query: ItemQuery, item: Item | None) -> list[str]:
    """The columns that an answer is made of. An item that is not known shows them later."""
    names = [PERSON]
    if query.threshold is not None:
        names.append(query.threshold.field)
    elif item is not None:
        names += [field.name for field in item.fields]
    if query.as_of.column is not None:
        names.append(query.as_of.column)
    return list(dict.fromkeys(names))
