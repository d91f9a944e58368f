"""通知: what the others' work means for one's own."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import DECLARED, actor, permitted
from app.notices import queries, service
from app.notices.kinds import KINDS
from app.notices.messages import say
from app.notices.models import Notice
from tenants.messages import Fault

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.get("")
@permitted("notice.read")
def show() -> ResponseReturnValue:
    """Unread ones first, then those already read, page by page."""
    who, before = actor(), request.args.get("before", type=int)
    return render_template(
        "notices/list.html",
        unread=None if before else queries.listed(who, read=False),
        read=queries.listed(who, read=True, before=before),
        sentence=sentence,
        address=address,
    )


@blueprint.post("/<int:notice_id>/open")
@permitted("notice.read")
def open_one(notice_id: int) -> ResponseReturnValue:
    """Mark one as read, and go where it leads."""
    notice = service.read(notice_id, actor())
    return redirect(address(notice) or url_for(".show"), 303)


@blueprint.post("/read")
@permitted("notice.read")
def read_all() -> ResponseReturnValue:
    """Mark as read what the page showed (field ``up_to``)."""
    given = request.form.get("up_to", type=int)
    if given is None:
        raise Fault("choice_malformed")
    service.read_all(actor(), given)
    flash(say("notices.marked"), "success")
    return redirect(url_for(".show"), 303)


def sentence(notice: Notice) -> str:
    """What a notice says."""
    return say(f"notice.{notice.kind}", number=notice.number, count=notice.count)


def address(notice: Notice) -> str | None:
    """The first page of its kind that this person may open; None where there is none."""
    views = current_app.view_functions
    for endpoint, argument in KINDS[notice.kind]:
        if endpoint in views and actor().may(getattr(views[endpoint], DECLARED)):
            values: dict[str, Any] = {argument: notice.object_id} if argument else {}
            return url_for(endpoint, **values)
    return None
