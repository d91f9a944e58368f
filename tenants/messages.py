"""Errors that a person is told: typed where the rule is, worded in one table, translated once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_texts: dict[str, str] = {}


def register(table: Mapping[str, str]) -> None:
    """Add a package's message table (code → Chinese sentence with ``{placeholders}``).

    Raises ``ValueError`` for a code that another table already words differently: each rule
    exists once.
    """
    for code, text in table.items():
        if _texts.setdefault(code, text) != text:
            raise ValueError(f"message {code!r} is worded twice")


def say(code: str, **values: Any) -> str:
    """The Chinese sentence for ``code``; ``KeyError`` when no table words it."""
    return _texts[code].format(**values)


class Fault(Exception):
    """Something a person must be told: where, what, and what would be right.

    ``code`` names the sentence in a message table, ``values`` fill its placeholders. Values are
    shown to people and may reach a log, so they never hold a subject's private data.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return say(self.code, **self.values)


@dataclass(frozen=True)
class RowFault:
    """One fault at one place of a sheet: ``row`` as the spreadsheet counts it, from 1."""

    row: int
    column: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.code, **self.values)
