"""A database by SQLAlchemy: one query per data item, a batch of persons at a time, read only."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    CursorResult,
    Engine,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    insert,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from hedui_connector.settings.model import ASKED_TABLE, ItemQuery
from hedui_connector.sources.base import NOBODY, PERSON, QueryFault, Row, SourceUnavailable

ASKED = Table(
    ASKED_TABLE, MetaData(), Column(PERSON, String(30), primary_key=True), prefixes=["TEMPORARY"]
)


class DatabaseSource:
    """A unit's own database. Nothing is written but the temporary table of a look-up."""

    def __init__(self, address: str) -> None:
        self.engine: Engine = create_engine(address, pool_pre_ping=True, hide_parameters=True)

    def look_up(self, query: ItemQuery, numbers: Sequence[str]) -> Iterable[Row]:
        """The rows of these persons; ``SourceUnavailable`` or ``QueryFault``."""
        with self._asking() as connection, self._asked(connection, query, numbers) as result:
            return [
                {name.lower(): value for name, value in row.items()} for row in result.mappings()
            ]

    def columns(self, query: ItemQuery) -> list[str]:
        """The columns that the query gives; nobody is looked up."""
        with self._asking() as connection, self._asked(connection, query, [NOBODY]) as result:
            names = list(map(str.lower, result.mappings().keys()))
            result.close()
            return names

    def as_of(self, query: ItemQuery) -> Any:
        """What the item's own query for the day gives."""
        with self._asking() as connection:
            return connection.execute(text(query.as_of.query)).scalar()

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextlib.contextmanager
    def _asked(
        self, connection: Connection, query: ItemQuery, numbers: Sequence[str]
    ) -> Iterator[CursorResult[Any]]:
        """The result of a query for these persons, in a list or in a temporary table."""
        if not query.by_table:
            statement = text(query.sql).bindparams(bindparam("id_numbers", expanding=True))
            yield connection.execute(statement, {"id_numbers": _as_stored(numbers)})
            return
        ASKED.create(connection)
        try:
            connection.execute(insert(ASKED), [{PERSON: number} for number in sorted(set(numbers))])
            yield connection.execute(text(query.sql))
        finally:
            # SQLite would bring a table back that was dropped and not committed.
            with contextlib.suppress(DBAPIError):
                ASKED.drop(connection)
                connection.commit()

    @contextlib.contextmanager
    def _asking(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except OperationalError as error:
            if _is_query_fault(error):
                raise QueryFault(_words(error), _kind(error)) from error
            raise SourceUnavailable(_words(error)) from error
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise SourceUnavailable(_words(error)) from error
            raise QueryFault(_words(error), _kind(error)) from error


def _as_stored(numbers: Sequence[str]) -> list[str]:
    """A number that ends in X stands in some databases with x: asked for in both ways, so that
    nobody is said to have no record for that."""
    return sorted({form for number in numbers for form in (number, number.lower())})


# SQLite and MariaDB call a missing table or column "operational": no waiting mends it.
_MEND = (
    *("no such table", "no such column", "no such function", "syntax error", "ambiguous column"),
    *("unknown column", "doesn't exist"),
)
# Some databases quote the statement, and with it the persons who were asked for.
_NUMBER = re.compile(r"[0-9A-Za-z]*\d{5,}[0-9A-Za-z]*")


def _is_query_fault(error: OperationalError) -> bool:
    return any(words in str(error.orig).lower() for words in _MEND)


def _words(error: SQLAlchemyError) -> str:
    """What the database says, in one line, without the persons."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return _NUMBER.sub("\u2026", said.strip().split("\n", 1)[0])[:300]


def _kind(error: SQLAlchemyError) -> str:
    """The database's own class of the error, without its text: that may quote a value."""
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__
