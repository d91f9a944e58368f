"""保管期满与销毁: what is due, the sets that were proposed, and the signatures on each."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import func, select

from app.accounts.current import actor, permitted
from app.cases.acts import chosen_ids, once, revision, whole_number
from app.cases.bulk import ALL_MATCHING
from app.cases.lifecycle import Chosen, Moved
from app.cases.paging import place_asked, read_page
from app.oversight.archive import destroying, queries
from app.oversight.archive.forms import ProposeForm, ReasonForm
from app.oversight.archive.messages import BASIS_TITLES, HOLD_TITLES, Fault, years_words
from app.oversight.archive.models import ArchiveDestruction, ArchiveFile
from tenants.database import db
from tenants.rulebook import rulebook

blueprint = Blueprint("archive_destructions", __name__, url_prefix="/archive")


@blueprint.get("/due")
@permitted("archive.keep")
def due() -> ResponseReturnValue:
    """Files whose term is over, with what holds them."""
    return _due_page(ProposeForm())


@blueprint.post("/destructions")
@permitted("archive.keep")
def propose() -> ResponseReturnValue:
    """拟销毁 of those ticked, or of all that are due."""
    form = ProposeForm()
    if not form.validate_on_submit():
        return _due_page(form), 422
    upper, reason = request.form.get(ALL_MATCHING, ""), form.reason.data or ""
    chosen = Chosen.where(queries.is_due(), whole_number(upper)) if upper else chosen_ids()
    moved = once(
        "archive.propose", lambda: destroying.propose(chosen, reason, actor()), reason=reason
    )
    if moved is None or not moved.done:
        return redirect(url_for(".due"), 303)
    return redirect(url_for(".show", destruction_id=moved.done[0]), 303)


def _due_page(form: ProposeForm) -> str:
    fits = queries.is_due()
    page = queries.lines(fits, place_asked())
    matching, upper = (0, 0)
    if page.previous or page.next:
        query = select(func.count(), func.max(ArchiveFile.id)).where(fits)
        matching, upper = db.session.execute(query).tuples().one()
    return _page("due.html", form=form, page=page, matching=matching, upper=upper)


@blueprint.get("/destructions")
@permitted("archive.read")
def index() -> ResponseReturnValue:
    """Every set that was proposed, newest first."""
    page = read_page(select(ArchiveDestruction), ArchiveDestruction.id, place_asked())
    return _page("destructions.html", page=page.holding(tuple(row[0] for row in page.rows)))


@blueprint.get("/destructions/<int:destruction_id>")
@permitted("archive.read")
def show(destruction_id: int) -> ResponseReturnValue:
    """One set: its files, who signed, and what is to be done next."""
    return _set_page(destruction_id, ReasonForm())


@blueprint.post("/destructions/<int:destruction_id>/confirm")
@permitted("archive.confirm")
def confirm(destruction_id: int) -> ResponseReturnValue:
    """批准销毁."""
    return _signed(
        destruction_id, "archive.confirm", lambda seen: destroying.confirm(seen, actor())
    )


@blueprint.post("/destructions/<int:destruction_id>/turn-down")
@permitted("archive.confirm")
def turn_down(destruction_id: int) -> ResponseReturnValue:
    """不予销毁."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _set_page(destruction_id, form), 422
    reason = form.reason.data or ""
    return _signed(
        destruction_id,
        "archive.turn_down",
        lambda seen: destroying.turn_down(seen, reason, actor()),
        reason,
    )


@blueprint.post("/destructions/<int:destruction_id>/witness")
@permitted("archive.witness")
def witness(destruction_id: int) -> ResponseReturnValue:
    """监销: from here on the files are destroyed."""
    return _signed(
        destruction_id, "archive.witness", lambda seen: destroying.witness(seen, actor())
    )


def _signed(
    destruction_id: int, verb: str, work: Callable[[Chosen], Moved], reason: str = ""
) -> ResponseReturnValue:
    queries.destruction(destruction_id)
    seen = Chosen.seen({destruction_id: revision()})
    try:
        once(verb, lambda: work(seen), reason=reason)
    except Fault as fault:
        flash(str(fault), "danger")
    return redirect(url_for(".show", destruction_id=destruction_id), 303)


def _set_page(destruction_id: int, form: FlaskForm) -> str:
    row = queries.destruction(destruction_id)
    page = queries.lines(ArchiveFile.destruction_id == row.id, place_asked())
    return _page("destruction.html", row=row, page=page, form=form)


def _page(template: str, **context: object) -> str:
    return render_template(
        f"oversight/archive/{template}",
        basis_titles=BASIS_TITLES,
        hold_titles=HOLD_TITLES,
        years_words=years_words,
        law=rulebook(actor().agency_id // 10_000),
        me=actor(),
        **context,
    )
