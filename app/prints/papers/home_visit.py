"""入户调查表: who is said to live there, and room for what the visitors see. No findings."""

from app.prints.household_messages import say
from app.prints.messages import say as say_common
from app.prints.papers.content import Household, Person
from app.prints.papers.parts import facts, lines, table
from app.report.paper.blocks import NOTE, Block, Column, Draft, Heading, Table, Text

_PEOPLE = (
    ("name", 24.0),
    ("relation", 21.0),
    ("age", 12.0),
    ("lives", 27.0),
    ("health", 26.0),
    ("work", 46.0),
)
_OBLIGORS = (("name", 24.0), ("relation", 25.0), ("age", 12.0), ("support", 95.0))
_ROWS = (
    *("house", "repair", "appliances", "vehicles", "land"),
    *("business", "spending", "neighbours", "others", "opinion"),
)
_TALL = frozenset({"neighbours", "others", "opinion"})
_WORDED = frozenset(_ROWS) - {"neighbours", "others"}
_WRITE_MM = 12.0
_MORE_ROOM = ("", "", "")


def compose_home_visit(household: Household) -> Draft:
    """The form for one visit, filled in with names, relations and ages as listed."""
    return Draft(
        title=say("print.visit.title"),
        number=say("print.visit.number", number=household.household_no),
        confidential=say_common("print.confidential"),
        blocks=(
            _head(household),
            Heading(say("print.visit.people")),
            table("print.visit", _PEOPLE, _people(household), ("age",), _WRITE_MM),
            *_obligors(household),
            Heading(say("print.visit.housing")),
            _seen(),
            Heading(say("print.visit.signed")),
            lines(
                [(say(f"print.visit.{who}"), "") for who in ("visitors", "visited", "witness")],
                label_mm=46.0,
                least_mm=15.0,
            ),
            Text(say("print.visit.note"), NOTE, indented=False),
        ),
    )


def _head(household: Household) -> Block:
    return facts(
        [
            (say("print.visit.head"), household.head),
            (say("print.visit.scheme"), household.scheme_title),
            (say("print.visit.desk"), household.desk or household.department),
            (say("print.visit.day"), say_common("print.blank_day")),
            (say("print.visit.address"), ""),
            (say("print.visit.phone"), ""),
        ],
        least_mm=9.0,
    )


def _people(household: Household) -> list[tuple[str, ...]]:
    return [
        (p.name, p.relation, _age(p), say("print.visit.yes_no"), "", "") for p in household.members
    ]


def _obligors(household: Household) -> tuple[Block, ...]:
    rows = [(p.name, p.relation, _age(p), "") for p in household.obligors]
    if not rows:
        return ()
    return (
        Heading(say("print.visit.obligors")),
        table("print.visit", _OBLIGORS, rows, ("age",), _WRITE_MM),
    )


def _seen() -> Block:
    """What the visitors look at, line by line, with room to write."""
    rows = []
    for name in _ROWS:
        words = say(f"print.visit.{name}") if name in _WORDED else ""
        room = _MORE_ROOM if name in _TALL else ()
        rows.append(((say(f"print.visit.row.{name}"),), (words, *room)))
    columns = (Column("", 26.0, label=True), Column("", 130.0))
    return Table(columns, tuple(rows), headed=False, least_mm=_WRITE_MM)


def _age(person: Person) -> str:
    return "" if person.age is None else str(person.age)
