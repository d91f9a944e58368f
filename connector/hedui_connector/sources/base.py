"""What every source can do: answer one data item's query for a batch of persons."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from hedui_connector.settings.model import ItemQuery

Row = Mapping[str, Any]
PERSON = "id_number"
NOBODY = "000000000000000000"


class SourceUnavailable(Exception):
    """The source cannot be reached now: to be asked again later."""


class QueryFault(Exception):
    """The query itself is refused by the source: to be mended in the TOML file.

    The text is for the technician who tries it; ``kind`` holds no value, and may be logged.
    """

    def __init__(self, words: str, kind: str = "") -> None:
        super().__init__(words)
        self.kind = kind or words


class Source(Protocol):
    """A unit's data. Column names are lower case; one of them is ``id_number``."""

    def look_up(self, query: ItemQuery, numbers: Sequence[str]) -> Iterable[Row]:
        """The rows of these persons."""

    def columns(self, query: ItemQuery) -> list[str]:
        """The columns that the query gives; nobody is looked up."""

    def as_of(self, query: ItemQuery) -> Any:
        """What the item's own query for the day gives."""
