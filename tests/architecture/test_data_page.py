"""docs/data.md says what every table and column is: held against the database's catalogue."""

import re

import pytest

from scripts.places import ROOT
from tests.architecture import catalogue
from tests.architecture.wall_faults import NOT_OURS
from tests.servers import DatabaseUrls

PAGE = ROOT / "docs" / "data.md"
HEADING = re.compile(r"^### (\w+)$")
ROW = re.compile(r"^\| (\w+) \| (.+) \|$")


def described(page: str) -> dict[tuple[str, str], str]:
    """(table, column) → what the page says; a column described twice is a mistake."""
    found: dict[tuple[str, str], str] = {}
    table = ""
    for line in page.splitlines():
        if heading := HEADING.match(line):
            table = heading[1]
        elif (row := ROW.match(line)) and row[1] != "column":
            assert (table, row[1]) not in found, f"{table}.{row[1]} twice"
            found[table, row[1]] = row[2].strip()
    return found


def existing(owner_url: str) -> set[tuple[str, str]]:
    with catalogue.as_owner(owner_url) as connection:
        rows = catalogue.rows(connection, catalogue.COLUMNS)
    return {(row.table, row.name) for row in rows if row.table not in NOT_OURS}


def test_the_page_describes_every_column_and_no_other(database: DatabaseUrls) -> None:
    page = described(PAGE.read_text(encoding="utf-8"))
    here = existing(database.owner)
    assert sorted(here - page.keys()) == [], "not described in docs/data.md"
    assert sorted(page.keys() - here) == [], "described, but not in the database"
    assert [place for place, words in page.items() if len(words) < 5] == []


@pytest.mark.parametrize(
    "line", ["| sealed | sealed: name", "| letter_key | the letter it came with"]
)
def test_a_line_taken_out_would_be_missed(database: DatabaseUrls, line: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert line in page
    left = "\n".join(row for row in page.splitlines() if not row.startswith(line))
    assert existing(database.owner) != described(left).keys()


def test_every_sealed_column_is_said_to_be(database: DatabaseUrls) -> None:
    """What holds private data is named so that nobody has to guess."""
    page = described(PAGE.read_text(encoding="utf-8"))
    sealed = {place for place in existing(database.owner) if "sealed" in place[1].split("_")}
    wrong = [place for place in sealed if place[1] != "sealed_by" and "seal" not in page[place]]
    assert wrong == []
