"""举报 at the agency: the register, one tip-off, and what may be done about it."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.cases.acts import once, revision
from app.cases.lifecycle import Moved
from app.cases.paging import number_asked, place_asked
from app.oversight.tipoffs import entering, handling, queries
from app.oversight.tipoffs.codes import fresh_code, shown
from app.oversight.tipoffs.forms import (
    NOBODY,
    AskForm,
    AssignForm,
    EnterForm,
    HandleForm,
    KeepAwayForm,
    SendBackForm,
)
from app.oversight.tipoffs.keeping_away import keep_away, staff, tip_off_of
from app.oversight.tipoffs.messages import (
    ABOUT_SHORT,
    CHANNEL_TITLES,
    LIST_TITLES,
    OUTCOME_TITLES,
    STEP_TITLES,
    WORD_TITLES,
)
from app.oversight.tipoffs.models import TipOff
from app.web.shell import NavItem
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.rulebook import rulebook

blueprint = Blueprint("tip_offs", __name__, url_prefix="/tip-offs")

FIRST_YEAR = 2017


@blueprint.get("")
@permitted("tipoff.handle")
def index() -> ResponseReturnValue:
    """The register: all of it for who manages it, else what one handles."""
    who = actor()
    which = request.args.get("list", "open")
    which = which if which in queries.LISTS else "open"
    found = queries.counts(who)
    tabs = [
        NavItem(LIST_TITLES[name], url_for(".index", list=name), found[name], which == name)
        for name in queries.LISTS
    ]
    return render_template(
        "oversight/tipoffs/index.html",
        tabs=tabs,
        page=queries.rows(which, who, place_asked()),
        channels=CHANNEL_TITLES,
        about=ABOUT_SHORT,
        outcomes=OUTCOME_TITLES,
        me=who,
    )


@blueprint.get("/statistics")
@permitted("tipoff.manage")
def statistics() -> ResponseReturnValue:
    """Counts of a year, by channel: how many came, how they ended, how many in time."""
    year = number_asked("year") or business_date().year
    year = min(max(year, FIRST_YEAR), business_date().year)
    return render_template(
        "oversight/tipoffs/statistics.html",
        year=year,
        years=range(business_date().year, max(FIRST_YEAR, business_date().year - 5), -1),
        counts=queries.statistics(year),
        channels=CHANNEL_TITLES,
    )


@blueprint.get("/new")
@permitted("tipoff.enter")
def new() -> ResponseReturnValue:
    """The form for what came by phone, e-mail, WeChat, Weibo, visit or letter."""
    return _enter_page(EnterForm())


@blueprint.post("/new")
@permitted("tipoff.enter")
def enter() -> ResponseReturnValue:
    """Write it down; the code for the informant is on the page that answers, and never again."""
    form, code = EnterForm(), fresh_code()
    if not form.validate_on_submit():
        return _enter_page(form), 422
    entry = entering.Entry(
        form.channel.data,
        form.about.data,
        form.received_on.data,
        form.words.data or "",
        form.who.data or "",
    )
    try:
        moved = once("tipoff.enter", lambda: entering.enter(entry, code, actor()), quiet=True)
    except Fault as fault:
        form.received_on.errors = [str(fault)]
        return _enter_page(form), 422
    if moved is None:
        return redirect(url_for(".index"), 303)
    own = agency(actor().agency_id)
    number, due_on = entering.receipt_of(moved.done[0])
    return render_template(
        "oversight/tipoffs/entered.html", agency=own, number=number, due_on=due_on, code=shown(code)
    )


def _enter_page(form: EnterForm) -> str:
    law = rulebook(actor().agency_id // 10_000).tip_off_days
    return render_template("oversight/tipoffs/new.html", form=form, law=law)


@blueprint.get("/<int:tip_off_id>")
@permitted("tipoff.handle")
def show(tip_off_id: int) -> ResponseReturnValue:
    """How it stands; what was said opens with a further step, which is on the trail."""
    return _page(tip_off_of(tip_off_id, actor()))


@blueprint.post("/<int:tip_off_id>/read")
@permitted("tipoff.handle")
def read(tip_off_id: int) -> ResponseReturnValue:
    """Open what was said; the audit row is committed with the answer."""
    row = handling.read(tip_off_id, actor())
    return _page(row, words=queries.opened(row))


@blueprint.post("/<int:tip_off_id>/assign")
@permitted("tipoff.manage")
def assign(tip_off_id: int) -> ResponseReturnValue:
    """分办 or 改派."""
    form, seen = _assign_form(), revision()
    return _carried(
        "tipoff.assign",
        tip_off_id,
        form,
        lambda: handling.assign(
            tip_off_id, seen, form.handler.data, actor(), reason=form.reason.data or ""
        ),
    )


@blueprint.post("/<int:tip_off_id>/keep-away")
@permitted("tipoff.manage")
def bar(tip_off_id: int) -> ResponseReturnValue:
    """回避: the case it is about, and whom it accuses."""
    form = _keep_away_form()
    accused = list(form.accused.data or ())
    return _carried(
        "tipoff.keep_away",
        tip_off_id,
        form,
        lambda: keep_away(tip_off_id, form.case_number.data or "", accused, actor()),
    )


@blueprint.post("/<int:tip_off_id>/ask")
@permitted("tipoff.handle")
def ask(tip_off_id: int) -> ResponseReturnValue:
    """A question to the informant."""
    form = AskForm(prefix="ask")
    return _carried(
        "tipoff.ask",
        tip_off_id,
        form,
        lambda: handling.ask(tip_off_id, form.words.data or "", actor()),
    )


@blueprint.post("/<int:tip_off_id>/handle")
@permitted("tipoff.handle")
def handle(tip_off_id: int) -> ResponseReturnValue:
    """What came of it."""
    form, seen = HandleForm(), revision()
    return _carried(
        "tipoff.handle",
        tip_off_id,
        form,
        lambda: handling.handle(
            tip_off_id,
            seen,
            form.outcome.data,
            form.found.data or "",
            form.reply.data or "",
            actor(),
        ),
    )


@blueprint.post("/<int:tip_off_id>/send-back")
@permitted("tipoff.manage")
def send_back(tip_off_id: int) -> ResponseReturnValue:
    """退回补充办理."""
    form, seen = SendBackForm(prefix="back"), revision()
    return _carried(
        "tipoff.send_back",
        tip_off_id,
        form,
        lambda: handling.send_back(tip_off_id, seen, form.reason.data or "", actor()),
    )


@blueprint.post("/<int:tip_off_id>/close")
@permitted("tipoff.manage")
def close(tip_off_id: int) -> ResponseReturnValue:
    """审核办结: the informant sees the answer from now on."""
    tip_off_of(tip_off_id, actor())
    seen = revision()
    once("tipoff.close", lambda: handling.close(tip_off_id, seen, actor()))
    return redirect(url_for(".show", tip_off_id=tip_off_id), 303)


def _carried(
    verb: str, tip_off_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    row = tip_off_of(tip_off_id, actor())
    if not form.validate_on_submit():
        return _page(row, form), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(row, form), 422
    if verb == "tipoff.keep_away":
        # Who named themselves, or a case that they took part in, does not see it any more.
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", tip_off_id=row.id), 303)


def _assign_form() -> AssignForm:
    form = AssignForm()
    form.handler.choices = [NOBODY, *(SelectChoice(id_, name) for id_, name in staff())]
    return form


def _keep_away_form() -> KeepAwayForm:
    form = KeepAwayForm(prefix="away")
    form.accused.choices = [SelectChoice(id_, name) for id_, name in staff()]
    return form


def _page(
    row: TipOff, wrong: FlaskForm | None = None, words: list[queries.Opened] | None = None
) -> str:
    manages = actor().may("tipoff.manage")
    forms: dict[str, FlaskForm] = {
        "ask": AskForm(prefix="ask", formdata=None),
        "handle": HandleForm(formdata=None),
        "back": SendBackForm(prefix="back", formdata=None),
    }
    if manages:
        forms |= {"assign": _assign_form(), "away": _keep_away_form()}
    if wrong is not None:
        forms[next(name for name, form in forms.items() if type(form) is type(wrong))] = wrong
    return render_template(
        "oversight/tipoffs/show.html",
        row=row,
        around=queries.around(row),
        words=words,
        forms=forms,
        manages=manages,
        handles=row.handler_id == actor().account_id,
        channels=CHANNEL_TITLES,
        about=ABOUT_SHORT,
        outcomes=OUTCOME_TITLES,
        steps=STEP_TITLES,
        word_titles=WORD_TITLES,
        law=rulebook(row.agency_id // 10_000).tip_off_days,
    )
