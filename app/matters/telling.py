"""Matters with everything said about them, opened: for pages and for the merged report."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.matters.models import Exclusion, Explanation, Matter
from app.matters.wording import facts_of_matter, title_of
from tenants.database import any_of, db
from tenants.rulebook import Ground, Value, rulebook
from tenants.scope import current_scope
from tenants.vault import vault


@dataclass(frozen=True)
class Said:
    """One explanation: when the household gave it, in which words, and who wrote them down."""

    id: int
    told_on: dt.date
    words: str
    recorder: str


@dataclass(frozen=True)
class MatterTold:
    """One matter in words, with what the household said, oldest first."""

    id: int
    rev: int
    case_id: int
    kind: str
    topic: str
    state: str
    title: str
    facts: str
    opened_on: dt.date
    due_on: dt.date
    findings: tuple[int, ...]
    said: tuple[Said, ...]
    signer: str
    signed_on: dt.date | None

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return self.state not in ("open", "explained")


@dataclass(frozen=True)
class ExclusionTold:
    """One exclusion: ``amount`` in fen, or 1 for a thing."""

    id: int
    rev: int
    case_id: int
    matter_id: int
    finding_id: int
    state: str
    ground: Value[Ground]
    amount: int
    note: str
    prepared_by: int
    preparer: str
    prepared_on: dt.date
    signer: str
    signed_on: dt.date | None


def matters(condition: ColumnElement[bool]) -> list[MatterTold]:
    """The matters that fit, oldest first, in one statement."""
    rows = db.session.execute(
        select(Matter, Explanation)
        .outerjoin(
            Explanation,
            (Explanation.agency_id == Matter.agency_id) & (Explanation.matter_id == Matter.id),
        )
        .where(condition)
        .order_by(Matter.id, Explanation.id)
    ).all()
    said: dict[int, tuple[Said, ...]] = {}
    for row, words in rows:
        said[row.id] = (*said.get(row.id, ()), *([_said(words)] if words else ()))
    return [_told(row, said[row.id]) for row in dict.fromkeys(row for row, _ in rows)]


def _told(row: Matter, said: tuple[Said, ...]) -> MatterTold:
    content = vault().open("matter", row.id, row.sealed)
    return MatterTold(
        id=row.id,
        rev=row.rev,
        case_id=row.case_id,
        kind=row.kind,
        topic=row.topic,
        state=row.state,
        title=title_of(row.kind, row.topic, content),
        facts=facts_of_matter(row.kind, row.topic, content),
        opened_on=row.opened_on,
        due_on=row.due_on,
        findings=tuple(content["findings"]),
        said=said,
        signer=row.signer_name,
        signed_on=row.signed_on,
    )


def _said(row: Explanation) -> Said:
    words = str(vault().open("explanation", row.id, row.sealed)["text"])
    return Said(row.id, row.told_on, words, row.recorder_name)


def matters_of(case_ids: Sequence[int]) -> dict[int, tuple[MatterTold, ...]]:
    """Case id → its matters, without those that lapsed."""
    grouped: dict[int, tuple[MatterTold, ...]] = {}
    for told in matters((Matter.case_id == any_of(case_ids)) & (Matter.state != "lapsed")):
        grouped[told.case_id] = (*grouped.get(told.case_id, ()), told)
    return grouped


def exclusions(condition: ColumnElement[bool]) -> list[ExclusionTold]:
    """The exclusions that fit, oldest first (the agency's staff only)."""
    keys = vault()
    grounds = rulebook(current_scope().agency_id // 10_000).exclusion_grounds
    found = []
    for row in db.session.scalars(select(Exclusion).where(condition).order_by(Exclusion.id)):
        opened = keys.open("exclusion", row.id, row.sealed)
        found.append(
            ExclusionTold(
                id=row.id,
                rev=row.rev,
                case_id=row.case_id,
                matter_id=row.matter_id,
                finding_id=row.finding_id,
                state=row.state,
                ground=grounds[row.ground],
                amount=int(opened["amount"]),
                note=str(opened["note"]),
                prepared_by=row.prepared_by,
                preparer=row.preparer_name,
                prepared_on=row.prepared_on,
                signer=row.signer_name,
                signed_on=row.signed_on,
            )
        )
    return found


def exclusions_of(case_ids: Sequence[int]) -> dict[int, tuple[ExclusionTold, ...]]:
    """Case id → its signed exclusions."""
    grouped: dict[int, tuple[ExclusionTold, ...]] = {}
    signed = (Exclusion.case_id == any_of(case_ids)) & (Exclusion.state == "signed")
    for told in exclusions(signed):
        grouped[told.case_id] = (*grouped.get(told.case_id, ()), told)
    return grouped
