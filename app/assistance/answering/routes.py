"""来函答复: letters that ask, entered at the counter, answered by two operators in time."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.answering import queries, service
from app.assistance.answering.forms import HandForm, InquiryForm, ReasonForm
from app.assistance.answering.messages import (
    OUTCOME_TITLES,
    SOURCE_TITLES,
    STANDINGS,
    Fault,
    say,
)
from app.assistance.answering.rules import Asked, read_people
from app.assistance.register.loading import law
from app.cases.acts import once
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import unit_names
from tenants.calendar import business_date
from tenants.catalogue import catalogue

F = TypeVar("F", bound=FlaskForm)
blueprint = Blueprint("answering", __name__, url_prefix="/assistance/answering")
BY_HAND = ("hit", "no_record", "unable", "refused")


@blueprint.get("")
@permitted("outward.read")
def index() -> ResponseReturnValue:
    """What is due, the most urgent first; every letter."""
    return render_template(
        "assistance/answering/index.html",
        open=queries.open_letters(),
        page=queries.letters(place_asked()),
        units=unit_names(),
        items=catalogue().items,
        standings=STANDINGS,
        today=business_date(),
        law=law(),
        me=actor(),
    )


@blueprint.get("/new")
@permitted("outward.operate")
def new() -> ResponseReturnValue:
    """登记来函."""
    return _new_page(_form())


def _form() -> InquiryForm:
    form = InquiryForm()
    form.unit.choices = [SelectChoice(str(id_), name) for id_, name in queries.units()]
    allowed = law().answered_to_human_resources.value
    titles = {item: catalogue().item(item).title for item in allowed}
    form.items.choices = [SelectChoice(item, title) for item, title in titles.items()]
    return form


def _new_page(form: InquiryForm) -> str:
    return render_template("assistance/answering/new.html", form=form, law=law())


@blueprint.post("")
@permitted("outward.operate")
def enter() -> ResponseReturnValue:
    """Keep a letter with its people; what the store knows is answered at once."""
    form, made = _form(), list[int]()
    if not form.validate_on_submit():
        return _new_page(form), 422

    def work() -> Moved:
        made.append(service.enter(_told(form), actor()))
        return Moved((made[0],))

    try:
        once("answering.enter", work, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(form), 422
    if not made:
        return redirect(url_for(".index"), 303)
    flash(say("answering.entered"), "success")
    return _back(made[0])


def _told(form: InquiryForm) -> service.NewInquiry:
    return service.NewInquiry(
        unit_id=form.unit.data,
        letter_number=form.letter_number.data or "",
        letter_on=form.letter_on.data,
        received_on=form.received_on.data,
        purpose=form.purpose.data or "",
        items=tuple(form.items.data or ()),
        people=_people(form),
        scan=form.scan_data(),
    )


def _people(form: InquiryForm) -> tuple[Asked, ...]:
    people, wrong = read_people(form.people.data or "", business_date())
    if wrong:
        raise Fault(f"answering.people.{wrong[0].code}", line=wrong[0].line)
    return tuple(people)


@blueprint.get("/<int:letter_inquiry_id>")
@permitted("outward.read")
def show(letter_inquiry_id: int) -> ResponseReturnValue:
    """One letter: what it asks, each answer with its source, the next step."""
    return _page(letter_inquiry_id)


def _page(inquiry_id: int, fault: str = "", **forms: FlaskForm) -> str:
    row = service.inquiry_of(inquiry_id)
    made = {"hand": HandForm, "return": ReasonForm, "void": ReasonForm}
    people = (row.entered_by, row.drafted_by, row.confirmed_by, row.handed_by, row.void_by)
    return render_template(
        "assistance/answering/show.html",
        letter=row,
        lines=queries.lines_of(inquiry_id),
        unit=unit_names().get(row.unit_id, ""),
        items=catalogue().items,
        people=names_of([one for one in people if one]),
        forms={name: forms.get(name) or made[name](prefix=name) for name in made},
        fault=fault,
        typed=request.form,
        standings=STANDINGS,
        outcomes=OUTCOME_TITLES,
        by_hand=BY_HAND,
        sources=SOURCE_TITLES,
        today=business_date(),
        law=law(),
        me=actor(),
    )


@blueprint.post("/<int:letter_inquiry_id>/answer")
@permitted("outward.operate")
def answer(letter_inquiry_id: int) -> ResponseReturnValue:
    """保存 what was found by hand; 提交复核 as well, if that is the button."""
    lines = [one for one in queries.lines_of(letter_inquiry_id) if one.by_hand]
    is_draft = request.form.get("do") == "draft"

    def work() -> Moved:
        said = [found for one in lines if (found := _said(one))]
        service.answer(letter_inquiry_id, said, actor())
        if is_draft:
            service.draft(letter_inquiry_id, actor())
        return Moved((letter_inquiry_id,))

    service.inquiry_of(letter_inquiry_id)
    try:
        once("answering.answer", work)
    except Fault as fault:
        return _page(letter_inquiry_id, str(fault)), 422
    return _back(letter_inquiry_id)


def _said(one: queries.Line) -> service.Said | None:
    """What the form says of one person and item; nothing chosen is nothing said."""
    key = f"{one.line}-{one.item}"
    outcome = request.form.get(f"outcome-{key}", "")
    if outcome not in BY_HAND:
        return None
    return service.Said(
        line=one.line,
        item=one.item,
        outcome=outcome,
        words=request.form.get(f"words-{key}", "")[:500],
        source=request.form.get(f"source-{key}", "")[:100],
        as_of=business_date(),
    )


@blueprint.post("/<int:letter_inquiry_id>/confirm")
@permitted("outward.operate")
def confirm(letter_inquiry_id: int) -> ResponseReturnValue:
    """复核 by another operator; the stamped answer is made."""

    def work() -> Moved:
        service.confirm(letter_inquiry_id, actor())
        return Moved((letter_inquiry_id,))

    once("answering.confirm", work)
    return _back(letter_inquiry_id)


@blueprint.post("/<int:letter_inquiry_id>/return")
@permitted("outward.operate")
def return_draft(letter_inquiry_id: int) -> ResponseReturnValue:
    """退回修改, with the reason."""

    def work(form: ReasonForm) -> None:
        service.return_draft(letter_inquiry_id, form.words.data or "", actor())

    return _filled("return", letter_inquiry_id, ReasonForm(prefix="return"), work)


@blueprint.post("/<int:letter_inquiry_id>/hand")
@permitted("outward.operate")
def hand_over(letter_inquiry_id: int) -> ResponseReturnValue:
    """登记送达."""

    def work(form: HandForm) -> None:
        on: dt.date = form.on.data
        service.hand_over(letter_inquiry_id, form.how.data or "", on, actor())

    return _filled("hand", letter_inquiry_id, HandForm(prefix="hand"), work)


@blueprint.post("/<int:letter_inquiry_id>/void")
@permitted("outward.operate")
def void(letter_inquiry_id: int) -> ResponseReturnValue:
    """作废 of what was entered wrongly, or taken back."""

    def work(form: ReasonForm) -> None:
        service.give_up(letter_inquiry_id, form.words.data or "", actor())

    return _filled("void", letter_inquiry_id, ReasonForm(prefix="void"), work)


def _filled(verb: str, inquiry_id: int, form: F, work: Callable[[F], None]) -> ResponseReturnValue:
    service.inquiry_of(inquiry_id)
    if not form.validate_on_submit():
        return _page(inquiry_id, **{verb: form}), 422

    def once_only() -> Moved:
        work(form)
        return Moved((inquiry_id,))

    try:
        once(f"answering.{verb}", once_only)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(inquiry_id, **{verb: form}), 422
    return _back(inquiry_id)


@blueprint.post("/<int:letter_inquiry_id>/scan")
@permitted("outward.operate")
def scan(letter_inquiry_id: int) -> Response:
    """The scan of the letter."""
    file = service.scan(letter_inquiry_id, actor())
    return attachment(file.data, file.name)


@blueprint.post("/<int:letter_inquiry_id>/download")
@permitted("outward.operate")
def download(letter_inquiry_id: int) -> Response:
    """The stamped answer, encrypted."""
    file = service.package_file(letter_inquiry_id, actor())
    return attachment(file.data, file.name)


@blueprint.post("/<int:letter_inquiry_id>/password")
@permitted("outward.operate")
def reveal_password(letter_inquiry_id: int) -> ResponseReturnValue:
    """The password, shown on this answer only and apart from the package; the look is audited."""
    row = service.inquiry_of(letter_inquiry_id)
    return render_template(
        "assistance/outward/password.html",
        number=row.number,
        title=say("answering.number"),
        back_url=url_for(".show", letter_inquiry_id=letter_inquiry_id),
        password=service.password(letter_inquiry_id, actor()),
    )


def _back(inquiry_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show", letter_inquiry_id=inquiry_id), 303)
