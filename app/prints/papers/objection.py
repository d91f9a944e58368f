"""异议申请书 and 异议回执 for who contests, and the letter to the source about what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.prints.objection_messages import say
from app.prints.papers.parts import closing, lines
from app.report.paper.blocks import Draft, Table, Text
from app.web.formats import written_day

LINE_MM = 8.0


@dataclass(frozen=True)
class Contested:
    """One objection as the two papers say it; the number of the document is whole only on the
    letter to the source, which has to find the person. What an intake desk took is ``about`` a kind
    of source only; lines without words are left out."""

    agency: str
    number: str
    person: str
    said_on: date
    due_on: date
    taken_by: str
    words: str
    document: str = ""
    about: str = ""
    item_title: str = ""
    source: str = ""
    found_by: str = ""
    was: str = ""
    report_number: str = ""
    request_number: str = ""
    outcome_title: str = ""
    conclusion: str = ""


def compose_application(household: str, head: str, agency: str) -> Draft:
    """What a person fills in and signs at the intake desk (民发〔2020〕95号 二(五))."""
    room = {"person": 1, "about": 1, "words": 9, "evidence": 1}
    return Draft(
        title=say("print.objection.application"),
        number="",
        confidential=say("print.objection.at_desk"),
        blocks=(
            Text(say("print.objection.to_agency", agency=agency), indented=False),
            Text(say("print.objection.apply")),
            _lines((("household", household), ("head", head))),
            *(_room(name, count) for name, count in room.items()),
            Text(say("print.objection.consent")),
            _room("signed", 2),
        ),
    )


def _room(name: str, count: int) -> Table:
    """A label with so many empty lines to write on."""
    return replace(lines([(say(f"print.objection.{name}"), "")]), least_mm=count * LINE_MM)


def _lines(named: Iterable[tuple[str, str]]) -> Table:
    return lines([(say(f"print.objection.{name}"), value) for name, value in named if value])


def compose_receipt(row: Contested, today: date, lead: str = "lead") -> Draft:
    """What was contested, who took it, and until when it is answered (143号 五). ``lead``: which
    sentence begins it."""
    named = (
        ("number", row.number),
        ("person", row.person),
        ("report", row.report_number),
        ("about", row.about),
        ("item", row.item_title),
        ("source", row.source),
        ("found_by", row.found_by),
        ("words", row.words),
        ("said_on", written_day(row.said_on)),
        ("due_on", written_day(row.due_on)),
    )
    return Draft(
        title=say("print.objection.receipt"),
        number=row.number,
        confidential=say("print.objection.keep"),
        blocks=(
            Text(say(f"print.objection.{lead}", agency=row.agency)),
            _lines(named),
            Text(say("print.objection.further")),
        ),
        closing=closing(
            say("print.objection.taken_by", name=row.taken_by), row.agency, written_day(today)
        ),
    )


def compose_to_source(row: Contested, today: date) -> Draft:
    """What the source is asked to put right, with what its recheck came to."""
    named = (
        ("person", row.person),
        ("document", row.document),
        ("item", row.item_title),
        ("request", row.request_number),
        ("was", row.was),
        ("words", row.words),
        ("outcome", row.outcome_title),
        ("conclusion", row.conclusion),
    )
    return Draft(
        title=say("print.objection.to_source"),
        number=row.number,
        confidential=say("print.objection.secret"),
        blocks=(
            Text(say("print.objection.to", source=row.source), indented=False),
            Text(say("print.objection.please")),
            _lines(named),
            Text(say("print.objection.answer")),
        ),
        closing=closing("", row.agency, written_day(today)),
    )
