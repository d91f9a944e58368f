"""民主评议: a conclusion per household and nothing else; no amounts, no numbers of documents."""

from app.cases.transitions import HANDED_OVER
from app.prints.household_messages import say
from app.prints.messages import say as say_common
from app.prints.papers.content import Household
from app.prints.papers.parts import closing, lines, table
from app.report.paper.blocks import NOTE, Draft, Text
from app.web.formats import month

_COLUMNS = (
    ("no", 11.0),
    ("household", 21.0),
    ("head", 22.0),
    ("size", 11.0),
    ("scheme", 24.5),
    ("conclusion", 23.0),
    ("explain", 23.0),
    ("opinion", 20.5),
)
_STOPPED = frozenset({"terminated", "recalled", "withdrawn"})
_WRITE_MM = 9.4


def compose_assessment(place: str, period: int, households: tuple[Household, ...]) -> Draft:
    """The sheet of one meeting; ``place`` names the desk or department that holds it."""
    rows = [
        (
            str(no),
            household.household_no,
            household.head,
            str(len(household.members)),
            household.scheme_title,
            conclusion(household.state),
            matters(household),
            "",
        )
        for no, household in enumerate(households, start=1)
    ]
    lead = say("print.review.lead", place=place, period=month(period), households=len(households))
    signed = say("print.review.members")
    return Draft(
        title=say("print.review.title"),
        number="",
        confidential=say_common("print.confidential"),
        blocks=(
            Text(lead, NOTE, indented=False),
            table("print.review", _COLUMNS, rows, ("no", "size"), _WRITE_MM),
            lines([(signed, "")], label_mm=40.0, least_mm=19.0),
        ),
        closing=closing(
            say("print.review.people"),
            say("print.review.place", name=place),
            notes=(say("print.review.note"),),
        ),
    )


def matters(household: Household) -> str:
    """Whether there was something to explain, of a household that is reported; never what."""
    if household.state not in HANDED_OVER:
        return say("print.review.tick")
    return say("print.review.matters" if household.has_matters else "print.review.no_matters")


def conclusion(state: str) -> str:
    """What the meeting is told of a household: whether the check is done, and no more."""
    if state in HANDED_OVER:
        return say("print.review.done")
    return say("print.review.stopped" if state in _STOPPED else "print.review.open")
