"""A score that its agency neither agreed with nor contested in time stands: it is final then."""

import datetime as dt

from sqlalchemy import func, select

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.cases.models import Event
from app.notices.service import tell
from app.oversight.evaluation.letters import HEADS, send_step, write
from app.oversight.evaluation.messages import say
from app.oversight.evaluation.models import ScoreSheet
from tenants.calendar import add_working_days, business_date
from tenants.database import db
from tenants.rulebook import Value, rulebook
from tenants.scope import current_scope


def reply_term() -> Value[int]:
    """Within how many working days an agency answers its score."""
    return rulebook(current_scope().agency_id // 10_000).evaluation_reply_working_days


def answer_by(sheet_id: int) -> dt.date | None:
    """The last day to agree or to contest, from the day on which the score came here; None before
    there is a score."""
    query = select(func.max(Event.day)).where(
        Event.machine == "evaluation", Event.object_id == sheet_id, Event.to_state == "scored"
    )
    came = db.session.scalar(query)
    return add_working_days(came, reply_term().value) if came else None


def let_stand() -> None:
    """Make final what this agency did not answer in time, and tell the parent. Again changes
    nothing."""
    own, today = current_scope().agency_id, business_date()
    query = select(ScoreSheet.id).where(ScoreSheet.state == "scored", ScoreSheet.child_id == own)
    for sheet_id in db.session.scalars(query.order_by(ScoreSheet.id)).all():
        last = answer_by(sheet_id)
        if last is not None and last < today:
            _let_stand(sheet_id, last, own)


def _let_stand(sheet_id: int, last: dt.date, own: int) -> None:
    if not move("evaluation", "let_stand", Chosen.of([sheet_id]), system_actor(own)).done:
        return
    row = db.session.scalars(select(ScoreSheet).where(ScoreSheet.id == sheet_id)).one()
    words = say("evaluation.stands", last=last)
    write(sheet_id, "reply", business_date(), {"reply_words": words}, {})
    send_step(row, "stand", {"words": words, "name": "", "points": {}})
    tell("evaluation.stand", HEADS, object_id=sheet_id, number=str(row.year))
