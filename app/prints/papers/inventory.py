"""核对档案销毁清册 (第十七条): every file of one set, and who signed for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.prints.inventory_messages import say
from app.prints.papers.parts import day_words, facts, table
from app.report.paper.blocks import Draft, Heading, Table
from app.web.formats import day

_COLUMNS = (
    ("no", 9.0),
    ("number", 39.0),
    ("case", 39.0),
    ("outcome", 19.0),
    ("closed_on", 25.0),
    ("kept", 13.0),
    ("documents", 12.0),
)


@dataclass(frozen=True)
class Destroyed:
    """One file of a set."""

    number: str
    case_number: str
    outcome: str
    closed_on: date
    kept: str
    documents: int
    shelf: str


@dataclass(frozen=True)
class Inventory:
    """A set; ``signed``: name and day of who proposed, allowed and witnessed, empty before."""

    agency: str
    number: str
    reason: str
    files: tuple[Destroyed, ...]
    signed: tuple[tuple[str, date | None], ...]


def compose_inventory(inventory: Inventory) -> Draft:
    """The head, the files, the three signatures."""
    return Draft(
        title=say("print.inventory.title"),
        number=say("print.inventory.no", number=inventory.number),
        confidential="",
        blocks=(
            facts(
                [
                    (say("print.inventory.agency"), inventory.agency),
                    (say("print.inventory.count"), str(len(inventory.files))),
                    (say("print.inventory.reason"), inventory.reason),
                    (say("print.inventory.way"), ""),
                ],
                least_mm=9.0,
            ),
            Heading(say("print.inventory.files")),
            table("print.inventory", _COLUMNS, list(_rows(inventory)), right=("no", "documents")),
            Heading(say("print.inventory.signatures")),
            _signatures(inventory),
        ),
    )


def _rows(inventory: Inventory) -> Iterator[tuple[str, ...]]:
    for no, file in enumerate(inventory.files, start=1):
        yield (
            str(no),
            file.number,
            file.case_number,
            file.outcome,
            day(file.closed_on),
            file.kept,
            str(file.documents),
        )


def _signatures(inventory: Inventory) -> Table:
    pairs = []
    for step, (name, on) in zip(
        ("proposed", "confirmed", "witnessed"), inventory.signed, strict=True
    ):
        pairs += [
            (say(f"print.inventory.{step}"), name),
            (say("print.inventory.on"), day_words(on)),
        ]
    return facts(pairs, least_mm=11.0)
