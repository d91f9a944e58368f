"""核对能力: what a unit can check is changed in two steps, the effect first."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.delegation.rerouting import places, source_names
from app.sharing import capabilities, queries, service
from app.sharing.blueprint import blueprint
from app.sharing.capability_forms import AddForm, EndForm, WayForm
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.messages import Fault

CASES_SHOWN = 50


@blueprint.get("/<int:source_id>/capabilities/add")
@permitted("source.manage")
def new_capability(source_id: int) -> ResponseReturnValue:
    """增加核对能力: the form."""
    return _page("add", source_id, _add_form(source_id))


@blueprint.post("/<int:source_id>/capabilities/add")
@permitted("source.manage")
def add_capability(source_id: int) -> ResponseReturnValue:
    """Show the effect, and with it seen, save."""
    return _stepped("add", source_id, _add_form(source_id))


@blueprint.get("/<int:source_id>/capabilities/end")
@permitted("source.manage")
def ask_capability_end(source_id: int) -> ResponseReturnValue:
    """结束核对能力: the form."""
    return _page("end", source_id, _end_form(source_id))


@blueprint.post("/<int:source_id>/capabilities/end")
@permitted("source.manage")
def end_capability(source_id: int) -> ResponseReturnValue:
    """Show the effect, and with it seen, save."""
    return _stepped("end", source_id, _end_form(source_id))


@blueprint.get("/<int:source_id>/capabilities/way")
@permitted("source.manage")
def ask_way(source_id: int) -> ResponseReturnValue:
    """更改交换方式: the form."""
    service.sharing_unit(source_id)
    return _page("way", source_id, WayForm())


@blueprint.post("/<int:source_id>/capabilities/way")
@permitted("source.manage")
def change_way(source_id: int) -> ResponseReturnValue:
    """Show the effect, and with it seen, save."""
    service.sharing_unit(source_id)
    return _stepped("way", source_id, WayForm())


def _add_form(source_id: int) -> AddForm:
    form, unit = AddForm(), service.sharing_unit(source_id)
    form.items.choices = [_choice(item.code) for item in catalogue().of_kind(unit.category or 17)]
    return form


def _end_form(source_id: int) -> EndForm:
    form, day = EndForm(), business_date()
    service.sharing_unit(source_id)
    held = queries.capabilities(source_id)
    items = {row.item for row in held if row.valid_to is None or row.valid_to >= day}
    form.items.choices = [_choice(item) for item in sorted(items)]
    return form


def _choice(code: int) -> SelectChoice:
    return SelectChoice(str(code), f"{code} {catalogue().item(code).title}")


def _stepped(kind: str, source_id: int, form: Any) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _page(kind, source_id, form), 422
    change = capabilities.Change(
        kind,
        source_id,
        form.on.data,
        tuple(form.items.data) if "items" in form else (),
        form.way.data if "way" in form else "",
        form.until.data if "until" in form else None,
    )
    try:
        if form.seen.data:
            once(f"capability.{kind}", lambda: _saved(change, form.seen.data))
            return redirect(url_for(".show_unit", source_id=source_id), 303)
        effect = capabilities.effect_of(change)
    except Fault as fault:
        form.form_errors.append(str(fault))
        form.seen.data = ""
        return _page(kind, source_id, form), 422
    form.seen.data = effect.seen
    return _page(kind, source_id, form, effect)


def _saved(change: capabilities.Change, seen: str) -> Moved:
    capabilities.save(change, seen, actor())
    return Moved((change.unit_id,))


def _page(kind: str, source_id: int, form: Any, effect: capabilities.Effect | None = None) -> str:
    shifts = effect.shifts if effect else ()
    names = source_names(source for s in shifts for source in s.before | s.after)
    cases = sorted({case for shift in shifts for case in shift.cases})
    return render_template(
        "sharing/capability.html",
        kind=kind,
        unit=service.sharing_unit(source_id),
        form=form,
        effect=effect,
        shifts=[
            (catalogue().item(s.item), places(s.before, names), places(s.after, names), s)
            for s in shifts
        ],
        chosen=[catalogue().item(code).title for code in form.data.get("items") or ()],
        households=len(cases),
        cases=queries.case_numbers(cases[:CASES_SHOWN]),
        may_read=actor().may("case.read"),
    )
