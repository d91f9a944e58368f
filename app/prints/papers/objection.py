"""异议回执 for the person who contests, and the letter to the source about what is wrong there."""

from dataclasses import dataclass
from datetime import date

from app.prints.objection_messages import say
from app.prints.papers.parts import closing, lines
from app.report.paper.blocks import Draft, Text
from app.web.formats import written_day


@dataclass(frozen=True)
class Contested:
    """One objection as the two papers say it; the number of the document is whole only on the
    letter to the source, which has to find the person."""

    agency: str
    number: str
    person: str
    document: str
    item_title: str
    source: str
    found_by: str
    report_number: str
    request_number: str
    said_on: date
    due_on: date
    taken_by: str
    words: str
    outcome_title: str = ""
    conclusion: str = ""


def compose_receipt(row: Contested, today: date) -> Draft:
    """What was contested, who took it, and until when it is answered (143号 五)."""
    named = (
        ("number", row.number),
        ("person", row.person),
        ("report", row.report_number),
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
            Text(say("print.objection.lead", agency=row.agency)),
            lines([(say(f"print.objection.{name}"), value) for name, value in named]),
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
            lines([(say(f"print.objection.{name}"), value) for name, value in named]),
            Text(say("print.objection.answer")),
        ),
        closing=closing("", row.agency, written_day(today)),
    )
