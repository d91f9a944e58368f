"""What comes after an act, for the line that says it is done: where it is now, who acts next, by
when. Long lists are data: an act that is not named here says its own outcome on its page."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.cases.models import Case
from tenants.database import any_of, db
from tenants.messages import say

NEXT = {
    "case.accept": "next.review",
    "case.approve": "next.exchange",
    "case.return": "next.correction",
    "case.terminate": "next.terminated",
    "case.resubmit": "next.check",
    "entrustment.submit": "next.check",
    "entrustment.submit_own": "next.check",
    "request.make": "next.confirm",
    "request.confirm": "next.deliver",
    "request.deliver": "next.reply",
    "reply.accept": "next.findings",
    "letter.seal": "next.parent",
    "addition.take": "next.routing",
}
_WITH_DATE = frozenset({"next.review", "next.exchange", "next.check"})


def next_words(verb: str, done: Sequence[int]) -> str:
    """The sentence after "done" of this act on these objects; empty where none is kept."""
    code = NEXT.get(verb, "")
    if not code:
        return ""
    due = None
    if code in _WITH_DATE:
        due = db.session.scalar(select(func.min(Case.due_on)).where(Case.id == any_of(done)))
    return say(code) + (say("next.by", due=due) if due else "")
