"""外来查询: what others asked of this agency, for its operators."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, select

from app.accounts.actor import Actor
from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved, Skip
from app.exchange.asked.inquiries import Asked
from app.exchange.asked.messages import STATES
from app.exchange.asked.models import Inquiry
from tenants.database import db
from tenants.messages import Fault
from tenants.outbox import post

blueprint = Blueprint("inquiries", __name__)
MOST_SHOWN = 200


@blueprint.get("/exchange/inquiries")
@permitted("connection.read")
def show() -> ResponseReturnValue:
    """Who asked, what, how many, how far: what waits first, the most urgent on top."""
    waits = Inquiry.answered_at.is_(None)
    urgency = case((waits, Inquiry.due_on)).asc().nulls_last()
    query = select(Inquiry).order_by(waits.desc(), urgency, Inquiry.id.desc()).limit(MOST_SHOWN)
    found = [Asked(inquiry) for inquiry in db.session.scalars(query)]
    return render_template(
        "exchange/asked/inquiries.html",
        rows=found,
        states=STATES,
        may_answer=actor().may("exchange.operate"),
    )


@blueprint.post("/exchange/inquiries/<int:inquiry_id>/answer")
@permitted("exchange.operate")
def answer_again(inquiry_id: int) -> ResponseReturnValue:
    """重新答复: let the worker look once more; what is answered already stays as it is."""
    once("inquiry.answer", lambda: _post_again(inquiry_id, actor()))
    return redirect(url_for(".show"), 303)


def _post_again(inquiry_id: int, who: Actor) -> Moved:
    found = db.session.scalars(
        select(Inquiry).where(Inquiry.id == inquiry_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise LookupError(f"no inquiry {inquiry_id}")
    if found.lines_received < found.lines:
        raise Fault("inquiry.not_whole")
    if found.answered_at is not None:
        return Moved((), (Skip(inquiry_id, "another_state"),))
    post("inquiry.answer", {"inquiry_id": inquiry_id}, account_id=who.account_id)
    return Moved((inquiry_id,))
