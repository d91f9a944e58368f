"""From the rows of a case to what its report says; everything opened here is shown masked."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select

from app.cases.identity import Identity
from app.cases.models import Ask, Authorisation, Case, Entrustment, Subject
from app.cases.rounds import latest
from app.cases.sources import TO_PARENT
from app.delegation.holders import holders_of
from app.findings.messages import from_store
from app.findings.service import Fact, facts_of
from app.findings.showing import shown_fields
from app.intake.wording import title
from app.report.former import Asked, Former, asked_now, news
from app.report.messages import outcome_title, say
from app.report.models import Report
from app.report.paper.content import (
    AskedLine,
    FoundFact,
    NewAnswer,
    OwnReport,
    ReportSubject,
)
from app.report.showing import (
    authorised_words,
    corrected_words,
    joined_words,
    parent_words,
    period_of,
)
from tenants.agency.changes import FormerNames, former_names
from tenants.agency.models import Agency, Unit
from tenants.agency.tree import agency, parent_of
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import db, id_array
from tenants.rulebook import rulebook
from tenants.scope import current_scope
from tenants.settings import Settings
from tenants.vault import vault


@dataclass(frozen=True)
class Household:
    """One case with everything a report needs, opened."""

    case: Case
    entrustment: Entrustment
    head: str
    subjects: tuple[Subject, ...]
    identities: Mapping[int, Identity]
    consents: Mapping[int, Authorisation]
    asks: tuple[Ask, ...]
    facts: tuple[Fact, ...]
    # Rows under a wrong number: neither people of the household nor anything to report.
    corrected: tuple[Subject, ...] = ()


def households(case_ids: Sequence[int]) -> dict[int, Household]:
    """Everything about these cases in a fixed number of statements."""
    ids = id_array(case_ids)
    keys = vault()
    cases = list(db.session.scalars(select(Case).where(Case.id == func.any(ids))))
    entrustments = {
        row.id: row
        for row in db.session.scalars(
            select(Entrustment).where(Entrustment.id.in_({c.entrustment_id for c in cases}))
        )
    }
    subjects = _by_case(
        db.session.scalars(
            select(Subject).where(Subject.case_id == func.any(ids)).order_by(Subject.row_no)
        )
    )
    asks = _by_case(
        db.session.scalars(
            select(Ask)
            .where(Ask.case_id == func.any(ids))
            .order_by(Ask.case_id, Ask.subject_id, Ask.source, Ask.round)
        )
    )
    consents = {
        row.subject_id: row
        for row in db.session.scalars(
            select(Authorisation)
            .join(
                Subject,
                (Subject.agency_id == Authorisation.agency_id)
                & (Subject.id == Authorisation.subject_id),
            )
            .where(Subject.case_id == func.any(ids))
            .order_by(Authorisation.withdrawn_on.is_(None), Authorisation.expires_on)
        )
    }
    facts: dict[int, list[Fact]] = {}
    for fact in facts_of(case_ids):
        facts.setdefault(fact.case, []).append(fact)
    wrong = {s.id: s for of_case in subjects.values() for s in of_case if is_corrected(s)}
    return {
        case.id: Household(
            case=case,
            entrustment=entrustments[case.entrustment_id or 0],
            head=str(keys.open("household_case", case.id, case.head_sealed)["name"]),
            subjects=tuple(s for s in subjects.get(case.id, ()) if s.id not in wrong),
            identities={
                s.id: Identity.of(keys.open("subject", s.id, s.sealed))
                for s in subjects.get(case.id, ())
            },
            consents=consents,
            asks=tuple(a for a in latest(asks.get(case.id, ())) if a.subject_id not in wrong),
            facts=tuple(facts.get(case.id, ())),
            corrected=tuple(s for s in subjects.get(case.id, ()) if s.id in wrong),
        )
        for case in cases
    }


def is_corrected(subject: Subject) -> bool:
    """Whether this row's number was wrong: another row is the person's."""
    return subject.left_reason == "corrected"


Row = TypeVar("Row", Subject, Ask)


def _by_case(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.case_id, []).append(row)
    return grouped


@dataclass(frozen=True)
class Surroundings:
    """What is the same for every report of one chunk."""

    agency: Agency
    names: Mapping[int, str]
    legal_basis: str
    public_url: str
    agencies: Mapping[int, str]
    parent_name: str = ""
    # Household → the agency above that has it, which a change of the tree does not change.
    holders: Mapping[int, int] = field(default_factory=dict)
    former_names: FormerNames = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, found: Iterable[Household]) -> "Surroundings":
        """This agency, its units' names, and the agencies that entrusted these cases."""
        own = agency(current_scope().agency_id)
        above = parent_of(own.id, business_date())
        cases = [h.case for h in found]
        holders = holders_of(case.id for case in cases)
        named = {case.from_agency_id for case in cases} | set(holders.values())
        return cls(
            agency=own,
            names={u.id: u.name for u in db.session.scalars(select(Unit))},
            legal_basis=rulebook(own.province).legal_basis,
            public_url=settings.hedui_public_url,
            agencies={
                a.id: a.name for a in db.session.scalars(select(Agency).where(Agency.id.in_(named)))
            },
            parent_name=above.name if above else "",
            holders=holders,
            former_names=former_names(),
        )

    def above(self, household: Household) -> str:
        """The agency above that this household was, or would be, entrusted to."""
        return self.agencies.get(self.holders.get(household.case.id, 0)) or self.parent_name

    def verify_url(self, report: Report) -> str:
        """The address in the QR code: the agency comes first, because it decides whose wall."""
        return f"{self.public_url}/v/{report.by_agency_id}/{report.code}"

    def entrusted_by(self, household: Household) -> str:
        """The commissioning unit, or the lower agency."""
        case = household.case
        return self.agencies.get(case.from_agency_id) or self.names.get(case.unit_id, "")


