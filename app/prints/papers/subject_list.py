"""核对名单: every subject of an entrustment, each page to be sealed (操作规程 二（一）2)."""

from app.prints.messages import say
from app.prints.papers.content import Entrusted
from app.prints.papers.parts import closing, day_words, table
from app.report.paper.blocks import NOTE, Draft, Text
from app.web.formats import month

_COLUMNS = (
    ("no", 11.0),
    ("household", 20.0),
    ("name", 22.5),
    ("relation", 18.0),
    ("document", 42.5),
    ("role", 17.5),
    ("scheme", 24.5),
)


def compose_list(entrusted: Entrusted) -> Draft:
    """A row per subject, numbers whole: the paper must equal the file."""
    people = [(household, p) for household in entrusted.households for p in household.people]
    rows = [
        (
            str(no),
            household.household_no,
            person.name,
            person.relation,
            person.document,
            say(f"print.list.role.{person.role}"),
            household.scheme_title,
        )
        for no, (household, person) in enumerate(people, start=1)
    ]
    lead = say(
        "print.list.lead",
        department=entrusted.department,
        period=month(entrusted.period),
        households=len(entrusted.households),
        people=entrusted.people,
    )
    return Draft(
        title=say("print.list.title"),
        number=entrusted.letter_number or say("print.blank_number"),
        foot=entrusted.letter_number,
        confidential=say("print.confidential"),
        blocks=(
            Text(lead, NOTE, indented=False),
            table("print.list", _COLUMNS, rows, right=("no",)),
            Text(say("print.list.end"), NOTE, indented=False),
            Text(say("print.list.note"), NOTE, indented=False),
        ),
        closing=closing(
            say("print.clerk"),
            say("print.sealer", name=entrusted.department),
            day_words(entrusted.letter_on),
        ),
        sealed_pages=True,
    )
