"""汇总表: an entrustment at a glance, household by household, results as counts only."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from app.prints.messages import say
from app.prints.papers.content import Ends, Entrusted, Household
from app.prints.papers.parts import closing, joined, table
from app.report.paper.blocks import NOTE, Draft, Text
from app.web.formats import month, written_day

_COLUMNS = (
    ("no", 10.5),
    ("household", 22.5),
    ("head", 14.5),
    ("size", 10.5),
    ("scheme", 24.5),
    ("state", 17.5),
    ("hits", 14.0),
    ("no_records", 14.0),
    ("missing", 14.0),
    ("unasked", 14.0),
)
_RIGHT = ("no", "size", "hits", "no_records", "missing", "unasked")


def compose_summary(entrusted: Entrusted, ends: Mapping[str, Ends], day: date) -> Draft:
    """``ends``: case number → its counts; a household without an entry has no result yet."""
    rows = [
        _row(no, household, ends.get(household.number))
        for no, household in enumerate(entrusted.households, start=1)
    ]
    lead = say(
        "print.summary.lead",
        department=entrusted.department,
        letter=entrusted.letter_number or say("print.blank"),
        period=month(entrusted.period),
    )
    notes = (
        say("print.summary.counts"),
        say("print.summary.known"),
        say("print.summary.cut", day=written_day(day)),
    )
    return Draft(
        title=say("print.summary.title"),
        number="",
        confidential=say("print.confidential"),
        blocks=(
            Text(lead, NOTE, indented=False),
            Text(_states(entrusted), NOTE, indented=False),
            table("print.summary", _COLUMNS, [*rows, _total(entrusted, ends)], _RIGHT),
        ),
        closing=closing(say("print.summary.maker"), entrusted.agency, notes=notes),
    )


def _row(no: int, household: Household, ends: Ends | None) -> tuple[str, ...]:
    return (
        str(no),
        household.household_no,
        household.head,
        str(len(household.people)),
        household.scheme_title,
        household.state_title,
        *_counts(ends),
    )


def _total(entrusted: Entrusted, ends: Mapping[str, Ends]) -> tuple[str, ...]:
    whole = sum(ends.values(), Ends())
    size = say("print.households", count=len(entrusted.households))
    return "", say("print.total"), size, str(entrusted.people), "", "", *_counts(whole)


def _counts(ends: Ends | None) -> tuple[str, ...]:
    if ends is None:
        return (say("print.blank"),) * 4
    return tuple(map(str, (ends.hits, ends.no_records, ends.missing, ends.unasked)))


def _states(entrusted: Entrusted) -> str:
    counted = Counter(household.state_title for household in entrusted.households)
    parts = [
        say("print.summary.of_state", state=state, count=count) for state, count in counted.items()
    ]
    return say("print.summary.of_states", states=joined(parts))
