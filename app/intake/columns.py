"""The subject list's columns and the words in them, as data (``list.toml``, ``words.toml``)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
# The built-in number format of a spreadsheet for cells that are text.
TEXT_FORMAT = 49
_BRACKETS = re.compile(r"\([^)]*\)")
_IGNORED = re.compile(r"[\s*:]|[\u200b-\u200f\ufeff]")


@dataclass(frozen=True)
class Column:
    """One column; ``kind`` and ``required`` are explained on top of ``list.toml``."""

    key: str
    header: str
    also: tuple[str, ...]
    kind: str
    required: str
    width: int
    note: str
    example: str
    may_lack: bool = False


@dataclass(frozen=True)
class Word:
    """A word offered in a column, its code, and other spellings that are understood."""

    code: str
    word: str
    also: tuple[str, ...]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def _words(table: list[dict[str, Any]]) -> tuple[Word, ...]:
    return tuple(Word(row["code"], row["word"], tuple(row["also"])) for row in table)


_list = _load("list.toml")
_vocabulary = _load("words.toml")

COLUMNS = tuple(Column(**{**row, "also": tuple(row["also"])}) for row in _list["columns"])
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
KEYS = tuple(BY_KEY)
ERROR_COLUMN: str = _list["error_column"]
LIST_SHEET: str = _list["list_sheet"]
GUIDE_SHEET: str = _list["guide_sheet"]
GUIDE: tuple[str, ...] = tuple(_list["guide"])
GUIDE_HEADING: tuple[str, ...] = tuple(_list["guide_heading"])
WORDS_HEADING: str = _list["words_heading"]
REQUIRED_WORDS: Mapping[str, str] = _list["required_words"]
TEN_THOUSAND: str = _list["ten_thousand"]

WORDS: Mapping[str, tuple[Word, ...]] = {
    column.key: _words(_vocabulary[column.key])
    for column in COLUMNS
    if column.kind in ("word", "words")
}
APPLICANT_RELATIONS: tuple[str, ...] = tuple(_vocabulary["applicant_relations"])
EVERYTHING = "00"
"""The word of a scope that names no kinds: the authorisation covers them all."""
CITIZEN_DOCUMENTS: tuple[str, ...] = tuple(_vocabulary["citizen_documents"])


def named_kinds(kinds: Iterable[int] | None) -> list[int]:
    """The kinds that an authorisation names, of what was read; none where it covers all."""
    return [kind for kind in kinds or () if kind != int(EVERYTHING)]


def codes_of_words(key: str) -> dict[str, str]:
    """Every understood spelling of a word column (GB/T 4761 codes included) → its code."""
    spellings = {spelling: w.code for w in WORDS[key] for spelling in (w.word, *w.also)}
    return spellings | ({w.code: w.code for w in WORDS[key]} if key == "relation" else {})


def plain_heading(text: str) -> str:
    """A heading as it is compared: narrow, without spaces, stars and what stands in brackets."""
    return _BRACKETS.sub("", narrow_heading(text))


def narrow_heading(text: str) -> str:
    """A heading without spaces, stars and full-width forms, its brackets kept."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


KEY_OF_HEADING: Mapping[str, str] = {
    plain_heading(heading): column.key
    for column in COLUMNS
    for heading in (column.header, *column.also)
}
