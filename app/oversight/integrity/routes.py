"""诚信登记: the record, one entry and what may be done about it, a look-up by number."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once, revision
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.oversight.integrity import dispatching, queries, service
from app.oversight.integrity.documents import document_of
from app.oversight.integrity.forms import (
    AppealForm,
    DecideForm,
    DispatchForm,
    EnterForm,
    LookUpForm,
    ReasonForm,
    ServeForm,
    TellForm,
    WithdrawForm,
)
from app.oversight.integrity.messages import (
    ABOUT_TITLES,
    ARTICLE_TITLES,
    DISPATCH_TITLES,
    LIST_TITLES,
    NOTICE_WAY_TITLES,
    WAY_TITLES,
    WORD_TITLES,
)
from app.oversight.integrity.models import IntegrityEntry
from app.oversight.integrity.rules import is_shown
from app.oversight.integrity.words import said_about
from app.web.shell import NavItem
from tenants import files
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

blueprint = Blueprint("integrity", __name__, url_prefix="/integrity")


@blueprint.get("")
@permitted("integrity.read")
def index() -> ResponseReturnValue:
    """The record: under way, in force, ended; people masked."""
    which = request.args.get("list", "open")
    which = which if which in queries.LISTS else "open"
    found = queries.counts()
    tabs = [
        NavItem(LIST_TITLES[name], url_for(".index", list=name), found[name], which == name)
        for name in queries.LISTS
    ]
    page = queries.rows(which, place_asked())
    return render_template(
        "oversight/integrity/index.html", tabs=tabs, page=page, about=ABOUT_TITLES, me=actor()
    )


@blueprint.get("/look-up")
@permitted("integrity.read")
def ask() -> ResponseReturnValue:
    """The form for a look-up."""
    return _look_up_page(LookUpForm())


@blueprint.post("/look-up")
@permitted("integrity.read")
def look_up() -> ResponseReturnValue:
    """What counts today about one number, with the reason on the trail."""
    form = LookUpForm()
    if not form.validate_on_submit():
        return _look_up_page(form), 422
    document = (form.document.data or "").strip().upper()
    found = queries.in_force_about(document)
    service.trail(actor(), "look_up", 0, form.reason.data or "")
    return _look_up_page(form, found)


def _look_up_page(form: LookUpForm, found: list[queries.Listed] | None = None) -> str:
    return render_template(
        "oversight/integrity/look_up.html", form=form, found=found, about=ABOUT_TITLES
    )


@blueprint.get("/new")
@permitted("integrity.enter")
def new() -> ResponseReturnValue:
    """The form for a decision."""
    return _enter_page(EnterForm())


@blueprint.post("/new")
@permitted("integrity.enter")
def enter() -> ResponseReturnValue:
    """Write a decision into the record."""
    form = EnterForm()
    if not form.validate_on_submit():
        return _enter_page(form), 422
    try:
        scan = form.scan.data.read()
        require_kind(scan, (FileKind.PDF,), "PDF")
        decision = service.Decision(
            about=form.about.data,
            name=form.name.data or "",
            document=document_of(form.about.data, form.document.data or ""),
            facts=form.facts.data or "",
            authority=form.authority.data or "",
            number=form.decision_number.data or "",
            on=form.decision_on.data,
            scan=scan,
        )
        moved = once("integrity.enter", lambda: service.enter(decision, actor()))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _enter_page(form), 422
    if moved is None:
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", entry_id=moved.done[0]), 303)


def _enter_page(form: EnterForm) -> str:
    return render_template("oversight/integrity/new.html", form=form, law=service.law_here())


@blueprint.get("/<int:entry_id>")
@permitted("integrity.read")
def show(entry_id: int) -> ResponseReturnValue:
    """One entry, the person masked; what was said opens with a further step."""
    return _page(service.entry_of(entry_id))


@blueprint.post("/<int:entry_id>/open")
@permitted("integrity.read")
def read(entry_id: int) -> ResponseReturnValue:
    """Name, number, facts and words; the look is on the trail."""
    row = service.entry_of(entry_id)
    service.trail(actor(), "read", row.id)
    return _page(row, opened=True)


@blueprint.post("/<int:entry_id>/decision")
@permitted("integrity.read")
def decision(entry_id: int) -> ResponseReturnValue:
    """The scanned decision; the download is on the trail."""
    row = service.entry_of(entry_id)
    service.trail(actor(), "download", row.id)
    stored = files.read(row.file_id, "basis")
    return attachment(stored.data, stored.name)


@blueprint.post("/<int:entry_id>/confirm")
@permitted("integrity.confirm")
def confirm(entry_id: int) -> ResponseReturnValue:
    """Another person held it against the decision."""
    service.entry_of(entry_id)
    seen = revision()
    once("integrity.confirm", lambda: service.confirm(entry_id, seen, actor()))
    return redirect(url_for(".show", entry_id=entry_id), 303)


@blueprint.post("/<int:entry_id>/turn-down")
@permitted("integrity.confirm")
def turn_down(entry_id: int) -> ResponseReturnValue:
    """It does not fit the decision."""
    form, seen = ReasonForm(prefix="down"), revision()
    words = form.reason.data or ""
    return _carried(
        "turn_down", entry_id, form, lambda: service.turn_down(entry_id, seen, words, actor())
    )


@blueprint.post("/<int:entry_id>/serve")
@permitted("integrity.enter")
def serve(entry_id: int) -> ResponseReturnValue:
    """送达."""
    form, seen = ServeForm(prefix="serve"), revision()
    told = (form.on.data, form.way.data, form.words.data or "")
    return _carried("serve", entry_id, form, lambda: service.serve(entry_id, seen, *told, actor()))


@blueprint.post("/<int:entry_id>/appeal")
@permitted("integrity.enter")
def appeal(entry_id: int) -> ResponseReturnValue:
    """申诉."""
    form, seen = AppealForm(prefix="appeal"), revision()
    told = (form.on.data, form.words.data or "")
    return _carried(
        "appeal", entry_id, form, lambda: service.appeal(entry_id, seen, *told, actor())
    )


@blueprint.post("/<int:entry_id>/decide")
@permitted("integrity.decide")
def decide(entry_id: int) -> ResponseReturnValue:
    """维持 or 撤销."""
    form, seen = DecideForm(prefix="decide"), revision()
    told = (form.outcome.data, form.words.data or "")
    return _carried(
        "decide", entry_id, form, lambda: service.decide(entry_id, seen, *told, actor())
    )


@blueprint.post("/<int:entry_id>/withdraw")
@permitted("integrity.decide")
def withdraw(entry_id: int) -> ResponseReturnValue:
    """撤销 without an appeal."""
    form, seen = WithdrawForm(prefix="withdraw"), revision()
    words = form.words.data or ""
    return _carried(
        "withdraw",
        entry_id,
        form,
        lambda: service.decide(entry_id, seen, "withdraw", words, actor()),
    )


@blueprint.post("/<int:entry_id>/tell")
@permitted("integrity.enter")
def tell(entry_id: int) -> ResponseReturnValue:
    """The person was told of the outcome."""
    form = TellForm(prefix="tell")
    told = (form.on.data, form.way.data, form.words.data or "")
    return _carried("tell", entry_id, form, lambda: service.tell(entry_id, *told, actor()))


@blueprint.post("/<int:entry_id>/notices/<int:dispatch_id>")
@permitted("integrity.read")
def notice(entry_id: int, dispatch_id: int) -> ResponseReturnValue:
    """A notice as it left."""
    stored = dispatching.notice_file(entry_id, dispatch_id, actor())
    return attachment(stored.data, stored.name)


def _carried(
    verb: str, entry_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    row = service.entry_of(entry_id)
    if not form.validate_on_submit():
        return _page(row, wrong=form), 422
    try:
        once(f"integrity.{verb}", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(row, wrong=form), 422
    return redirect(url_for(".show", entry_id=entry_id), 303)


def page_of(entry_id: int, wrong: FlaskForm) -> str:
    """The page of an entry with a form that went wrong: for the notices, which are printed."""
    return _page(service.entry_of(entry_id), wrong=wrong)


def _page(row: IntegrityEntry, *, opened: bool = False, wrong: FlaskForm | None = None) -> str:
    forms: dict[str, FlaskForm] = {
        "down": ReasonForm(prefix="down", formdata=None),
        "serve": ServeForm(prefix="serve", formdata=None),
        "appeal": AppealForm(prefix="appeal", formdata=None),
        "decide": DecideForm(prefix="decide", formdata=None),
        "withdraw": WithdrawForm(prefix="withdraw", formdata=None),
        "tell": TellForm(prefix="tell", formdata=None),
        "dispatch": DispatchForm(prefix="dispatch", formdata=None),
    }
    if wrong is not None:
        forms[next(name for name, form in forms.items() if type(form) is type(wrong))] = wrong
    person, sent = queries.person_of(row), dispatching.dispatches(row.id)
    names = names_of([row.entered_by, row.confirmed_by, *(one.sent_by for one in sent)])
    return render_template(
        "oversight/integrity/show.html",
        row=row,
        person=person if opened else person.masked(row.about),
        said=said_about(row.id) if opened else None,
        sent=sent,
        to_recall=dispatching.to_recall(row, sent),
        names=names,
        forms=forms,
        is_shown=is_shown(row.state, row.ends_on, business_date()),
        about=ABOUT_TITLES,
        articles=ARTICLE_TITLES,
        word_titles=WORD_TITLES,
        ways=WAY_TITLES,
        notice_ways=NOTICE_WAY_TITLES,
        dispatch_titles=DISPATCH_TITLES,
        law=service.law_here(),
        me=actor(),
    )
