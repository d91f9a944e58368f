"""对外名单: the flows that leave, each list with its files and answer, and the tiers' figures."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.answering.queries import waiting as letters_waiting
from app.assistance.outward import names, queries, service
from app.assistance.outward.forms import ReceiptForm, SendForm, WordsForm
from app.assistance.outward.making import head_of
from app.assistance.outward.messages import GAPS, STANDINGS, Fault, say
from app.assistance.register.loading import law
from app.cases.acts import once, whole_number
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.intake.wording import title

F = TypeVar("F", bound=FlaskForm)
blueprint = Blueprint("outward", __name__, url_prefix="/assistance/outward")


@blueprint.get("")
@permitted("outward.read")
def index() -> ResponseReturnValue:
    """Every flow with its recipient, purpose, basis and last list; every list."""
    flows = law().outward_flows
    chosen = request.args.get("flow", "")
    return render_template(
        "assistance/outward/index.html",
        flows=queries.flows(),
        page=queries.lists(chosen if chosen in flows else "", place_asked()),
        chosen=chosen,
        titles={code: value.value.title for code, value in flows.items()},
        next_due=queries.next_due,
        gaps=queries.open_gaps(),
        letters=letters_waiting(),
        standings=STANDINGS,
        me=actor(),
    )


@blueprint.post("/due")
@permitted("outward.operate")
def make_due() -> ResponseReturnValue:
    """立即生成到期名单."""

    def work() -> Moved:
        service.ask_due(actor())
        return Moved(())

    once("outward.due", work, quiet=True)
    flash(say("outward.asked"), "info")
    return redirect(url_for(".index"), 303)


@blueprint.get("/<int:outward_list_id>")
@permitted("outward.read")
def show(outward_list_id: int) -> ResponseReturnValue:
    """One list: what it says of itself, its first rows masked, its files, its answer."""
    return _page(outward_list_id)


def _page(list_id: int, **forms: FlaskForm) -> str:
    row = service.list_of(list_id)
    value = law().outward_flows[row.flow]
    made = {"send": SendForm, "receipt": ReceiptForm, "explain": WordsForm, "void": WordsForm}
    people = (row.made_by, row.confirmed_by, row.sent_by, row.acknowledged_by, row.explained_by)
    return render_template(
        "assistance/outward/show.html",
        list=row,
        value=value,
        head=head_of(row),
        sample=queries.sample(row),
        people=names_of([*(one for one in people if one), row.ended_by]),
        forms={name: forms.get(name) or made[name](prefix=name) for name in made},
        standings=STANDINGS,
        changes=names.CHANGES,
        why=names.WHY,
        law=law(),
        me=actor(),
    )


@blueprint.post("/<int:outward_list_id>/confirm")
@permitted("outward.operate")
def confirm(outward_list_id: int) -> ResponseReturnValue:
    """确认 of a list that the daily job made."""

    def work() -> Moved:
        service.confirm(outward_list_id, actor())
        return Moved((outward_list_id,))

    once("outward.confirm", work)
    return _back(outward_list_id)


@blueprint.post("/<int:outward_list_id>/send")
@permitted("outward.operate")
def send(outward_list_id: int) -> ResponseReturnValue:
    """登记送出, by another operator than the one who confirmed."""

    def work(form: SendForm) -> None:
        service.send(outward_list_id, form.how.data or "", form.on.data, actor())

    return _filled("send", outward_list_id, SendForm(prefix="send"), work)


@blueprint.post("/<int:outward_list_id>/receive")
@permitted("outward.operate")
def receive(outward_list_id: int) -> ResponseReturnValue:
    """登记回执: its number, and how many people the recipient holds."""

    def work(form: ReceiptForm) -> None:
        persons = form.persons.data or 0
        service.receive(outward_list_id, form.receipt.data or "", persons, actor())

    return _filled("receipt", outward_list_id, ReceiptForm(prefix="receipt"), work)


@blueprint.post("/<int:outward_list_id>/explain")
@permitted("outward.operate")
def explain(outward_list_id: int) -> ResponseReturnValue:
    """说明人数不符."""

    def work(form: WordsForm) -> None:
        service.explain(outward_list_id, form.words.data or "", actor())

    return _filled("explain", outward_list_id, WordsForm(prefix="explain"), work)


@blueprint.post("/<int:outward_list_id>/void")
@permitted("outward.operate")
def void(outward_list_id: int) -> ResponseReturnValue:
    """作废, before it leaves, with a reason."""

    def work(form: WordsForm) -> None:
        service.give_up(outward_list_id, form.words.data or "", actor())

    return _filled("void", outward_list_id, WordsForm(prefix="void"), work)


def _filled(verb: str, list_id: int, form: F, work: Callable[[F], None]) -> ResponseReturnValue:
    """One form of a list's page: carried out once, or shown again with what is wrong."""
    service.list_of(list_id)
    if not form.validate_on_submit():
        return _page(list_id, **{verb: form}), 422

    def once_only() -> Moved:
        work(form)
        return Moved((list_id,))

    try:
        once(f"outward.{verb}", once_only)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(list_id, **{verb: form}), 422
    return _back(list_id)


