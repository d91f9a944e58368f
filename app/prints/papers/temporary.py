"""不予救助告知书 for who asked, and 发放名单 for who pays (粤民发〔2020〕143号 三)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.prints.papers.parts import closing, facts, lines, table
from app.prints.temporary_messages import say
from app.report.paper.blocks import NOTE, Draft, Text
from app.web.formats import money, written_day

_COLUMNS = (
    ("no", 10.0),
    ("number", 33.0),
    ("name", 16.0),
    ("document", 44.0),
    ("payee", 32.0),
    ("amount", 21.0),
)


_RECEIPT = ("receipt", "receipt_on")


@dataclass(frozen=True)
class Refused:
    """An application that was not granted, as its notice says it; ``facts``: what each bureau that
    disagreed said, by its name."""

    agency: str
    article: str
    number: str
    name: str
    document: str
    applied_on: date
    decided_on: date
    ground: str
    facts: Sequence[tuple[str, str]]
    standard: str
    is_elsewhere: bool


@dataclass(frozen=True)
class Paid:
    """One row of a payment list; the numbers are whole, for who has to pay."""

    number: str
    name: str
    document: str
    bank: str
    account: str
    amount_fen: int


@dataclass(frozen=True)
class PayList:
    """A payment list as it leaves."""

    agency: str
    article: str
    number: str
    made_on: date
    check: str
    maker: str
    rows: Sequence[Paid]

    @property
    def amount_fen(self) -> int:
        """The total."""
        return sum(row.amount_fen for row in self.rows)


def compose_refusal(said: Refused, today: date) -> Draft:
    """Why, on which facts, and what can be done against it; with its receipt."""
    said_by = [say("print.temporary.fact", side=side, words=words) for side, words in said.facts]
    if said.is_elsewhere:
        said_by.append(say("print.temporary.taken"))
    named = [
        ("number", said.number),
        ("document", said.document),
        ("ground", said.ground),
        ("facts", " ".join(said_by)),
        ("standard", said.standard),
        ("decided_on", written_day(said.decided_on)),
    ]
    lead = say(
        "print.temporary.lead", applied_on=written_day(said.applied_on), article=said.article
    )
    ask = Text(say("print.temporary.ask", agency=said.agency))
    return Draft(
        title=say("print.temporary.notice"),
        number=said.number,
        confidential=say("print.temporary.keep"),
        blocks=(
            Text(say("print.temporary.dear", name=said.name), indented=False),
            Text(lead),
            lines([(say(f"print.temporary.{name}"), value) for name, value in named if value]),
            *((ask,) if said.is_elsewhere else ()),
            Text(say("print.temporary.appeal")),
            facts([(say(f"print.temporary.{box}"), "") for box in _RECEIPT], least_mm=10.0),
        ),
        closing=closing("", said.agency, written_day(today)),
    )


def _yuan(row: Paid) -> str:
    return money(row.amount_fen)


def compose_list(said: PayList) -> Draft:
    """Every row, the total, and the check value over both."""
    rows = [
        (str(no), row.number, row.name, row.document, f"{row.bank} {row.account}", _yuan(row))
        for no, row in enumerate(said.rows, start=1)
    ]
    people = say("print.temporary.people", persons=len(said.rows))
    rows.append(("", say("print.temporary.total"), people, "", "", money(said.amount_fen)))
    lead = say(
        "print.temporary.list_lead",
        article=said.article,
        persons=len(said.rows),
        amount=money(said.amount_fen),
    )
    return Draft(
        title=say("print.temporary.list"),
        number=said.number,
        confidential=say("print.temporary.secret"),
        blocks=(
            Text(lead),
            table("print.temporary", _COLUMNS, rows, right=("no", "amount")),
            Text(say("print.temporary.made", check=said.check), NOTE, indented=False),
        ),
        closing=closing(said.maker, said.agency, written_day(said.made_on)),
    )
