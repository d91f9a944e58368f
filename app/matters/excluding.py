"""不计入: a finding, or a part of it, that does not enter the sums; one prepares, another signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.cases.history import acting_name
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.findings.models import Finding
from app.matters.messages import Fault
from app.matters.models import Exclusion, Matter
from app.matters.rules import UNSETTLED
from tenants.calendar import business_date, instant
from tenants.catalogue import amount_of, catalogue
from tenants.database import any_of, db, take_ids
from tenants.rulebook import rulebook
from tenants.vault import vault


@dataclass(frozen=True)
class Proposal:
    """What somebody wants left out: the finding, the ground's code, how much of it (fen; None for
    all of it), and what shows it."""

    finding: int
    ground: str
    amount: int | None
    note: str


def left_out(case_ids: Sequence[int]) -> dict[int, int]:
    """Finding → how much of it signed exclusions take out of the sums (fen or a count)."""
    keys = vault()
    amounts: dict[int, int] = {}
    for row in db.session.scalars(
        select(Exclusion).where(Exclusion.case_id == any_of(case_ids), Exclusion.state == "signed")
    ):
        amount = int(keys.open("exclusion", row.id, row.sealed)["amount"])
        amounts[row.finding_id] = amounts.get(row.finding_id, 0) + amount
    return amounts


def propose(matter: Matter, proposal: Proposal, actor: Actor) -> Moved:
    """Prepare an exclusion on an unsettled matter.

    Raises ``Fault`` for an unknown ground or finding, and for an amount that the finding does not
    have left.
    """
    actor.must("matter.prepare")
    if matter.state not in UNSETTLED:
        return Moved((), (Skip(matter.id, "another_state"),))
    if proposal.ground not in rulebook(actor.agency_id // 10_000).exclusion_grounds:
        raise Fault("matter.ground_unknown")
    keys = vault()
    if proposal.finding not in keys.open("matter", matter.id, matter.sealed)["findings"]:
        raise Fault("matter.finding_unknown")
    amount = _amount(proposal)
    id_ = take_ids(1)[0]
    row = insert(Exclusion).values(
        id=id_,
        case_id=matter.case_id,
        matter_id=matter.id,
        finding_id=proposal.finding,
        unit_id=matter.unit_id,
        ground=proposal.ground,
        state="proposed",
        sealed=keys.seal("exclusion", id_, {"amount": amount, "note": proposal.note}),
        prepared_by=actor.account_id,
        preparer_name=actor.name,
        prepared_on=business_date(),
        prepared_at=instant(),
    )
    db.session.execute(row.inline())
    return Moved((id_,))


def _amount(proposal: Proposal) -> int:
    """The fen (or 1 for a thing) to leave out, checked against what the finding has left."""
    finding = db.session.scalars(select(Finding).where(Finding.id == proposal.finding)).one()
    most = amount_in(finding) - _taken(finding.id)
    if finding_is_thing(finding) and proposal.amount is not None:
        raise Fault("matter.amount_not_divisible")
    amount = most if proposal.amount is None else proposal.amount
    if not 0 < amount <= most:
        raise Fault("matter.amount_wrong")
    return amount


def amount_in(finding: Finding) -> int:
    """What a finding adds to a measure (fen); 1 where it is a thing or enters no measure."""
    fields: dict[str, Any] = vault().open("finding", finding.id, finding.sealed)
    measures = catalogue().item(finding.item).measures
    return amount_of(measures[0], fields) if measures else 1


def finding_is_thing(finding: Finding) -> bool:
    """Whether a finding counts as one and cannot be left out in part."""
    measures = catalogue().item(finding.item).measures
    return not measures or measures[0].field is None


def _taken(finding_id: int) -> int:
    keys = vault()
    rows = db.session.scalars(
        select(Exclusion).where(
            Exclusion.finding_id == finding_id, Exclusion.state.in_(("proposed", "signed"))
        )
    )
    return sum(int(keys.open("exclusion", row.id, row.sealed)["amount"]) for row in rows)


def sign(exclusion: Exclusion, revision: int, actor: Actor) -> Moved:
    """Another named person signs; from then on the amount is out of the sums."""
    if exclusion.prepared_by == actor.account_id:
        return Moved((), (Skip(exclusion.id, "signs_own_work"),))
    moved = move("exclusion", "sign", Chosen.seen({exclusion.id: revision}), actor)
    _note_signer(moved, actor)
    return moved


def turn_down(exclusion: Exclusion, revision: int, actor: Actor, reason: str) -> Moved:
    """Another named person does not agree; the reason stays in the history."""
    if exclusion.prepared_by == actor.account_id:
        return Moved((), (Skip(exclusion.id, "signs_own_work"),))
    chosen = Chosen.seen({exclusion.id: revision})
    moved = move("exclusion", "turn_down", chosen, actor, reason=reason)
    _note_signer(moved, actor)
    return moved


def _note_signer(moved: Moved, actor: Actor) -> None:
    if moved.done:
        db.session.execute(
            update(Exclusion)
            .where(Exclusion.id == any_of(moved.done))
            .values(
                signed_by=actor.account_id,
                signer_name=acting_name(actor.name, actor.absent_name("matter.sign")),
                signed_on=business_date(),
                signed_at=instant(),
            )
        )