@blueprint.post("/<int:outward_list_id>/download")
@permitted("outward.operate")
def download(outward_list_id: int) -> Response:
    """The encrypted package."""
    file = service.package_file(outward_list_id, actor())
    return attachment(file.data, file.name)


@blueprint.post("/<int:outward_list_id>/cover")
@permitted("outward.read")
def cover(outward_list_id: int) -> Response:
    """The cover as PDF."""
    data, row = service.cover(outward_list_id, actor())
    called = law().outward_flows[row.flow].value.title
    return attachment(data, names.COVER_FILE.format(title=called, number=row.number))


@blueprint.post("/<int:outward_list_id>/password")
@permitted("outward.operate")
def reveal_password(outward_list_id: int) -> ResponseReturnValue:
    """The password, shown on this answer only and apart from the package; the look is audited."""
    row = service.list_of(outward_list_id)
    return render_template(
        "assistance/outward/password.html",
        number=row.number,
        title=law().outward_flows[row.flow].value.title,
        back_url=url_for(".show", outward_list_id=outward_list_id),
        password=service.password(outward_list_id, actor()),
    )


@blueprint.get("/tiers")
@permitted("outward.read")
def tiers() -> ResponseReturnValue:
    """各级核对: each agency's own count beside what is held above, by scheme."""
    return _tiers_page(WordsForm())


def _tiers_page(form: WordsForm) -> str:
    found = queries.tiers()
    form.which.choices = [
        SelectChoice(f"{one.row.by_agency_id}:{one.row.scheme}", which_words(one))
        for one in found
        if one.gap in ("nothing", "behind", "differs")
    ]
    return render_template(
        "assistance/outward/tiers.html",
        rows=found,
        gaps=GAPS,
        open=sum(one.gap not in ("", "explained") for one in found),
        people=names_of([one.row.explained_by for one in found if one.row.explained_by]),
        form=form,
        choices=form.which.choices,
        is_first=queries.is_first(),
        me=actor(),
    )


def which_words(one: queries.Tier) -> str:
    """An agency and a scheme, to be chosen."""
    return f"{one.region} {title('scheme', one.row.scheme)}"


@blueprint.post("/tiers/explain")
@permitted("outward.operate")
def explain_tier() -> ResponseReturnValue:
    """说明差异 of one agency under one scheme; it holds while the figures stay."""
    form = WordsForm()
    if not form.validate_on_submit():
        return _tiers_page(form), 422
    by, _, scheme = (form.which.data or "").partition(":")

    def work() -> Moved:
        service.explain_tier(whole_number(by), scheme, form.words.data or "", actor())
        return Moved((whole_number(by),))

    try:
        once("outward.explain_tier", work, reason=form.words.data or "")
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _tiers_page(form), 422
    return redirect(url_for(".tiers"), 303)


@blueprint.post("/tiers/whole")
@permitted("outward.operate")
def ask_whole() -> ResponseReturnValue:
    """要求全量重报 of an agency below whose figures do not fit."""
    by = whole_number(request.form.get("by", ""))

    def work() -> Moved:
        service.ask_whole(by, actor())
        return Moved((by,))

    once("outward.ask_whole", work, quiet=True)
    flash(say("outward.asked_whole"), "info")
    return redirect(url_for(".tiers"), 303)


def _back(list_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show", outward_list_id=list_id), 303)
