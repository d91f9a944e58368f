"""落实名单: who is not insured, what was done about each, and what somebody makes of a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.insurance import following, messages, queries
from app.assistance.insurance.blueprint import blueprint, insurance_asked
from app.assistance.insurance.forms import EntryForm, JudgeForm
from app.assistance.insurance.messages import Fault, say
from app.assistance.register.loading import law
from app.audit.looks import PERSON, person_key
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.looks import looked_at, open_look
from app.cases.paging import number_asked, place_asked
from app.cases.queries import unit_names, units_of_kind
from tenants.calendar import business_date


@blueprint.get("/work")
@permitted("insurance.read")
def work() -> ResponseReturnValue:
    """落实名单: who is not insured, who sees to it, what was done last, and what is next."""
    asked = request.args.get("show", "")
    show = asked if asked in messages.SHOWN else "open"
    chosen = queries.Filter(insurance_asked(), show, number_asked("desk"))
    return render_template(
        "assistance/insurance/work.html",
        page=queries.work(chosen, place_asked()),
        chosen=chosen,
        titles=messages.INSURANCE_TITLES,
        shown=messages.SHOWN,
        kinds=messages.KIND_TITLES,
        closings=messages.CLOSING_TITLES,
        desks=units_of_kind("intake_desk"),
        units=unit_names(),
        rule=law().insurance_rule,
    )


@blueprint.get("/work/<int:insurance_task_id>")
@permitted("insurance.read")
def show_task(insurance_task_id: int) -> ResponseReturnValue:
    """One person: everything that was done, and what may be done next."""
    return _task_page(insurance_task_id, EntryForm(happened_on=business_date()), JudgeForm())


def _task_page(task_id: int, form: EntryForm, judging: JudgeForm) -> str:
    found, who = following.task_of(task_id), actor()
    written = queries.entries(task_id)
    is_looked_at = person_key(found.person_hash) in looked_at(PERSON, who)
    is_reason = found.closed_on is None and found.has_reason
    return render_template(
        "assistance/insurance/task.html",
        task=found,
        person=queries.named(found, is_open=is_looked_at),
        is_open=is_looked_at,
        entries=written,
        people=names_of(one.row.account_id for one in written),
        may_judge=is_reason and who.may("insurance.confirm"),
        is_own=is_reason and found.step_by == who.account_id,
        title=messages.INSURANCE_TITLES[found.insurance],
        kinds=messages.KIND_TITLES,
        closings=messages.CLOSING_TITLES,
        units=unit_names(),
        form=form,
        judging=judging,
        rule=law().insurance_rule,
        me=who,
    )


@blueprint.post("/work/<int:insurance_task_id>/entries")
@permitted("insurance.act")
def enter(insurance_task_id: int) -> ResponseReturnValue:
    """登记落实情况."""
    following.task_of(insurance_task_id)
    form, judging = EntryForm(), JudgeForm(formdata=None)
    if not form.validate_on_submit():
        return _task_page(insurance_task_id, form, judging), 422

    def verb() -> Moved:
        following.enter(insurance_task_id, form.new_entry(), actor())
        return Moved((insurance_task_id,))

    try:
        once("insurance.enter", verb, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _task_page(insurance_task_id, form, judging), 422
    flash(say("insurance.written"), "success")
    return _back(insurance_task_id)


@blueprint.post("/work/<int:insurance_task_id>/judge")
@permitted("insurance.confirm")
def judge(insurance_task_id: int) -> ResponseReturnValue:
    """确认原因, or 退回继续落实, by another person than the one who entered the reason."""
    following.task_of(insurance_task_id)
    form, is_back = JudgeForm(), request.form.get("do") == "decline"
    if not form.validate_on_submit():
        return _task_page(insurance_task_id, EntryForm(formdata=None), form), 422
    note, act = form.note.data or "", following.decline if is_back else following.confirm

    def verb() -> Moved:
        act(insurance_task_id, actor(), note)
        return Moved((insurance_task_id,))

    try:
        once("insurance.decline" if is_back else "insurance.confirm", verb, reason=note)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _task_page(insurance_task_id, EntryForm(formdata=None), form), 422
    return _back(insurance_task_id)


@blueprint.post("/work/<int:insurance_task_id>/look")
@permitted("insurance.unmask")
def look(insurance_task_id: int) -> ResponseReturnValue:
    """Show one person's number for ten minutes, for the reason given."""
    found = following.task_of(insurance_task_id)
    key = person_key(found.person_hash)
    open_look(PERSON, key, actor(), reason=request.form.get("reason", ""))
    return _back(insurance_task_id)


def _back(task_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_task", insurance_task_id=task_id), 303)
