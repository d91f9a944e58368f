"""发放名单 and the city's standard, at the agency."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.temporary import paying, queries, ruling
from app.assistance.temporary.forms import ProveForm, ReturnForm, RuleForm, fen_of
from app.assistance.temporary.messages import ARTICLE, Fault
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from tenants.agency.tree import agency

blueprint = Blueprint("temporary_lists", __name__, url_prefix="/assistance/temporary")


@blueprint.get("/lists")
@permitted("temporary.read")
def lists() -> ResponseReturnValue:
    """Every payment list, the newest first, and how many wait for the next one."""
    return _lists_page()


@blueprint.post("/lists")
@permitted("temporary.pay")
def make() -> ResponseReturnValue:
    """生成发放名单 of everybody who waits."""
    try:
        moved = once("temporary.list", lambda: paying.make_list(actor()))
    except Fault as fault:
        return _lists_page(str(fault)), 422
    if moved is None:
        return redirect(url_for(".lists"), 303)
    return redirect(url_for(".show_list", temporary_list_id=moved.done[0]), 303)


def _lists_page(fault: str = "") -> str:
    page = queries.payment_lists(place_asked())
    count, amount = queries.to_list()
    return render_template(
        "assistance/temporary/lists.html",
        page=page,
        people=names_of(row.made_by for row in page.rows),
        waiting=count,
        amount_fen=amount,
        fault=fault,
        me=actor(),
        article=ARTICLE,
    )


@blueprint.get("/lists/<int:temporary_list_id>")
@permitted("temporary.read")
def show_list(temporary_list_id: int) -> ResponseReturnValue:
    """One list, and the proof of each payment."""
    return _list_page(temporary_list_id)


@blueprint.post("/payments/<int:payment_id>/prove")
@permitted("temporary.pay")
def prove(payment_id: int) -> ResponseReturnValue:
    """登记发放凭证."""
    form = ProveForm(prefix="prove")
    return _carried(
        "temporary.prove",
        payment_id,
        form,
        lambda: paying.prove(payment_id, form.paid_on.data, form.voucher.data or "", actor()),
    )


@blueprint.post("/payments/<int:payment_id>/return")
@permitted("temporary.pay")
def take_back(payment_id: int) -> ResponseReturnValue:
    """登记退回."""
    form = ReturnForm(prefix="return")
    return _carried(
        "temporary.take_back",
        payment_id,
        form,
        lambda: paying.take_back(payment_id, form.on.data, form.reason.data or "", actor()),
    )


def _carried(
    verb: str, payment_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    list_id = paying.payment_of(payment_id).list_id
    if not form.validate_on_submit():
        return _list_page(list_id, form, payment_id), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _list_page(list_id, form, payment_id), 422
    return redirect(url_for(".show_list", temporary_list_id=list_id), 303)


def _list_page(list_id: int, wrong: FlaskForm | None = None, at: int = 0) -> str:
    row = paying.list_of(list_id)
    lines = queries.lines_of_list(row.id)
    forms: dict[str, FlaskForm] = {
        "prove": ProveForm(prefix="prove", formdata=None),
        "return": ReturnForm(prefix="return", formdata=None),
    }
    if wrong is not None:
        forms["prove" if isinstance(wrong, ProveForm) else "return"] = wrong
    return render_template(
        "assistance/temporary/list.html",
        row=row,
        lines=lines,
        maker=names_of([row.made_by]).get(row.made_by, ""),
        forms=forms,
        at=at,
        wrong=wrong,
        me=actor(),
        article=ARTICLE,
    )


@blueprint.get("/rules")
@permitted("temporary.read")
def rules() -> ResponseReturnValue:
    """The standards of the city, and what is in force today."""
    return _rules_page(RuleForm(formdata=None))


@blueprint.post("/rules")
@permitted("temporary.rule")
def propose() -> ResponseReturnValue:
    """Civil affairs' half of a new standard."""
    form = RuleForm()
    if not form.validate_on_submit():
        return _rules_page(form), 422
    new = ruling.Proposed(
        number=form.number.data or "",
        valid_from=form.valid_from.data,
        amount_fen=fen_of(form.amount.data or ""),
        standard=form.standard.data or "",
        procedure=form.procedure.data or "",
    )
    try:
        once("temporary.propose_rule", lambda: ruling.propose(new, actor()))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _rules_page(form), 422
    return redirect(url_for(".rules"), 303)


def _rules_page(form: RuleForm) -> str:
    found = ruling.rules()
    return render_template(
        "assistance/temporary/rules.html",
        rules=found,
        setters={row.by_agency_id: agency(row.by_agency_id).region_name for row in found},
        sets=ruling.sets_rules(),
        form=form,
        me=actor(),
        article=ARTICLE,
    )
