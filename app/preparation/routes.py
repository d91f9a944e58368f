"""登记家庭: households typed in at the desk, checked while one types, kept until prepared."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.messages import joined_reason
from app.cases.paging import place_asked
from app.intake.service import may_entrust
from app.preparation import queries, service
from app.preparation.content import content_of
from app.preparation.messages import DISCARD_REASONS
from app.preparation.showing import check_answer, form_page
from tenants.messages import say

blueprint = Blueprint("preparation", __name__)


@blueprint.get("/households")
@permitted("list.prepare")
def households() -> ResponseReturnValue:
    """What this desk is typing, and what it prepared and may still change."""
    return render_template(
        "preparation/index.html",
        drafts=queries.drafts(actor()),
        page=queries.prepared(actor(), place_asked()),
        desk_entrusts=actor().desk_id and may_entrust(actor()),
        place=_place(),
    )


@blueprint.post("/households")
@permitted("list.prepare")
def begin() -> ResponseReturnValue:
    """Open an empty form."""
    moved = once("household.begin", lambda: Moved((service.begin(actor()),)), quiet=True)
    return _to_form(moved)


@blueprint.post("/households/copies")
@permitted("list.prepare")
def copy() -> ResponseReturnValue:
    """从以前的申请复制: by a document number; a search that finds nothing is in the trail too."""
    found: list[service.Copied] = []

    def work() -> Moved:
        copied = service.copy(request.form.get("id_number", ""), actor())
        found.extend([copied] if copied else [])
        return Moved((copied.draft_id,) if copied else ())

    moved = once("household.begin", work, quiet=True)
    if moved is None or not found:
        if moved is not None:
            flash(say("household.not_found", place=_place()), "warning")
        return redirect(url_for(".households"), 303)
    if found[0].until:
        flash(say("household.copied", people=found[0].people, until=found[0].until), "success")
    else:
        flash(say("household.copied_unsigned", people=found[0].people), "success")
    return _to_form(moved)


@blueprint.get("/households/<int:draft_id>")
@permitted("list.prepare")
def show(draft_id: int) -> ResponseReturnValue:
    """The form, for the one who types it; a colleague is asked to take over first."""
    draft = queries.draft(draft_id, actor())
    if draft.account_id != actor().account_id:
        return render_template("preparation/take_over.html", draft=draft)
    content = service.typed_in(draft)
    return form_page(draft, content, actor(), checked="checked" in request.args)


@blueprint.post("/households/<int:draft_id>/check")
@permitted("list.prepare")
def check(draft_id: int) -> ResponseReturnValue:
    """Keep what was typed and say what is wrong with it, for the script."""
    draft = service.draft_of(draft_id, actor())
    typed = content_of(request.form)
    return check_answer(draft, typed, service.save(draft, typed, actor()), actor())


@blueprint.post("/households/<int:draft_id>")
@permitted("list.prepare")
def send(draft_id: int) -> ResponseReturnValue:
    """A button of the form: one person more or less, keep it, or prepare the household."""
    draft = service.draft_of(draft_id, actor())
    content = content_of(request.form)
    do, _, place = request.form.get("do", "prepare").partition("-")
    if do == "add":
        content = content.with_person()
    elif do == "remove" and place.isdigit():
        content = content.without_person(int(place))
    kept = service.save(draft, content, actor())
    if do != "prepare":
        mark = f"person-{len(kept.people)}" if do == "add" else None
        return redirect(url_for(".show", draft_id=draft.id, _anchor=mark), 303)
    done: list[service.Prepared] = []

    def work() -> Moved:
        prepared = service.prepare(draft, kept, actor())
        done.extend([prepared] if prepared else [])
        return Moved((prepared.case_id,) if prepared else ())

    if once("household.prepare", work, quiet=True) is None:
        return redirect(url_for(".households"), 303)
    if not done:
        return redirect(url_for(".show", draft_id=draft.id, checked=1), 303)
    flash(say(done[0].said, number=done[0].number), "success")
    if done[0].said == "household.prepared" and actor().may("paper.prepare"):
        return redirect(url_for("papers.show", case_id=done[0].case_id), 303)
    after = "intake.returned" if done[0].said == "household.corrected" else ".households"
    return redirect(url_for(after), 303)


@blueprint.post("/households/<int:draft_id>/take")
@permitted("list.prepare")
def take_over(draft_id: int) -> ResponseReturnValue:
    """Go on with what a colleague began; it is noted in the trail."""
    draft = queries.draft(draft_id, actor())
    moved = once("household.take", lambda: service.take_over(draft.id, actor()), quiet=True)
    return _to_form(moved)


@blueprint.post("/households/<int:draft_id>/drop")
@permitted("list.prepare")
def drop(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    draft = queries.draft(draft_id, actor())
    if once("household.drop", lambda: service.drop_draft(draft.id, actor()), quiet=True):
        flash(say("household.draft_discarded"), "success")
    return redirect(url_for(".households"), 303)


@blueprint.post("/households/cases/<int:case_id>/open")
@permitted("list.prepare")
def open_case(case_id: int) -> ResponseReturnValue:
    """Change a household that is prepared, or correct one that was returned."""
    moved = once("household.open", lambda: service.open_case(case_id, actor()), quiet=True)
    return _to_form(moved)


@blueprint.get("/households/cases/<int:case_id>/discard")
@permitted("list.prepare")
def ask_discard(case_id: int) -> ResponseReturnValue:
    """Why a prepared household is taken out."""
    return _discard_page(case_id)


@blueprint.post("/households/cases/<int:case_id>/discard")
@permitted("list.prepare")
def discard(case_id: int) -> ResponseReturnValue:
    """Take a prepared household out, with its reason."""
    row = queries.prepared_household(case_id, actor())
    ticked = [code for code in request.form.getlist("reasons") if code in DISCARD_REASONS]
    reason = joined_reason([DISCARD_REASONS[code] for code in ticked], request.form.get("text", ""))
    if not reason:
        return _discard_page(row.id, say("reason_missing")), 422
    moved = once(
        "household.discard",
        lambda: service.discard(row.id, actor(), reason),
        reason=reason,
        quiet=True,
    )
    if moved:
        flash(say("household.discarded", number=row.household_no), "success")
    return redirect(url_for(".households"), 303)


def _discard_page(case_id: int, error: str = "") -> str:
    return render_template(
        "preparation/discard.html",
        household=queries.prepared_household(case_id, actor()),
        reasons=list(DISCARD_REASONS.items()),
        ticked=request.form.getlist("reasons"),
        text=request.form.get("text", ""),
        error=error,
    )


def _to_form(moved: Moved | None) -> ResponseReturnValue:
    """To the form of the draft that was opened; to the list when the act had been done before."""
    if moved is None:
        return redirect(url_for(".households"), 303)
    return redirect(url_for(".show", draft_id=moved.done[0]), 303)


def _place() -> str:
    """What a person calls where they sit: only its applications are theirs."""
    return say("household.desk") if actor().desk_id else say("household.department")
