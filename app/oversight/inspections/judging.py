"""Ask who looked, take their answer, judge: never by the person who looked, never unheard."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, insert, select, update

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.notices.service import To, tell
from app.oversight.inspections.messages import Fault
from app.oversight.inspections.models import Inspection, InspectionItem, InspectionWord
from app.oversight.inspections.rules import judging_barred
from app.oversight.inspections.service import inspection_of, limits_here
from tenants.calendar import add_working_days, business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.vault import vault


def ask(item_id: int, seen: int, question: str, actor: Actor) -> Moved:
    """请其说明: the person finds the question on their own page.

    Raises ``Fault``: ``inspection.by_system`` where nobody's account acted, and
    ``inspection.own_look``.
    """
    row = _open_item(item_id, actor)
    if not row.account_id:
        raise Fault("inspection.by_system")
    _not_own([row], actor)
    moved = move("look", "ask_look", Chosen.seen({row.id: seen}), actor)
    if moved.done:
        days = limits_here(row.agency_id).value.answer_working_days
        row.due_on = add_working_days(business_date(), days)
        db.session.flush()
        _say([row], "asked", question, actor)
        to = To(unit_id=row.unit_id, desk_id=row.desk_id, account_id=row.account_id)
        tell("look.asked", to, object_id=row.id, number=inspection_of(row.inspection_id).number)
    return moved


def answer(item_id: int, seen: int, words: str, actor: Actor) -> Moved:
    """What the person who looked says; ``LookupError`` for somebody else's."""
    row = own_item(item_id, actor)
    moved = move("look", "answer_look", Chosen.seen({row.id: seen}), actor)
    if moved.done:
        _say([row], "answered", words, actor)
    return moved


def note_answer(item_id: int, seen: int, words: str, actor: Actor) -> Moved:
    """A written answer of a unit, or of somebody who signs in no more, entered by who inspects."""
    row = _open_item(item_id, actor)
    _not_own([row], actor)
    moved = move("look", "note_answer", Chosen.seen({row.id: seen}), actor)
    if moved.done:
        _say([row], "noted", words, actor)
    return moved


def judge(item_id: int, seen: int, verdict: str, words: str, actor: Actor) -> Moved:
    """合规, 说明后认可 or 违规. Raises ``Fault``: ``inspection.ask_first``, ``.not_answered``,
    ``.still_time``, ``.own_look``."""
    row = _open_item(item_id, actor)
    _not_own([row], actor)
    barred = judging_barred(verdict, row.state, row.due_on, business_date())
    if barred:
        raise Fault(barred, last=row.due_on)
    moved = move("look", "judge_look", Chosen.seen({row.id: seen}), actor)
    if moved.done:
        _judged(moved.done, verdict, actor)
        _say([row], "judged", words, actor)
    return moved


def judge_proper(inspection_id: int, ids: Sequence[int], actor: Actor) -> Moved:
    """Those ticked, all 合规; one's own are left out."""
    actor.must("inspection.run")
    _running(inspection_of(inspection_id))
    rows = _items(InspectionItem.id == any_of(ids), InspectionItem.inspection_id == inspection_id)
    own = {row.id for row in rows if row.account_id in _accounts_of(actor)}
    moved = move(
        "look", "judge_look", Chosen.of(row.id for row in rows if row.id not in own), actor
    )
    if moved.done:
        _judged(moved.done, "proper", actor)
        _say([row for row in rows if row.id in moved.done], "judged", "", actor)
    return Moved(moved.done, (*moved.skipped, *(Skip(id_, "own_look") for id_ in sorted(own))))


def item_of(item_id: int) -> InspectionItem:
    """An item of this scope; ``LookupError`` when there is none."""
    found = _items(InspectionItem.id == item_id)
    if not found:
        raise LookupError(f"no inspection item {item_id}")
    return found[0]


def own_item(item_id: int, actor: Actor) -> InspectionItem:
    """An item that this person was asked about; ``LookupError`` for any other."""
    row = item_of(item_id)
    if row.account_id != actor.account_id or row.state == "picked":
        raise LookupError(f"no item {item_id} of one's own")
    return row


def _open_item(item_id: int, actor: Actor) -> InspectionItem:
    actor.must("inspection.run")
    row = item_of(item_id)
    _running(inspection_of(row.inspection_id))
    return row


def _running(inspection: Inspection) -> None:
    if inspection.state != "judging":
        raise Fault("inspection.not_running")


def _items(*conditions: ColumnElement[bool]) -> list[InspectionItem]:
    query = select(InspectionItem).where(*conditions)
    query = query.order_by(InspectionItem.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def _not_own(rows: Sequence[InspectionItem], actor: Actor) -> None:
    own = _accounts_of(actor)
    if any(row.account_id in own for row in rows):
        raise Fault("inspection.own_look")


def _accounts_of(actor: Actor) -> set[int]:
    """Every account of the human who acts: one may have had another desk before."""
    mine = select(Account.person_id).where(Account.id == actor.account_id).scalar_subquery()
    return set(db.session.scalars(select(Account.id).where(Account.person_id == mine)))


def _judged(ids: Sequence[int], verdict: str, actor: Actor) -> None:
    db.session.execute(
        update(InspectionItem)
        .where(InspectionItem.id == any_of(ids))
        .values(verdict=verdict, judged_by=actor.account_id, judged_on=business_date())
    )


def _say(rows: Sequence[InspectionItem], kind: str, words: str, actor: Actor) -> None:
    if not words.strip():
        return
    keys = vault()
    said = [
        {
            "id": id_,
            "item_id": row.id,
            "unit_id": row.unit_id,
            "desk_id": row.desk_id,
            "kind": kind,
            "account_id": actor.account_id,
            "said_on": business_date(),
            "at": instant(),
            "sealed": keys.seal("inspection_word", id_, {"words": words.strip()}),
        }
        for id_, row in zip(take_ids(len(rows)), rows, strict=True)
    ]
    db.session.execute(insert(InspectionWord).inline(), said)
