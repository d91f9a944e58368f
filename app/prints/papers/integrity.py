"""告知书 for the person whom an entry is about, and the notices to others who have to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.prints.integrity_messages import say
from app.prints.papers.parts import closing, lines
from app.report.paper.blocks import NOTE, Draft, Table, Text
from app.web.formats import written_day

_RECEIPT = ("receipt", "receipt_on")


@dataclass(frozen=True)
class Entry:
    """An entry as its papers say it; the number is whole, for who has to find them."""

    agency: str
    number: str
    article: str
    name: str
    document: str
    facts: str
    authority: str
    decision_number: str
    decision_on: date
    months: int
    appeal_days: int
    is_of_household: bool
    served_on: date | None = None
    ends_on: date | None = None


def compose_to_person(entry: Entry, today: date) -> Draft:
    """What was entered on whose decision, until when, and how to appeal; with its receipt."""
    named = (
        ("number", entry.number),
        ("document", entry.document),
        *_decision(entry),
        ("facts", entry.facts),
        ("term", say("print.integrity.term_value", months=entry.months)),
    )
    lead = say(
        "print.integrity.lead",
        authority=entry.authority,
        article=entry.article,
        agency=entry.agency,
    )
    appeal = say("print.integrity.appeal", agency=entry.agency, days=entry.appeal_days)
    return Draft(
        title=say("print.integrity.to_person"),
        number=entry.number,
        confidential=say("print.integrity.keep"),
        blocks=(
            Text(say("print.integrity.dear", name=entry.name), indented=False),
            Text(lead),
            _facts(named),
            Text(say("print.integrity.effect")),
            *([Text(say("print.integrity.need"))] if entry.is_of_household else []),
            Text(appeal),
            lines([(say(f"print.integrity.{box}"), "") for box in _RECEIPT], least_mm=9.0),
        ),
        closing=closing("", entry.agency, written_day(today)),
    )


def compose_notice(entry: Entry, kind: str, recipient: str, code: str, today: date) -> Draft:
    """To a department or another agency: that an entry is in force, or that it was withdrawn.

    ``code``: the stamp's check value over what the notice says."""
    is_new = kind == "disclosed"
    named = [
        ("number", entry.number),
        ("name", entry.name),
        ("document", entry.document),
        *_decision(entry),
    ]
    if is_new and entry.served_on and entry.ends_on:
        served, ends = written_day(entry.served_on), written_day(entry.ends_on)
        named += [
            ("facts", entry.facts),
            ("term", say("print.integrity.until", served=served, ends=ends)),
        ]
    what = "print.integrity.to_others" if is_new else "print.integrity.taken_back"
    last = (Text(say("print.integrity.use")),) if is_new else ()
    return Draft(
        title=say(f"print.integrity.{kind}"),
        number=entry.number,
        confidential=say("print.integrity.secret"),
        blocks=(
            Text(say("print.integrity.dear", name=recipient), indented=False),
            Text(say(what)),
            _facts(named),
            *last,
            Text(say("print.integrity.made", check=code), NOTE, indented=False),
        ),
        closing=closing("", entry.agency, written_day(today)),
    )


def _decision(entry: Entry) -> tuple[tuple[str, str], ...]:
    return (
        ("authority", entry.authority),
        ("decision", entry.decision_number),
        ("decision_on", written_day(entry.decision_on)),
    )


def _facts(named: Sequence[tuple[str, str]]) -> Table:
    return lines([(say(f"print.integrity.{name}"), value) for name, value in named])
