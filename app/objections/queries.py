"""Reads of the pages of 异议: the list, one objection whole, and what may be contested."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.cases.identity import Identity
from app.cases.models import Case, Subject
from app.cases.paging import Page, Place, read_page
from app.cases.queries import Household, households, unit_names
from app.findings.service import facts_of
from app.findings.showing import shown_fields
from app.objections.contested import ENDED, nothing_found
from app.objections.messages import NOT_KNOWN_TITLE, OF_ABOVE, OUTCOMES_CONTESTED
from app.objections.models import Objection
from app.objections.words import Said, said_about
from app.papers.queries import evidence_counts
from app.report.models import Report
from tenants.agency.models import Agency
from tenants.catalogue import catalogue
from tenants.database import any_of, db
from tenants.masking import mask_name
from tenants.scope import current_scope
from tenants.vault import Vault, vault

LISTS = ("open", "ended")


@dataclass(frozen=True)
class Contested:
    """One objection of a list: the person masked, who found it, where, and how it stands."""

    objection: Objection
    household: Household
    person: str
    item_title: str
    agency: str


@dataclass(frozen=True)
class Contestable:
    """One answer that may be contested, ``key`` in a form: a finding with its ``fields`` as shown,
    sensitive ones masked, or an ``outcome`` without a record, of an unknown source where a tier
    above asked."""

    key: str
    subject_id: int
    person: str
    item: int
    item_title: str
    source: str
    agency: str
    as_of: dt.date | None = None
    fields: tuple[tuple[str, str], ...] = ()
    outcome: str = ""

    @property
    def kind(self) -> int:
        """Which of the kinds of source it is of."""
        return self.item // 100

    @property
    def title(self) -> str:
        """What the choice is called for short."""
        return f"{self.person} {self.item_title}"


@dataclass(frozen=True)
class Detail:
    """One objection's page."""

    row: Contested
    said: list[Said]
    scans: int
    reports: list[Report]


def condition(which: str) -> ColumnElement[bool]:
    """The objections of one list: those under way, or those of which the person knows the end.
    One from below is over here with its conclusion."""
    ended = Objection.state.in_(ENDED) | (
        (Objection.state == "concluded") & (Objection.from_agency_id != 0)
    )
    return ended if which == "ended" else ~ended


def to_tell(which: str) -> ColumnElement[bool]:
    """A unit's list: what its people are still to be told, and the rest."""
    waiting = Objection.state.in_(("concluded", "settled"))
    return waiting if which == "open" else ~waiting


def counts(conditions: dict[str, ColumnElement[bool]]) -> dict[str, int]:
    """How many objections fit each condition, in one statement."""
    columns = [func.count().filter(fits).label(name) for name, fits in conditions.items()]
    return dict(db.session.execute(select(*columns).select_from(Objection)).one()._mapping)


def rows(fits: ColumnElement[bool], place: Place) -> Page[Contested]:
    """One page of objections, newest first."""
    page = read_page(select(Objection.id).where(fits), Objection.id, place)
    return page.holding(tuple(_contested([row.id for row in page.rows])))


def of_case(household: Household, names: Mapping[int, str]) -> list[Contested]:
    """What was contested of one household, newest first; ``names`` of its people by subject."""
    query = (
        select(Objection, Agency.name)
        .join(Agency, Agency.id == Objection.by_agency_id)
        .where(Objection.case_id == household.id)
        .order_by(Objection.id.desc())
    )
    return [
        Contested(
            row,
            household,
            mask_name(names[row.subject_id]),
            title_of(row),
            agency_name,
        )
        for row, agency_name in db.session.execute(query).tuples()
    ]


def _contested(ids: Sequence[int]) -> list[Contested]:
    found = list(
        db.session.scalars(
            select(Objection).where(Objection.id == any_of(ids)).order_by(Objection.id.desc())
        )
    )
    cases = {row.case_id for row in found}
    here = households(Case.id == any_of(cases), Place(), limit=max(len(cases), 1))
    heads = {household.id: household for household in here.rows}
    people, names = _people([row.subject_id for row in found]), _agencies()
    return [
        Contested(
            row,
            heads[row.case_id],
            people[row.subject_id],
            title_of(row),
            names[row.by_agency_id],
        )
        for row in found
    ]


def title_of(row: Objection) -> str:
    """The data item, or the kind of source where the answer is still to be found."""
    return catalogue().item(row.item).title if row.item else about_title(row.about)


def about_title(about: int) -> str:
    """A kind of source in words, or that the person does not know it."""
    return catalogue().kinds[about].title if about else NOT_KNOWN_TITLE


def detail(objection_id: int) -> Detail:
    """One objection opened; ``LookupError`` when this scope has none such."""
    found = _contested([objection_id])
    if not found:
        raise LookupError(f"no objection {objection_id}")
    row = found[0].objection
    reports = select(Report).where(
        Report.case_id == row.case_id, Report.kind.in_(("own", "merged")), Report.number != ""
    )
    return Detail(
        row=found[0],
        said=said_about([objection_id]).get(objection_id, []),
        scans=evidence_counts(row.case_id, "objection").get(objection_id, 0),
        reports=list(db.session.scalars(reports.order_by(Report.kind, Report.version))),
    )


def contestable(case_id: int) -> list[Contestable]:
    """What a household can contest as it stands now, findings first (the agency's staff only)."""
    facts, empty = facts_of([case_id]), nothing_found(case_id)
    about = [fact.subject for fact in facts] + [row.subject_id for row in empty]
    people, names, units = _people(about), _agencies(), unit_names()
    own = names[current_scope().agency_id]
    findings = [
        Contestable(
            key=str(fact.id),
            subject_id=fact.subject,
            person=people[fact.subject],
            item=fact.item,
            item_title=catalogue().item(fact.item).title,
            source=fact.source_name,
            agency=names[fact.by_agency_id],
            as_of=fact.as_of,
            fields=shown_fields(fact.item, fact.fields),
        )
        for fact in facts
    ]
    return findings + [
        Contestable(
            key=row.key,
            subject_id=row.subject_id,
            person=people[row.subject_id],
            item=row.item,
            item_title=catalogue().item(row.item).title,
            source=units.get(row.source, ""),
            agency=own if row.source else OF_ABOVE,
            outcome=OUTCOMES_CONTESTED[row.outcome],
        )
        for row in empty
    ]


def _people(subject_ids: Sequence[int]) -> dict[int, str]:
    """Masked names by subject."""
    keys = vault()
    query = select(Subject).where(Subject.id == any_of(sorted(set(subject_ids))))
    return {row.id: mask_name(_name(keys, row)) for row in db.session.scalars(query)}


def _name(keys: Vault, row: Subject) -> str:
    return Identity.of(keys.open("subject", row.id, row.sealed)).name


def _agencies() -> dict[int, str]:
    return dict(db.session.execute(select(Agency.id, Agency.name)).tuples().all())
