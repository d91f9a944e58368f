"""数据交换: the operators' pages, from the draft of a request to the accepted reply."""

from collections.abc import Container
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once, revision
from app.cases.messages import EVENT_TITLES
from app.exchange import queries, service
from app.exchange.custody import service as custody
from app.exchange.custody.showing import custody_of, with_custody
from app.exchange.forms import ReasonForm, ReceiptForm, ReplyForm, receipt_form
from app.exchange.messages import ALL, REPLY_STATES, REQUEST_STATES
from app.exchange.pages import as_download, package_progress, receive, reply_progress, timeline
from app.exchange.paper.queries import papers_of
from app.exchange.pending import pending_lines
from app.exchange.store.showing import store_side
from app.exchange.wire.pages import travel_of
from app.sharing.agreements import in_force, reply_term
from app.web.shell import NavItem
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.messages import Fault
from tenants.rulebook import Rulebook, rulebook

blueprint = Blueprint("exchange", __name__, url_prefix="/exchange")


def _law() -> Rulebook:
    return rulebook(agency(actor().agency_id).province)


@blueprint.get("")
@permitted("exchange.read")
def requests() -> ResponseReturnValue:
    """Requests, newest first; ``state``, ``unit``, ``period`` and ``before`` in the URL."""
    units, periods = queries.sharing_units(), queries.periods()
    chosen = _filter_asked(units, periods)
    found = queries.requests(chosen, request.args.get("before", type=int))
    shown = found[: queries.REQUESTS_PER_PAGE]
    more = len(found) > len(shown)
    return render_template(
        "exchange/requests.html",
        requests=shown,
        chosen=chosen,
        collected=queries.collected(r.id for r in shown if r.state == "draft"),
        people=names_of(who for r in shown for who in (r.made_by, r.confirmed_by)),
        units=units,
        periods=periods,
        replies=_waiting_replies(shown),
        states=REQUEST_STATES,
        tabs=_tabs(chosen),
        next_url=_list_url(chosen, chosen.state, before=shown[-1].id) if more else None,
    )


def _filter_asked(units: Container[int], periods: Container[int]) -> queries.Filter:
    """What the address asks for; a state, unit or period that is not there counts as all."""
    state = request.args.get("state", "")
    unit = request.args.get("unit", 0, type=int)
    period = request.args.get("period", 0, type=int)
    return queries.Filter(
        state if state in REQUEST_STATES else "",
        unit if unit in units else 0,
        period if period in periods else 0,
    )


def _waiting_replies(shown: list[Any]) -> dict[int, str]:
    """The state of the newest reply that waits for an operator, by request."""
    waiting = {"received", "unread", "checked", "accepted_once"}
    replies = queries.replies_of(r.id for r in shown)
    return {r.request_id: REPLY_STATES[r.state][0] for r in replies if r.state in waiting}


def _tabs(chosen: queries.Filter) -> list[NavItem]:
    counts = queries.requests_by_state(chosen)
    tabs = [("", ALL, sum(counts.values()))]
    tabs += [(code, title, counts.get(code, 0)) for code, (title, _) in REQUEST_STATES.items()]
    return [
        NavItem(title, _list_url(chosen, code), n, code == chosen.state) for code, title, n in tabs
    ]


def _list_url(chosen: queries.Filter, state: str, before: int | None = None) -> str:
    return url_for(
        ".requests",
        state=state or None,
        unit=chosen.unit_id or None,
        period=chosen.period or None,
        before=before,
    )


@blueprint.get("/<int:request_id>")
@permitted("exchange.read")
def show_request(request_id: int) -> ResponseReturnValue:
    """One request: what is asked, how far it is, and the next step."""
    return _page(request_id)


def _page(request_id: int, **forms: Any) -> str:
    asked = service.request_of(request_id)
    law, unit = _law(), queries.unit_of(asked.unit_id)
    replies = queries.replies_of([request_id])
    events = queries.events_of(request_id, [reply.id for reply in replies])
    people = names_of(
        [asked.made_by, asked.confirmed_by]
        + [event.account_id for event in events]
        + [reply.received_by for reply in replies]
    )
    media = custody_of(request_id)
    context = {
        "receipt": receipt_form(business_date()),
        "reply_form": ReplyForm(),
        "close_form": ReasonForm(),
    }
    return render_template(
        "exchange/request.html",
        asked=asked,
        unit=unit,
        law=law,
        reply_days=reply_term(actor().agency_id, unit.id, asked.delivered_on or business_date()),
        agreement=in_force(unit.id, business_date()),
        cut_off=None if asked.lane != "regular" else law.cut_off(asked.period),
        collected=queries.collected([request_id]).get(request_id, queries.Collected()),
        items=[(catalogue().item(row.item), row) for row in queries.by_item(request_id)],
        progress=package_progress(asked),
        travel=travel_of(asked),
        has_package=asked.state != "draft" and service.package_of(request_id) is not None,
        replies=replies,
        people=people,
        media=media,
        papers=papers_of(request_id),
        pending=pending_lines(request_id) if asked.items_answered else [],
        store=store_side(asked),
        events=with_custody(timeline(events, people, replies, EVENT_TITLES), media),
        states=REQUEST_STATES,
        reply_states=REPLY_STATES,
        me=actor(),
        **(context | forms),
    )


