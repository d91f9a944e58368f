"""设备登记: devices in use, their moves and their end."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.oversight.confidentiality import devices, queries
from app.oversight.confidentiality.blueprint import blueprint, people_to_choose, tried
from app.oversight.confidentiality.forms import DeviceForm, DisposeForm, MoveDeviceForm
from app.oversight.confidentiality.messages import DEVICE_TITLES, DISPOSAL_TITLES
from tenants.calendar import business_date
from tenants.messages import Fault


@blueprint.get("/devices")
@permitted("confidentiality.read")
def list_devices() -> ResponseReturnValue:
    """设备登记: those in use, or all (``list=all``)."""
    everything = request.args.get("list") == "all"
    page = queries.devices(place_asked(), kept=not everything)
    return render_template(
        "oversight/confidentiality/devices.html",
        page=page,
        everything=everything,
        names=names_of(row.keeper_id for row in page.rows),
        kinds=DEVICE_TITLES,
        disposals=DISPOSAL_TITLES,
        counts=queries.device_counts(),
        me=actor(),
    )


@blueprint.get("/devices/new")
@permitted("confidentiality.keep")
def new_device() -> ResponseReturnValue:
    """登记设备: the form."""
    return _device_page(DeviceForm())


@blueprint.post("/devices/new")
@permitted("confidentiality.keep")
def record_device() -> ResponseReturnValue:
    """Put it on the register."""
    form = DeviceForm()
    form.keeper.choices = people_to_choose()
    if not form.validate_on_submit():
        return _device_page(form), 422
    given = devices.NewDevice(
        form.number.data or "",
        form.kind.data,
        form.model.data or "",
        form.place.data or "",
        form.keeper.data,
        bool(form.is_encrypted.data),
        form.in_use_from.data or business_date(),
    )
    work = tried(
        "device.record",
        lambda: devices.record_device(given, actor()),
        form,
        lambda: _device_page(form),
    )
    return work or redirect(url_for(".list_devices"), 303)


def _device_page(form: DeviceForm) -> str:
    form.keeper.choices = people_to_choose()
    return render_template("oversight/confidentiality/device_new.html", form=form)


@blueprint.get("/devices/<int:device_id>")
@permitted("confidentiality.read")
def show_device(device_id: int) -> ResponseReturnValue:
    """One device, to move or to dispose of."""
    return _one_device(device_id)


def _one_device(device_id: int, wrong: FlaskForm | None = None) -> str:
    row, people = devices.device_of(device_id), people_to_choose()
    move = (
        wrong
        if isinstance(wrong, MoveDeviceForm)
        else MoveDeviceForm(
            formdata=None, place=row.place, keeper=row.keeper_id, is_encrypted=row.is_encrypted
        )
    )
    end = (
        wrong
        if isinstance(wrong, DisposeForm)
        else DisposeForm(prefix="end", formdata=None, by=row.keeper_id)
    )
    for field in (move.keeper, end.by, end.witness):
        field.choices = people
    return render_template(
        "oversight/confidentiality/device.html",
        row=row,
        move=move,
        end=end,
        names=names_of([row.keeper_id, row.disposed_by, row.witness_id, row.recorded_by]),
        kinds=DEVICE_TITLES,
        disposals=DISPOSAL_TITLES,
        me=actor(),
    )


@blueprint.post("/devices/<int:device_id>/move")
@permitted("confidentiality.keep")
def move_device(device_id: int) -> ResponseReturnValue:
    """Another place or keeper."""
    form = MoveDeviceForm()
    form.keeper.choices = people_to_choose()
    return _acted(
        "device.change",
        device_id,
        form,
        lambda: devices.change_device(
            device_id,
            form.place.data or "",
            form.keeper.data,
            bool(form.is_encrypted.data),
            actor(),
        ),
    )


@blueprint.post("/devices/<int:device_id>/dispose")
@permitted("confidentiality.keep")
def dispose_device(device_id: int) -> ResponseReturnValue:
    """处置, with two people."""
    form = DisposeForm(prefix="end")
    form.by.choices = form.witness.choices = people_to_choose()
    return _acted(
        "device.dispose",
        device_id,
        form,
        lambda: devices.dispose_device(
            device_id,
            devices.Disposed(
                form.disposal.data,
                form.on.data or business_date(),
                form.by.data,
                form.witness.data,
                form.note.data or "",
            ),
            actor(),
        ),
    )


def _acted(
    verb: str, device_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    devices.device_of(device_id)
    if not form.validate_on_submit():
        return _one_device(device_id, form), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _one_device(device_id, form), 422
    return redirect(url_for(".show_device", device_id=device_id), 303)