def head_of(
    household: Household,
    report: Report,
    around: Surroundings,
    former: Former | None,
    asked: Asked,
) -> dict[str, Any]:
    """What every report carries at its head, as keyword arguments."""
    case, entrustment = household.case, household.entrustment
    return {
        "number": report.number,
        "agency_name": around.agency.name,
        "tier": around.agency.tier,
        "case_no": case.household_no if case.origin == "below" else case.number,
        "household_head": household.head,
        "scheme_title": title("scheme", case.scheme),
        "application_title": title("application", case.application),
        "entrusted_by": around.entrusted_by(household),
        "entrusted_on": entrustment.submitted_on,
        "issued_on": report.issued_on,
        "issuer_name": report.issuer_name,
        "verify_url": around.verify_url(report),
        "legal_basis": around.legal_basis,
        "subjects": tuple(_subject(household, s) for s in household.subjects),
        "version": report.version,
        **_since(household, around, former, asked),
    }


def _since(
    household: Household, around: Surroundings, former: Former | None, asked: Asked
) -> dict[str, Any]:
    """What a later version says about the one before it."""
    if former is None:
        return {}
    told = tuple(
        NewAnswer(
            subject=household.identities[new.subject].name,
            item_title=catalogue().item(new.item).title,
            holder=around.above(household)
            if new.source == TO_PARENT
            else source_name(new.source, around),
            before=say("report.news.not_asked")
            if new.before is None
            else outcome_title(new.before),
            now=outcome_title(new.now),
        )
        for new in news(former.asked, asked)
        if new.subject in household.identities
    )
    return {
        "replaces": former.number if former.is_replaced else None,
        "supplements": None if former.is_replaced else former.number,
        "replacing_reason": former.reason,
        "news": told,
    }


def _subject(household: Household, subject: Subject) -> ReportSubject:
    person = household.identities[subject.id]
    consent = household.consents.get(subject.id)
    return ReportSubject(
        name=person.name,
        id_number_masked=person.masked_id_number,
        relation_title=title("relation", subject.relation),
        role_title=title("subject_role", "obligor" if subject.role == "obligor" else "member"),
        authorised=authorised_words(consent, subject.refused_on)
        + joined_words(subject)
        + corrected_words(subject),
    )


def own_report(
    household: Household, report: Report, around: Surroundings, former: Former | None
) -> OwnReport:
    """What this agency checked itself. Items that went up are the higher tier's to report."""
    asked = tuple(
        AskedLine(
            subject=household.identities[ask.subject_id].name,
            item_title=catalogue().item(item).title,
            source=source_name(ask.source, around),
            outcome=Outcome(outcome),
            as_of=_as_of(household, ask.subject_id, item, around.names.get(ask.source, "")),
        )
        for ask in household.asks
        if ask.source != TO_PARENT
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
    )
    facts = tuple(
        FoundFact(
            subject=household.identities[fact.subject].name,
            item_title=catalogue().item(fact.item).title,
            source=fact.source_name,
            request_no=fact.request_number,
            as_of=fact.as_of,
            period=period_of(fact),
            fields=shown_fields(fact.item, fact.fields),
        )
        for fact in household.facts
        if fact.by_agency_id == around.agency.id
    )
    head = head_of(household, report, around, former, own_asked(household))
    return OwnReport(**head, asked=asked, findings=facts)


def own_asked(household: Household) -> Asked:
    """How everything stands that this agency answers for itself."""
    return asked_now(ask for ask in household.asks if ask.source != TO_PARENT)


def source_name(source: int, around: Surroundings) -> str:
    """The unit that was asked; a dash for what nobody was asked."""
    return around.names.get(source) or parent_words(source)


def _as_of(household: Household, subject: int, item: int, source: str) -> dt.date | None:
    days = [
        f.as_of
        for f in household.facts
        if (f.subject, f.item) == (subject, item) and f.source_name in (source, from_store(source))
    ]
    return max(days, default=None)


def outcome_counts(lines: Iterable[AskedLine]) -> dict[str, int]:
    """How the asked items of a report ended, as {outcome: count} for its row."""
    return {str(int(o)): n for o, n in Counter(line.outcome for line in lines).items()}
