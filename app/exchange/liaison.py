"""我的数据交换申请: the pages of a sharing unit's liaison. No subject's data is on them."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once, revision
from app.exchange import queries, service
from app.exchange.forms import OwnReceiptForm, ReplyForm
from app.exchange.messages import MY_REPLY_STATES, MY_REQUEST_STATES
from app.exchange.pages import as_download, receive, reply_progress
from app.sharing.agreements import reply_term
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.rulebook import rulebook

blueprint = Blueprint("liaison", __name__, url_prefix="/my-requests")


@blueprint.get("")
@permitted("request.answer")
def requests() -> ResponseReturnValue:
    """The unit's requests that have left the agency, newest first."""
    found = queries.sent_requests(request.args.get("before", type=int))
    shown = found[: queries.REQUESTS_PER_PAGE]
    more = len(found) > len(shown)
    return render_template(
        "exchange/my_requests.html",
        requests=shown,
        own=agency(actor().agency_id),
        states=MY_REQUEST_STATES,
        next_url=url_for(".requests", before=shown[-1].id) if more else None,
    )


@blueprint.get("/<int:request_id>")
@permitted("request.answer")
def show_request(request_id: int) -> ResponseReturnValue:
    """One request: fetch it, sign for it, answer it."""
    return _page(request_id)


def _page(request_id: int, **forms: Any) -> str:
    asked = queries.sent_request(request_id)
    own = agency(asked.agency_id)
    law = rulebook(own.province)
    replies = queries.replies_of([request_id])
    context = {"receipt": OwnReceiptForm(on=business_date()), "reply_form": ReplyForm()}
    return render_template(
        "exchange/my_request.html",
        asked=asked,
        own=own,
        law=law,
        reply_days=reply_term(own.id, asked.unit_id, asked.delivered_on or business_date()),
        replies=replies,
        states=MY_REQUEST_STATES,
        reply_states=MY_REPLY_STATES,
        **(context | forms),
    )


@blueprint.post("/<int:request_id>/package")
@permitted("request.answer")
def download(request_id: int) -> ResponseReturnValue:
    """The encrypted package; the download is audited."""
    queries.sent_request(request_id)
    return as_download(service.download_package(request_id, actor()))


@blueprint.post("/<int:request_id>/password")
@permitted("request.answer")
def reveal_password(request_id: int) -> ResponseReturnValue:
    """The password, by an act of its own after signing in; the look is audited."""
    asked = queries.sent_request(request_id)
    return render_template(
        "exchange/password.html",
        asked=asked,
        unit=queries.unit_of(asked.unit_id),
        password=service.package_password(request_id, actor()),
        back_url=url_for(".show_request", request_id=request_id),
    )


@blueprint.post("/<int:request_id>/receipt")
@permitted("request.answer")
def sign(request_id: int) -> ResponseReturnValue:
    """签收: the liaison's own receipt, which starts the reply clock."""
    queries.sent_request(request_id)
    form = OwnReceiptForm()
    if not form.validate_on_submit() or form.on.data is None:
        return _page(request_id, receipt=form), 422
    on, how = form.on.data, form.how(actor().name)
    try:
        once(
            "request.deliver",
            lambda: service.deliver(request_id, revision(), actor(), on=on, how=how),
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(request_id, receipt=form), 422
    return _back(request_id)


@blueprint.post("/<int:request_id>/reply")
@permitted("request.answer")
def upload_reply(request_id: int) -> ResponseReturnValue:
    """Send the filled-in template back; it is checked at once."""
    queries.sent_request(request_id)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _page(request_id, reply_form=form), 422
    received = receive(request_id, form)
    if received is None:
        return _back(request_id)
    return redirect(url_for(".show_reply", reply_id=received), 303)


def _back(request_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_request", request_id=request_id), 303)


@blueprint.get("/replies/<int:reply_id>")
@permitted("request.answer")
def show_reply(reply_id: int) -> ResponseReturnValue:
    """What came of a file that was sent back."""
    found = queries.reply(reply_id)
    return render_template(
        "exchange/my_reply.html",
        reply=found,
        asked=queries.sent_request(found.request_id),
        faults=queries.faults_of(found),
        progress=reply_progress(found),
        states=MY_REPLY_STATES,
    )


@blueprint.get("/replies/<int:reply_id>/progress")
@permitted("request.answer")
def check_progress(reply_id: int) -> ResponseReturnValue:
    """How far the check is, for the progress component."""
    return reply_progress(queries.reply(reply_id))
