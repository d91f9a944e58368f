"""How many statements the database is sent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters, as the driver gets it; many rows at once are one."""
    sent: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def counted(engine: Engine, work: Callable[[], object]) -> list[str]:
    """The statements of one piece of work, each cut to its beginning."""
    with statements(engine) as sent:
        work()
    return [" ".join(statement.split())[:60] for statement, _ in sent]
