"""What an officer ticked off on paper is kept: who saw it, and when."""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import delete, func, insert, or_, select, tuple_

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Skip, take_duty
from app.cases.models import Case, Subject
from app.intake.models import PaperTick
from app.intake.paper_rules import OF_ENTRUSTMENT, OF_SUBJECT, Tick, held_back
from tenants.calendar import instant
from tenants.database import any_of, db
from tenants.messages import Fault

Drawn = Callable[[Sequence[int]], set[int]]
"""Those of some cases that a sample drew."""
_samples: list[Drawn] = []


def draws_sample(drawn: Drawn) -> Drawn:
    """Whom this names is accepted only with every paper ticked, whatever the rulebook says: a
    package further up the process knows of whom it drew a sample."""
    _samples.append(drawn)
    return drawn


def drawn_among(case_ids: Sequence[int]) -> set[int]:
    """Those of these households whose papers are looked at as part of a sample."""
    return {case_id for drawn in _samples for case_id in drawn(case_ids)}


def ticks_of(entrustment_id: int, case_id: int) -> set[Tick]:
    """What was ticked for one household, the seals of its entrustment among it."""
    rows = select(PaperTick.subject_id, PaperTick.what).where(
        PaperTick.entrustment_id == entrustment_id,
        or_(PaperTick.case_id == 0, PaperTick.case_id == case_id),
    )
    return set(db.session.execute(rows).tuples())


def tick(case_id: int, ticked: Collection[Tick], actor: Actor) -> None:
    """Keep what was ticked, in place of what was before, and take the step of the intake check.

    What a household does not have (another's subject, an unknown word) is left out. Raises
    ``LookupError`` when it does not wait for the intake check, ``Fault("tick_other_duty")`` for
    somebody who holds another step on it, ``Fault("tick_own_work")`` for who handed it in.
    """
    actor.must("case.check")
    case = _waiting(case_id)
    barred = take_duty("intake_check", [case.id], actor)
    if barred.get(case.id) == "handed_in_by_self":
        raise Fault("tick_own_work")
    if barred:
        raise Fault("tick_other_duty")
    people = set(db.session.scalars(select(Subject.id).where(Subject.case_id == case.id)))
    _keep(case, 0, {(0, what) for what in OF_ENTRUSTMENT} & set(ticked), actor)
    known = {(subject_id, what) for subject_id in people for what in OF_SUBJECT}
    _keep(case, case.id, known & set(ticked), actor)


def _waiting(case_id: int) -> Case:
    waiting = select(Case).where(
        Case.id == case_id, Case.origin == "unit", Case.state == "submitted"
    )
    found = db.session.scalar(waiting.with_for_update())
    if found is None:
        raise LookupError(f"no case {case_id} waits for the intake check")
    return found


def _keep(case: Case, case_id: int, ticked: Iterable[Tick], actor: Actor) -> None:
    """Leaves alone what stays ticked: who saw it first saw it."""
    wanted = set(ticked)
    here = (PaperTick.entrustment_id == case.entrustment_id) & (PaperTick.case_id == case_id)
    rows = select(PaperTick.subject_id, PaperTick.what).where(here)
    before = set(db.session.execute(rows).tuples())
    gone = tuple_(PaperTick.subject_id, PaperTick.what).in_(sorted(before - wanted))
    if before - wanted:
        db.session.execute(delete(PaperTick).where(here, gone))
    new = [
        {
            "entrustment_id": case.entrustment_id,
            "case_id": case_id,
            "subject_id": subject_id,
            "what": what,
            "ticked_by": actor.account_id,
            "ticked_at": instant(),
        }
        for subject_id, what in sorted(wanted - before)
    ]
    if new:
        db.session.execute(insert(PaperTick).inline(), new)


def without_unseen(chosen: Chosen, most: int, *, wants_all: bool) -> tuple[Chosen, list[Skip]]:
    """The chosen households that may be accepted, and the others with the reason; at most ``most``
    of a filter at a time. ``wants_all``: everybody's papers are ticked, not only a sample's."""
    ids: Sequence[int] = chosen.ids
    if chosen.condition is not None:
        fitting = select(Case.id).where(chosen.condition, Case.id <= (chosen.up_to or 0))
        ids = list(db.session.scalars(fitting.order_by(Case.id).limit(most)))
    drawn = drawn_among(ids)
    why = held_back(incomplete(ids if wants_all else sorted(drawn)), drawn, wants_all=wants_all)
    kept = tuple(id_ for id_ in ids if id_ not in why)
    revisions = {id_: rev for id_, rev in chosen.revisions.items() if id_ not in why}
    return Chosen(ids=kept, revisions=revisions), [Skip(i, why[i]) for i in ids if i in why]


def incomplete(case_ids: Sequence[int]) -> set[int]:
    """Those of these households that wait, and of whose papers not everything is ticked."""
    if not case_ids:
        return set()
    seals = (
        select(func.count())
        .where(PaperTick.entrustment_id == Case.entrustment_id, PaperTick.case_id == 0)
        .scalar_subquery()
    )
    seen = (
        select(func.count())
        .where(
            PaperTick.entrustment_id == Case.entrustment_id,
            PaperTick.case_id == Case.id,
            PaperTick.subject_id == Subject.id,
        )
        .correlate(Case, Subject)
        .scalar_subquery()
    )
    people = select(Subject.id).where(
        Subject.case_id == Case.id,
        Subject.left_on.is_(None),
        Subject.refused_on.is_(None),
        seen < len(OF_SUBJECT),
    )
    rows = select(Case.id).where(
        Case.id == any_of(case_ids),
        Case.state == "submitted",
        or_(seals < len(OF_ENTRUSTMENT), people.exists()),
    )
    return set(db.session.scalars(rows))
