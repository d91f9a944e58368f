"""查询授权书: one subject's consent, filled in but for signature and thumbprint."""

from app.cases.identity import Guardian
from app.prints.household_messages import say
from app.prints.papers.content import Household, Kinds, Law, Person
from app.prints.papers.parts import facts, joined
from app.report.paper.blocks import NOTE, Block, Cell, Column, Draft, Table, Text
from app.web.formats import written_day

_OF_AGE = 18
_FILL_MM = 9.0
_TO_SIGN = ("", "", "")
"""Blank lines that make a box high enough for a signature and a thumb."""


def compose_authorisation(household: Household, person: Person, law: Law) -> Draft:
    """One person's form, on one page: who, what is asked of whom, for how long, which rights."""
    return Draft(
        title=say("print.consent.title"),
        number="",
        confidential=say("print.confidential"),
        blocks=(
            _who(household, person),
            Text(_body(household, person, law)),
            *_terms(household, person, law),
            *_signatures(person),
        ),
    )


def kinds_words(kinds: Kinds) -> str:
    """What is asked, kind of unit by kind of unit, in one sentence."""
    parts = [say("print.consent.kind", kind=kind, items=joined(items)) for kind, items in kinds]
    return say("print.consent.kinds").join(parts) + say("print.consent.stop")


def application_word(household: Household) -> str:
    """Whether the household applies for assistance or already receives it."""
    return say(f"print.consent.{household.application}")


def _who(household: Household, person: Person) -> Table:
    return facts(
        [
            (say("print.consent.name"), person.name),
            (say("print.consent.document"), person.document),
            (say("print.consent.relation"), person.relation),
            (say("print.consent.scheme"), household.scheme_title),
            (say("print.consent.head"), household.head),
            (say("print.consent.household"), household.household_no),
        ]
    )


def _body(household: Household, person: Person, law: Law) -> str:
    kind = "obligor" if person.role == "obligor" else "member"
    return say(
        f"print.consent.body.{kind}",
        head=household.head,
        application=application_word(household),
        scheme=household.scheme_title,
        basis=law.basis,
        agency=household.agency,
    )


def _terms(household: Household, person: Person, law: Law) -> list[Block]:
    all_of_them = law.asked[person.role][household.scheme]
    asked = say(
        "print.consent.asked_only" if person.narrowed else "print.consent.asked",
        kinds=kinds_words(person.narrowed or all_of_them),
    )
    until = written_day(person.expires_on) if person.expires_on else say("print.blank_day")
    term = say("print.consent.term", until=until, months=law.authorisation_months)
    rest = [say(f"print.consent.{name}") for name in ("use", "withdraw", "object", "read")]
    return [Text(words, NOTE) for words in (asked, term, *rest)]


def _signatures(person: Person) -> tuple[Block, ...]:
    """Signature and thumbprint; of a minor, and of whoever has one, the guardian's, whose name and
    number are filled in where they are known; else those of a deputy if need be."""
    is_minor = person.age is not None and person.age < _OF_AGE
    if is_minor or person.guardian:
        rows = (
            *_guardian_named(person.guardian),
            _row("guardian", "guardian_thumb", _TO_SIGN),
            _row("signed_on", "clerk"),
        )
        note = say("print.consent.minor" if is_minor else "print.consent.incapable")
        return _boxes(rows), Text(note, NOTE)
    rows = (
        _row("signature", "thumb", _TO_SIGN),
        _row("signed_on", "clerk"),
        _row("deputy", "deputy_of", _TO_SIGN[1:]),
    )
    return _boxes(rows), Text(say("print.consent.unable"), NOTE)


def _guardian_named(known: Guardian | None) -> tuple[tuple[Cell, ...], ...]:
    """What the list says of the guardian; blank boxes where it says nothing."""
    found = known or Guardian("", "", "")
    return (
        _row("guardian_name", "guardian_of", (found.name,), (found.relation,)),
        _row("guardian_no", "guardian_phone", (found.id_number,), ("",)),
    )


def _row(
    first: str, second: str, room: Cell = ("",), other: Cell | None = None
) -> tuple[Cell, ...]:
    """Two labels, each with a box that is filled in or to be written in."""
    in_first = (say("print.blank_day"),) if first == "signed_on" else room
    in_second = room if other is None else other
    return (say(f"print.consent.{first}"),), in_first, (say(f"print.consent.{second}"),), in_second


def _boxes(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    columns = (
        Column("", 28.0, label=True),
        Column("", 54.0),
        Column("", 30.0, label=True),
        Column("", 44.0),
    )
    return Table(columns, rows, headed=False, least_mm=_FILL_MM)
