"""What a person can contest: a finding, or that a source found nothing or could not look."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.cases.models import Ask, Case
from app.cases.queries import unit_names
from app.cases.rounds import latest
from app.cases.sources import TO_PARENT
from app.delegation.holders import holders_of
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding, FindingReplaced
from app.objections.messages import Fault
from app.objections.models import Objection
from app.objections.rules import CONTESTABLE
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import current_scope

ENDED = ("told", "closed", "declined")


@dataclass(frozen=True)
class Answer:
    """One answer of a source as an objection names it; the fields are those of ``Objection``."""

    subject_id: int
    item: int
    finding_id: int
    was: int
    by_agency_id: int
    source_name: str
    source_unit_id: int
    request_id: int


@dataclass(frozen=True)
class Nothing:
    """An answer without a record: ``key`` as a form names it, ``source`` a unit or the parent."""

    subject_id: int
    item: int
    source: int
    outcome: Outcome
    request_id: int

    @property
    def key(self) -> str:
        return f"{self.subject_id}.{self.item}.{self.source}"


def answer_named(case: Case, key: str) -> Answer:
    """The answer that a form names: a finding's id, or the key of what found nothing.

    Raises ``LookupError`` for what is not of this household, ``Fault`` for what was replaced.
    """
    if key.isdecimal():
        return _of_finding(case, int(key))
    found = next((row for row in nothing_found(case.id) if row.key == key), None)
    if found is None:
        raise LookupError(f"no answer {key} of case {case.id}")
    return as_answer(found, case.id)


def as_answer(found: Nothing, case_id: int) -> Answer:
    """An answer without a record of a household, as an objection to it names it; ``LookupError``
    where it came from above and nobody above has the household."""
    from_above = found.source == TO_PARENT
    holder = holders_of([case_id])[case_id] if from_above else current_scope().agency_id
    return Answer(
        subject_id=found.subject_id,
        item=found.item,
        finding_id=0,
        was=int(found.outcome),
        by_agency_id=holder,
        source_name="" if from_above else unit_names()[found.source],
        source_unit_id=found.source,
        request_id=found.request_id,
    )


def nothing_found(case_id: int) -> list[Nothing]:
    """Where a household's sources have no record or could not look, as it stands last."""
    asks = latest(db.session.scalars(select(Ask).where(Ask.case_id == case_id)))
    return [
        Nothing(ask.subject_id, item, ask.source, Outcome(outcome), ask.request_id or 0)
        for ask in sorted(asks, key=lambda ask: (ask.subject_id, ask.source))
        if ask.source >= TO_PARENT
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        if outcome in CONTESTABLE
    ]


def require_uncontested(answer: Answer) -> None:
    """Raise ``Fault("objection.twice")`` where an objection to the same is still under way."""
    same = (
        Objection.finding_id == answer.finding_id,
        Objection.subject_id == answer.subject_id,
        Objection.item == answer.item,
        Objection.source_unit_id == answer.source_unit_id,
    )
    known = select(Objection.number).where(*same, Objection.state.not_in(ENDED))
    number = db.session.scalar(known.limit(1))
    if number:
        raise Fault("objection.twice", number=number)


def source_of(finding: Finding) -> tuple[int, int]:
    """The own unit that a finding came from, and its request; zeros for a tier's above."""
    if finding.request_id is None:
        return 0, 0
    query = select(ExchangeRequest.unit_id).where(ExchangeRequest.id == finding.request_id)
    return db.session.scalars(query).one(), finding.request_id


def own_sources(subject_id: int, item: int) -> Sequence[Ask]:
    """The own units asked about one data item of a person, each as it was asked last."""
    asks = select(Ask).where(Ask.subject_id == subject_id, Ask.source > TO_PARENT)
    return [ask for ask in latest(db.session.scalars(asks)) if item in ask.items]


def _of_finding(case: Case, finding_id: int) -> Answer:
    query = select(Finding).where(Finding.id == finding_id, Finding.case_id == case.id)
    finding = db.session.scalars(query).one_or_none()
    if finding is None:
        raise LookupError(f"no finding {finding_id} of case {case.id}")
    replaced = select(FindingReplaced).where(FindingReplaced.finding_id == finding.id)
    if db.session.scalars(replaced).first() is not None:
        raise Fault("objection.replaced")
    unit_id, request_id = source_of(finding)
    return Answer(
        subject_id=finding.subject_id,
        item=finding.item,
        finding_id=finding.id,
        was=int(Outcome.HIT),
        by_agency_id=finding.by_agency_id,
        source_name=finding.source_name,
        source_unit_id=unit_id,
        request_id=request_id,
    )
