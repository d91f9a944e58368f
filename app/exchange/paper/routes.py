"""纸质反馈: taken in with its scan, typed twice by two people, settled where they differ."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once, whole_number
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.exchange import packing
from app.exchange import queries as exchange
from app.exchange import service as requests
from app.exchange.paper import queries, service
from app.exchange.paper.forms import PaperForm, SettleForm
from app.exchange.paper.models import FIRST, PaperReply
from app.exchange.paper.showing import Sheet, difference_lines, sheet_of
from app.exchange.paper.typing import entries_in, faults
from tenants.calendar import business_date
from tenants.messages import Fault

blueprint = Blueprint("paper_replies", __name__, url_prefix="/exchange")


@blueprint.get("/<int:request_id>/paper/new")
@permitted("exchange.operate")
def new(request_id: int) -> ResponseReturnValue:
    """A sealed paper came: its letter, its stamp, its scan."""
    return _new_page(request_id, PaperForm())


@blueprint.post("/<int:request_id>/paper")
@permitted("exchange.operate")
def start(request_id: int) -> ResponseReturnValue:
    """Take it in; who does types first."""
    requests.request_of(request_id)
    form = PaperForm()
    if not form.validate_on_submit() or form.as_of.data is None:
        return _new_page(request_id, form), 422
    came = service.Came(
        letter_number=form.letter_number.data or "",
        stamp=form.stamp.data or "",
        as_of=form.as_of.data,
        scan=form.scan.data.read(),
    )
    made: list[int] = []

    def work() -> Moved:
        made.append(service.start(request_id, came, actor()).id)
        return Moved((made[0],))

    try:
        once("paper.start", work, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(request_id, form), 422
    if not made:
        return redirect(url_for("exchange.show_request", request_id=request_id), 303)
    return _to_next(made[0])


def _new_page(request_id: int, form: PaperForm) -> str:
    asked = requests.request_of(request_id)
    unit = exchange.unit_of(asked.unit_id)
    return render_template("exchange/paper/new.html", asked=asked, unit=unit, form=form)


@blueprint.get("/paper/<int:paper_reply_id>")
@permitted("exchange.operate")
def show(paper_reply_id: int) -> ResponseReturnValue:
    """How far each typist is, and what comes next; nothing that anybody typed."""
    paper = queries.paper(paper_reply_id)
    asked = requests.request_of(paper.request_id)
    look = queries.look_of(paper, actor().account_id)
    done = {n: queries.typed(paper.id, n) for n in (1, 2)}
    return render_template(
        "exchange/paper/paper.html",
        paper=paper,
        asked=asked,
        unit=exchange.unit_of(paper.unit_id),
        people=names_of([paper.first_by, paper.second_by, paper.settled_by]),
        look=look,
        counts={n: len(lines) for n, lines in done.items()},
        mine=sorted(done.get(look, ())),
        is_done={1: paper.first_done_at, 2: paper.second_done_at},
        different=len(service.differences(paper)) if paper.reply_id is None else 0,
    )


@blueprint.get("/paper/<int:paper_reply_id>/line")
@permitted("exchange.operate")
def line(paper_reply_id: int) -> ResponseReturnValue:
    """One person of the list: what the paper says of each item."""
    paper = queries.paper(paper_reply_id)
    sheet = _sheet(paper)
    known = queries.entries_of(paper.id, sheet.look, sheet.line_no).get(sheet.line_no, {})
    return _line_page(paper, sheet.filled(known))


@blueprint.post("/paper/<int:paper_reply_id>/line")
@permitted("exchange.operate")
def keep_line(paper_reply_id: int) -> ResponseReturnValue:
    """Keep what was typed and go to the next person; or show one more record of an item."""
    paper = queries.paper(paper_reply_id)
    sheet = _sheet(paper)
    entries = entries_in(request.form, sheet.items)
    more = request.form.get("do", "").removeprefix("add-")
    if more.isdigit():
        return _line_page(paper, sheet.filled(entries, more=int(more)))
    wrong = faults(sheet.line_no, sheet.line, entries, sheet.asked, business_date())
    if wrong:
        return _line_page(paper, sheet.filled(entries), wrong), 422
    once(
        "paper.line",
        lambda: service.keep_line(
            paper.id, sheet.line_no, entries, actor(), settling=sheet.is_settling
        ),
        quiet=True,
    )
    if sheet.is_settling:
        return redirect(url_for(".differences", paper_reply_id=paper.id), 303)
    return _to_next(paper.id, sheet.line_no)


def _sheet(paper: PaperReply) -> Sheet:
    """The line asked for (a page may be opened without: the first), for the look of this person.

    404 for somebody whose look it is not."""
    asked = packing.asked_of(requests.request_of(paper.request_id), 0)
    given = request.values.get("line", "")
    is_open = request.method == "GET" and not given
    number = min(asked.lines, default=0) if is_open else whole_number(given)
    settling = request.values.get("settle") == "1"
    look = queries.look_of(paper, actor().account_id)
    if settling and number in service.differences(paper):
        look = 3
    elif settling or not queries.is_typing(paper, look):
        raise LookupError(f"line {number} of paper {paper.id} is not this person's to type")
    return sheet_of(asked, number, look)


def _line_page(paper: PaperReply, sheet: Sheet, wrong: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "exchange/paper/line.html",
        paper=paper,
        sheet=sheet,
        unit=exchange.unit_of(paper.unit_id),
        asked=requests.request_of(paper.request_id),
        wrong=wrong or [],
        errors=dict(reversed(wrong or [])),
    )


def _to_next(paper_id: int, after: int = 0) -> Response:
    """The next line that this person has not typed, else the overview."""
    paper = queries.paper(paper_id)
    asked = packing.asked_of(requests.request_of(paper.request_id), 0)
    look = queries.look_of(paper, actor().account_id) or FIRST
    left = sorted(asked.lines.keys() - queries.typed(paper_id, look))
    if not left:
        return redirect(url_for(".show", paper_reply_id=paper_id), 303)
    number = next((n for n in left if n > after), left[0])
    return redirect(url_for(".line", paper_reply_id=paper_id, line=number), 303)


@blueprint.post("/paper/<int:paper_reply_id>/next")
@permitted("exchange.operate")
def next_line(paper_reply_id: int) -> ResponseReturnValue:
    """Begin, or go on, with the first line that is not typed yet."""
    return _to_next(paper_reply_id)


@blueprint.post("/paper/<int:paper_reply_id>/finish")
@permitted("exchange.operate")
def finish(paper_reply_id: int) -> ResponseReturnValue:
    """录入完毕: this look is complete."""
    queries.paper(paper_reply_id)
    once("paper.finish", lambda: service.finish(paper_reply_id, actor()))
    return _after(paper_reply_id)


@blueprint.post("/paper/<int:paper_reply_id>/discard")
@permitted("exchange.operate")
def discard(paper_reply_id: int) -> ResponseReturnValue:
    """作废: it is begun anew, or a file comes instead."""
    paper = queries.paper(paper_reply_id)
    once("paper.discard", lambda: service.discard(paper_reply_id, actor()))
    return redirect(url_for("exchange.show_request", request_id=paper.request_id), 303)


@blueprint.post("/paper/<int:paper_reply_id>/scan")
@permitted("exchange.operate")
def scan(paper_reply_id: int) -> ResponseReturnValue:
    """The scan of the sealed paper; the look is on the audit trail."""
    found = service.download_scan(paper_reply_id, actor())
    return attachment(found.data, found.name)


@blueprint.get("/paper/<int:paper_reply_id>/differences")
@permitted("exchange.operate")
def differences(paper_reply_id: int) -> ResponseReturnValue:
    """Where the two looks differ, side by side."""
    return _differences_page(queries.paper(paper_reply_id), SettleForm())


@blueprint.post("/paper/<int:paper_reply_id>/differences")
@permitted("exchange.operate")
def settle(paper_reply_id: int) -> ResponseReturnValue:
    """What the paper says, chosen line by line with a reason; then it is a reply."""
    paper = queries.paper(paper_reply_id)
    form = SettleForm()
    if not form.validate_on_submit():
        return _differences_page(paper, form), 422
    chosen = {
        whole_number(name.removeprefix("line-")): whole_number(look)
        for name, look in request.form.items()
        if name.startswith("line-")
    }
    why = form.why.data or ""
    try:
        once("paper.settle", lambda: service.settle(paper.id, chosen, why, actor()), reason=why)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _differences_page(paper, form), 422
    return _after(paper_reply_id)


def _after(paper_id: int) -> Response:
    paper = queries.paper(paper_id)
    if paper.reply_id:
        return redirect(url_for("exchange.show_reply", reply_id=paper.reply_id), 303)
    return redirect(url_for(".show", paper_reply_id=paper_id), 303)


def _differences_page(paper: PaperReply, form: SettleForm) -> str:
    asked = packing.asked_of(requests.request_of(paper.request_id), 0)
    return render_template(
        "exchange/paper/differences.html",
        paper=paper,
        asked=requests.request_of(paper.request_id),
        unit=exchange.unit_of(paper.unit_id),
        lines=difference_lines(asked, service.differences(paper)),
        retyped=queries.typed(paper.id, 3),
        people=names_of([paper.first_by, paper.second_by]),
        form=form,
    )
