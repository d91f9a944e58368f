"""报告出具 at the agency's desk, and 核对反馈 at the commissioning unit's."""

from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import chosen_ids, once, whole_number
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.messages import SKIP_TITLES
from app.cases.paging import Page, place_asked
from app.report import issuing, judging, lists, queries, service
from app.report import progress as rendering
from app.report.forms import DecideForm, MergeForm
from app.report.screen_messages import (
    KIND_TITLES,
    LIST_TITLES,
    RECEIPT_STATES,
    RECEIPT_TITLES,
    STATES,
    progress_words,
)
from app.web.shell import NavItem

blueprint = Blueprint("report", __name__)


@blueprint.get("/reports")
@permitted("report.issue")
def show() -> ResponseReturnValue:
    """Cases by what can be done for their reports; ``list`` in the URL chooses."""
    which = request.args.get("list", "issue")
    return _desk(which if which in judging.LISTS else "issue", DecideForm(), MergeForm())


def _desk(which: str, form: DecideForm, merging: MergeForm) -> str:
    who = actor().account_id
    counts = lists.counts(who)
    return render_template(
        "reports/desk.html",
        which=which,
        tabs=_tabs(counts, which),
        total=counts[which],
        newest=lists.newest_in(which, who),
        page=lists.households(which, who, place_asked()) if counts[which] else Page(()),
        progress=rendering.progress(),
        words=progress_words(rendering.progress().is_finished),
        reasons=SKIP_TITLES,
        picked=request.form.getlist("ids"),
        form=form,
        merging=merging,
    )


def _tabs(counts: dict[str, int], current: str) -> list[NavItem]:
    return [
        NavItem(title, url_for(".show", list=which), counts[which], which == current)
        for which, title in LIST_TITLES.items()
    ]


@blueprint.post("/reports/issue")
@permitted("report.issue")
def issue() -> ResponseReturnValue:
    """出具报告 for the cases ticked, or for all that are ready."""
    return _carry_out("issue", "report.issue_own", lambda ids: issuing.issue_own(ids, actor()))


@blueprint.post("/reports/merge")
@permitted("report.issue")
def merge() -> ResponseReturnValue:
    """合并反馈 for the cases ticked, or for all that are ready."""
    form = MergeForm()
    if not form.validate_on_submit():
        return _desk("merge", DecideForm(), form), 422
    reason = (form.replacing.data or "").strip()
    return _carry_out(
        "merge",
        "report.issue_merged",
        lambda ids: issuing.merge(ids, actor(), replacing_reason=reason),
        reason=reason,
    )


@blueprint.post("/reports/decide")
@permitted("report.issue")
def decide() -> ResponseReturnValue:
    """A named person decides after the due date to hand over incomplete, with the reason."""
    form = DecideForm()
    if not form.validate_on_submit():
        return _desk("decide", form, MergeForm()), 422
    reason = (form.reason.data or "").strip()
    return _carry_out(
        "decide",
        "report.issue_merged",
        lambda ids: issuing.merge(ids, actor(), incomplete_reason=reason),
        reason=reason,
    )


def _carry_out(
    which: str, verb: str, work: Callable[[list[int]], Moved], *, reason: str = ""
) -> ResponseReturnValue:
    ids = _chosen(which)
    once(verb, lambda: work(ids), reason=reason)
    return redirect(url_for(".show", list=which), 303)


def _chosen(which: str) -> list[int]:
    """The cases ticked; or every case of the list up to the newest one that the page knew."""
    up_to = request.form.get("all_matching", "")
    if not up_to:
        return list(chosen_ids().ids)
    return lists.ids_in(which, whole_number(up_to))


@blueprint.post("/reports/render-again")
@permitted("report.issue")
def render_again() -> ResponseReturnValue:
    """Reports that the worker could not finish are rendered again."""
    once("report.render_again", lambda: rendering.render_again(actor()))
    return redirect(url_for(".show"), 303)


@blueprint.get("/reports/progress")
@permitted("report.issue")
def progress() -> ResponseReturnValue:
    """How far the rendering is, as the progress component asks for it."""
    now = rendering.progress()
    return jsonify(
        done=now.done,
        total=now.total,
        text=progress_words(now.is_finished),
        finished=now.is_finished,
        location=url_for(".issued") if now.is_finished and not now.stuck else None,
    )


@blueprint.get("/reports/issued")
@permitted("case.read")
def issued() -> ResponseReturnValue:
    """Every report this agency issued, merged or got from above; ``kind`` and ``state`` filter."""
    kind, state = _known("kind", KIND_TITLES), _known("state", STATES)
    return render_template(
        "reports/issued.html",
        page=queries.reports(kind, state, place_asked()),
        kind=kind,
        state=state,
        kinds=KIND_TITLES,
        states=STATES,
        state_options=[(code, title) for code, (title, _) in STATES.items()],
    )


@blueprint.post("/reports/<int:report_id>/download")
@permitted("report.download")
def download(report_id: int) -> ResponseReturnValue:
    """The signed PDF; the look is on the trail before the bytes leave."""
    stored = service.download(report_id, actor())
    return attachment(stored.data, stored.name)


@blueprint.get("/feedback")
@permitted("report.receive")
def feedback() -> ResponseReturnValue:
    """核对反馈: the merged reports of this commissioning unit."""
    state = request.args.get("state", "issued")
    state = state if state in RECEIPT_TITLES else "issued"
    counts = queries.counts_by_state("merged")
    return render_template(
        "reports/feedback.html",
        page=queries.reports("merged", state, place_asked()),
        state=state,
        states=RECEIPT_STATES,
        tabs=[
            NavItem(title, url_for(".feedback", state=code), counts.get(code, 0), code == state)
            for code, title in RECEIPT_TITLES.items()
        ],
    )


@blueprint.post("/feedback/receive")
@permitted("report.receive")
def receive() -> ResponseReturnValue:
    """签收 of the merged reports ticked."""
    once("report.receive", lambda: service.receive_all(chosen_ids(), actor()))
    return redirect(url_for(".feedback"), 303)


def _known(name: str, titles: Mapping[str, object]) -> str:
    given = request.args.get(name, "")
    return given if given in titles else ""
