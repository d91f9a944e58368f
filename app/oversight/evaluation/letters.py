"""A step of an evaluation goes to the other side by letter: points and words, no case in it."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import insert, select, update

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.delegation.letters import OpenLetter, send_down, send_up
from app.notices.service import To, tell
from app.oversight.evaluation.models import ScoreItem, ScoreSheet
from tenants.agency.tree import agency, parent_of
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.scope import current_scope

KIND = "evaluation"
STEPS = {
    "assess": ("be_assessed", "self"),
    "score": ("be_scored", "score"),
    "agree": ("be_agreed", "reply"),
    "stand": ("be_let_stand", "reply"),
    "contest": ("be_contested", "reply"),
    "settle": ("be_settled", "settle"),
}
"""Step → what it does to the other side's row, and the columns that it fills there."""

FROM_BELOW = ("assess", "agree", "stand", "contest")
HEADS = To(("director", "reviewer"))


def send_step(row: ScoreSheet, step: str, content: dict[str, Any]) -> None:
    """Tell the other side; each step is told once."""
    period = row.year * 100 + 12
    whole = {"key": str(row.key), "step": step, "on": business_date().isoformat(), **content}
    key = uuid.uuid5(row.key, step)
    if current_scope().agency_id == row.child_id:
        send_up(agency(row.parent_id), KIND, key, whole, period=period)
    else:
        send_down(agency(row.child_id), KIND, key, whole, period=period)


def take_in(letter: OpenLetter) -> None:
    """Keep what the other side did. A sheet that this agency does not have with the sender, or a
    step that does not fit how it stands, changes nothing."""
    told = letter.content
    if told["step"] == "set":
        _keep_new(letter)
        return
    query = select(ScoreSheet).where(ScoreSheet.key == uuid.UUID(told["key"]))
    row = db.session.scalar(query.with_for_update())
    comes_up = told["step"] in FROM_BELOW
    if row is None or letter.from_agency_id != (row.child_id if comes_up else row.parent_id):
        return
    action, prefix = STEPS[told["step"]]
    moved = move("evaluation", action, Chosen.of([row.id]), system_actor(row.agency_id))
    if moved.done:
        words = {f"{prefix}_words": told["words"], f"{prefix}_name": told["name"]}
        write(row.id, prefix, dt.date.fromisoformat(told["on"]), words, told.get("points", {}))
        tell(f"evaluation.{told['step']}", HEADS, object_id=row.id, number=str(row.year))


def write(
    sheet_id: int, prefix: str, day: dt.date, values: dict[str, Any], points: dict[str, int]
) -> None:
    """Fill one step's columns of a sheet, and its points (tenths) by item."""
    db.session.execute(
        update(ScoreSheet).where(ScoreSheet.id == sheet_id).values({f"{prefix}_on": day, **values})
    )
    for code, tenths in points.items():
        here = (ScoreItem.sheet_id == sheet_id, ScoreItem.code == code)
        db.session.execute(update(ScoreItem).where(*here).values({f"{prefix}_tenths": tenths}))


def _keep_new(letter: OpenLetter) -> None:
    told, own = letter.content, current_scope().agency_id
    parent = parent_of(own, business_date())
    if parent is None or parent.id != letter.from_agency_id:
        return
    # Who was moved within the year has a sheet of either parent.
    same = select(ScoreSheet.id).where(
        ScoreSheet.child_id == own,
        ScoreSheet.year == told["year"],
        ScoreSheet.parent_id == letter.from_agency_id,
    )
    if db.session.scalar(same) is not None:
        return
    (id_,) = take_ids(1)
    row = {
        **{"id": id_, "state": "set", "key": uuid.UUID(told["key"]), "year": told["year"]},
        **{"parent_id": letter.from_agency_id, "child_id": own},
        **{"set_words": told["words"], "set_name": told["name"]},
        "set_on": dt.date.fromisoformat(told["on"]),
    }
    db.session.execute(insert(ScoreSheet).values(row).inline())
    items = [{"sheet_id": id_, **item} for item in told["items"]]
    db.session.execute(insert(ScoreItem).inline(), items)
    tell("evaluation.set", HEADS, object_id=id_, number=str(told["year"]))