@blueprint.get("/<int:request_id>/progress")
@permitted("exchange.read")
def progress(request_id: int) -> ResponseReturnValue:
    """How far the package is, for the progress component."""
    return package_progress(service.request_of(request_id))


@blueprint.post("/<int:request_id>/make")
@permitted("exchange.operate")
def make(request_id: int) -> ResponseReturnValue:
    """制作交换包: the draft is closed, the worker makes the package."""
    service.request_of(request_id)
    once("request.make", lambda: service.make(request_id, revision(), actor()))
    return _back(request_id)


@blueprint.post("/<int:request_id>/confirm")
@permitted("exchange.operate")
def confirm(request_id: int) -> ResponseReturnValue:
    """确认交换包: by another operator than the one who made it."""
    service.request_of(request_id)
    once("request.confirm", lambda: service.confirm(request_id, revision(), actor()))
    return _back(request_id)


@blueprint.post("/<int:request_id>/package")
@permitted("exchange.operate")
def download(request_id: int) -> ResponseReturnValue:
    """The encrypted package, to be written on a disc; the download is audited."""
    return as_download(service.download_package(request_id, actor()))


@blueprint.post("/<int:request_id>/password")
@permitted("exchange.operate")
def reveal_password(request_id: int) -> ResponseReturnValue:
    """The password, shown once and apart from the medium; the look is audited."""
    asked = service.request_of(request_id)
    return render_template(
        "exchange/password.html",
        asked=asked,
        unit=queries.unit_of(asked.unit_id),
        password=service.package_password(request_id, actor()),
        back_url=url_for(".show_request", request_id=request_id),
    )


@blueprint.post("/<int:request_id>/receipt")
@permitted("exchange.operate")
def deliver(request_id: int) -> ResponseReturnValue:
    """送达签收: the unit signed for the package, the reply clock starts."""
    service.request_of(request_id)
    form = ReceiptForm()
    if not form.validate_on_submit() or form.on.data is None:
        return _page(request_id, receipt=form), 422
    on = form.on.data
    try:
        once(
            "request.deliver",
            lambda: custody.deliver(
                request_id,
                revision(),
                actor(),
                on=on,
                carrier=form.carrier(),
                signed_by=form.signed_by.data or "",
                how=form.how(),
            ),
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(request_id, receipt=form), 422
    return _back(request_id)


@blueprint.post("/<int:request_id>/reply")
@permitted("exchange.operate")
def upload_reply(request_id: int) -> ResponseReturnValue:
    """Load the disc that came back; the worker checks it."""
    service.request_of(request_id)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _page(request_id, reply_form=form), 422
    try:
        received = receive(request_id, form)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(request_id, reply_form=form), 422
    if received is None:
        return _back(request_id)
    return redirect(url_for(".show_reply", reply_id=received), 303)


@blueprint.post("/<int:request_id>/close")
@permitted("exchange.operate")
def close(request_id: int) -> ResponseReturnValue:
    """结束等待: what is still open ends as unanswered, with a reason."""
    service.request_of(request_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(request_id, close_form=form), 422
    reason = form.reason.data or ""
    once(
        "request.close",
        lambda: service.close(request_id, revision(), actor(), reason),
        reason=reason,
    )
    return _back(request_id)


def _back(request_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_request", request_id=request_id), 303)


@blueprint.get("/replies/<int:reply_id>")
@permitted("exchange.read")
def show_reply(reply_id: int) -> ResponseReturnValue:
    """One returned file: its check, its numbers, and who accepts it."""
    return _reply_page(reply_id, ReasonForm())


def _reply_page(reply_id: int, form: ReasonForm) -> str:
    found = queries.reply(reply_id)
    asked = service.request_of(found.request_id)
    return render_template(
        "exchange/reply.html",
        reply=found,
        asked=asked,
        unit=queries.unit_of(asked.unit_id),
        people=names_of([found.received_by, found.first_by, found.second_by]),
        faults=queries.faults_of(found),
        progress=reply_progress(found),
        states=REPLY_STATES,
        law=_law(),
        form=form,
        me=actor(),
    )


@blueprint.get("/replies/<int:reply_id>/progress")
@permitted("exchange.read")
def check_progress(reply_id: int) -> ResponseReturnValue:
    """How far the check of a reply is, for the progress component."""
    return reply_progress(queries.reply(reply_id))


@blueprint.post("/replies/<int:reply_id>/accept")
@permitted("exchange.operate")
def accept(reply_id: int) -> ResponseReturnValue:
    """接收反馈: one operator, then another; with the second the answers count."""
    queries.reply(reply_id)
    once("reply.accept", lambda: service.accept_reply(reply_id, revision(), actor()))
    return redirect(url_for(".show_reply", reply_id=reply_id), 303)


@blueprint.post("/replies/<int:reply_id>/refuse")
@permitted("exchange.operate")
def refuse(reply_id: int) -> ResponseReturnValue:
    """不予接收: with a reason that the unit can act on."""
    queries.reply(reply_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _reply_page(reply_id, form), 422
    reason = form.reason.data or ""
    once(
        "reply.refuse",
        lambda: service.refuse_reply(reply_id, revision(), actor(), reason),
        reason=reason,
    )
    return redirect(url_for(".show_reply", reply_id=reply_id), 303)
