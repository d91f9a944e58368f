"""Pictures of a whole list at once: upload, the proposal, the confirmation."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.models import Case
from app.cases.paging import Place
from app.papers import batches
from app.papers.blueprint import blueprint
from app.papers.messages import ORDERS
from app.papers.unpacking import unpacked
from tenants.database import any_of
from tenants.messages import Fault


@blueprint.get("/lists/<int:list_id>/papers")
@permitted("paper.prepare")
def new_batch(list_id: int) -> ResponseReturnValue:
    """The upload page for the scans of a whole list."""
    return _upload_page(list_id)


@blueprint.post("/lists/<int:list_id>/papers")
@permitted("paper.prepare")
def add_batch(list_id: int) -> ResponseReturnValue:
    """Take pictures in and propose a place for each; nothing counts before it is confirmed."""
    batches.homes_of(list_id)
    asked = request.form.get("order", "")
    order = asked if asked in ORDERS else next(iter(ORDERS))
    files = [file for file in request.files.getlist("files") if file.filename]
    sent = [(file.filename or "", file.read()) for file in files]

    def work() -> Moved:
        return Moved((batches.keep_batch(list_id, unpacked(sent), order, actor()),))

    try:
        moved = once("paper.batch", work, quiet=True)
    except Fault as fault:
        return _upload_page(list_id, str(fault)), 422
    if moved is None:
        return redirect(url_for(".new_batch", list_id=list_id), 303)
    return redirect(url_for(".show_batch", batch_id=moved.done[0]), 303)


@blueprint.get("/papers/batches/<int:batch_id>")
@permitted("paper.prepare")
def show_batch(batch_id: int) -> ResponseReturnValue:
    """Which file goes where, and which could not be placed, by file name."""
    row, placed = batches.batch_of(batch_id, actor())
    ids = sorted({sheet.case_id for file in placed for sheet in file.sheets})
    people = cases.members(ids)
    page = cases.households(Case.id == any_of(ids), Place(), ascending=True, limit=len(ids) + 1)
    return render_template(
        "papers/batch.html",
        batch=row,
        placed=[file for file in placed if not file.problem],
        left=[file for file in placed if file.problem],
        homes={household.id: household for household in page.rows},
        people={member.id: member for rows in people.values() for member in rows},
    )


@blueprint.post("/papers/batches/<int:batch_id>")
@permitted("paper.prepare")
def write_batch(batch_id: int) -> ResponseReturnValue:
    """Enter the sheets as proposed."""
    row, _placed = batches.batch_of(batch_id, actor())
    once("paper.batch.write", lambda: Moved(tuple(batches.write_batch(row.id, actor()))))
    return redirect(url_for("intake.show_list", list_id=row.list_id), 303)


def _upload_page(list_id: int, fault: str = "") -> str:
    homes = batches.homes_of(list_id)
    return render_template(
        "papers/new_batch.html",
        list_id=list_id,
        homes=homes,
        people=sum(len(home.people) for home in homes),
        most=batches.MOST_FILES,
        orders=list(ORDERS.items()),
        order=request.form.get("order", "named"),
        fault=fault,
    )
