"""The package's words, read once from ``layout.toml``: names of files, sheets, columns, texts."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tenants.catalogue.outcomes import Outcome


@dataclass(frozen=True)
class Files:
    """Names of the files inside the package."""

    manifest: str
    list: str
    reply: str
    notes: str


@dataclass(frozen=True)
class Sheets:
    """Names of the sheets that are not a data item's."""

    list: str
    head: str
    codes: str


@dataclass(frozen=True)
class Columns:
    """Headers of the columns that every data item has."""

    line_no: str
    name: str
    id_type: str
    id_number: str
    items: str
    authorised_on: str
    authorisation_expires_on: str
    outcome: str
    as_of: str
    remark: str


@dataclass(frozen=True)
class Layout:
    """Everything of ``layout.toml``; the mappings go from code name to Chinese word."""

    format: str
    version: int
    files: Files
    sheets: Sheets
    columns: Columns
    head: dict[str, str]
    head_values: dict[str, str]
    outcome_words: dict[Outcome, str]
    outcome_of: dict[str, Outcome]
    yes: str
    no: str
    marks: dict[str, str]
    titles: dict[str, str]
    texts: dict[str, Any]


@cache
def layout() -> Layout:
    """The layout of the current package version."""
    raw = tomllib.loads(Path(__file__).with_name("layout.toml").read_text("utf-8"))
    words = {Outcome[code.upper()]: word for code, word in raw["outcomes"].items()}
    aliases = {word: Outcome[code.upper()] for word, code in raw["outcome_aliases"].items()}
    return Layout(
        format=raw["format"],
        version=raw["version"],
        files=Files(**raw["files"]),
        sheets=Sheets(**raw["sheets"]),
        columns=Columns(**raw["columns"]),
        head=raw["head"],
        head_values=raw["head_values"],
        outcome_words=words,
        outcome_of={word: outcome for outcome, word in words.items()} | aliases,
        yes=raw["answers"]["yes"],
        no=raw["answers"]["no"],
        marks=raw["marks"],
        titles=raw["titles"],
        texts=raw["texts"],
    )
