"""Rows → what the papers say. A fixed number of statements, whatever the number of households."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from app.accounts.actor import Actor
from app.cases import queries as cases
from app.cases.messages import STATE_TITLES
from app.cases.models import Case
from app.cases.paging import Place
from app.cases.sources import permits
from app.intake.receiving import law_of
from app.intake.wording import title
from app.matters.models import Matter
from app.prints.messages import Fault
from app.prints.papers.content import Entrusted, Household, Kinds, Law, Person
from app.prints.papers.parts import kinds_of
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.identity import age_on, id_number_fault
from tenants.own_items import Matrix, asked_of_each
from tenants.rulebook import rulebook
from tenants.scope import current_scope

MOST_HOUSEHOLDS = 50_000
"""Far above the month of a big county."""
AT_A_TIME = 500
_CITIZEN = "resident_id"
_HOLDING = ("open", "explained", "signed")
_ROLES = ("applicant", "member", "obligor")


def law(actor: Actor) -> Law:
    """What the actor's province gives the papers to say."""
    book = law_of(actor)
    asked = asked_of_each(book)
    return Law(
        basis=book.legal_basis,
        authorisation_months=book.authorisation_max_months.value,
        reply_days=book.reply_working_days.value,
        extension_days=book.extension_max_working_days.value,
        report_article=book.windows.article,
        asked={
            role: {scheme: kinds_of(asked[scheme, role]) for scheme in book.matrix}
            for role in _ROLES
        },
    )


def chosen(*conditions: ColumnElement[bool]) -> list[int]:
    """The cases that fit, by id.

    Raises ``LookupError`` when there is none, ``Fault("print.too_many_households")`` beyond
    ``MOST_HOUSEHOLDS``.
    """
    fitting = select(Case.id).where(*conditions).order_by(Case.id).limit(MOST_HOUSEHOLDS + 1)
    ids = list(db.session.scalars(fitting))
    if len(ids) > MOST_HOUSEHOLDS:
        raise Fault("print.too_many_households", most=MOST_HOUSEHOLDS)
    if not ids:
        raise LookupError("no household to print")
    return ids


def people_in(case_ids: Sequence[int]) -> int:
    """How many people these households have together."""
    return db.session.scalar(select(func.sum(Case.size)).where(Case.id == any_of(case_ids))) or 0


def households(*conditions: ColumnElement[bool]) -> tuple[Household, ...]:
    """The households that fit, numbers whole, by id; raises as ``chosen`` does."""
    return households_of(chosen(*conditions))


def households_of(case_ids: Sequence[int]) -> tuple[Household, ...]:
    """These households, numbers whole, by id; ``LookupError`` when one is not in this scope."""
    found: list[Household] = []
    for at in range(0, len(case_ids), AT_A_TIME):
        ids = sorted(case_ids)[at : at + AT_A_TIME]
        page = cases.households(Case.id == any_of(ids), Place(), ascending=True, limit=AT_A_TIME)
        if len(page.rows) < len(ids):
            raise LookupError("a household to print is not there")
        found += _households(page.rows, cases.members(ids, opened_cases=frozenset(ids)))
    return tuple(found)


def _households(
    rows: Sequence[cases.Household], people: Mapping[int, Sequence[cases.Member]]
) -> list[Household]:
    units, own, today = cases.unit_names(), agency(current_scope().agency_id), business_date()
    asked = asked_of_each(rulebook(own.province))
    explained = _with_matters([row.id for row in rows])
    return [
        Household(
            household_no=row.household_no,
            number=row.number,
            head=row.head,
            scheme=row.scheme,
            scheme_title=title("scheme", row.scheme),
            application=row.application,
            application_title=title("application", row.application),
            desk=units.get(row.desk_id, ""),
            department=units.get(row.unit_id, row.sender),
            agency=own.name,
            period=row.period,
            state=row.state,
            state_title=STATE_TITLES["case"][row.state],
            due_on=row.due_on,
            people=tuple(_person(m, row.scheme, asked, today) for m in people.get(row.id, ())),
            has_matters=row.id in explained,
        )
        for row in rows
    ]


def _with_matters(case_ids: Sequence[int]) -> frozenset[int]:
    """The cases with something that the household was asked to explain, and that still holds."""
    rows = select(Matter.case_id).where(
        Matter.case_id == any_of(case_ids), Matter.state.in_(_HOLDING)
    )
    return frozenset(db.session.scalars(rows))


def _person(member: cases.Member, scheme: str, asked: Matrix, today: date) -> Person:
    return Person(
        name=member.name,
        id_type=title("id_type", member.id_type),
        id_number=member.id_number,
        relation=title("relation", member.relation),
        role=member.role,
        role_title=title("subject_role", "obligor" if member.role == "obligor" else "member"),
        age=_age(member, today),
        expires_on=member.expires_on if member.is_authorised_on(today) else None,
        is_citizen=member.id_type == _CITIZEN,
        narrowed=_narrowed(member, asked[scheme, member.role]),
        guardian=member.guardian,
        has_left=member.left_on is not None,
    )


def _narrowed(member: cases.Member, items: Collection[int]) -> Kinds:
    """What is asked of whom within the scope of the authorisation; nothing where it covers all."""
    if not member.scope:
        return ()
    return kinds_of(item for item in items if permits(member.scope, item))


def _age(member: cases.Member, today: date) -> int | None:
    if member.id_type != _CITIZEN or id_number_fault(member.id_number) is not None:
        return None
    return age_on(member.id_number, today)


def entrusted(entrustment_id: int, found: tuple[Household, ...]) -> Entrusted:
    """A submitted entrustment with its households; ``LookupError`` when this scope has none."""
    kept = cases.entrustment(entrustment_id)
    return _entrusted(found, kept.letter_number, kept.letter_on, found[0].due_on)


def waiting_in(list_ids: Sequence[int], actor: Actor) -> list[int]:
    """What will be sealed: the households of these lists that wait to be submitted."""
    return chosen(
        Case.list_id == any_of(list_ids),
        Case.state == "prepared",
        Case.unit_id == actor.unit_id,
    )


def to_be_entrusted(
    found: tuple[Household, ...], letter_number: str, letter_on: date | None, actor: Actor
) -> Entrusted:
    """These households as they will be entrusted."""
    law = law_of(actor)
    period = law.period_of(business_date())
    return _entrusted(found, letter_number, letter_on, law.report_by(period), period)


def _entrusted(
    found: tuple[Household, ...],
    letter_number: str,
    letter_on: date | None,
    due_on: date | None,
    period: int = 0,
) -> Entrusted:
    return Entrusted(
        agency=found[0].agency,
        department=found[0].department,
        letter_number=letter_number,
        letter_on=letter_on,
        period=period or found[0].period,
        due_on=due_on,
        households=found,
    )
