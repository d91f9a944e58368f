"""介质登记簿: the register of media, and the custody of each."""

from collections.abc import Container

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.exchange import queries as exchange
from app.exchange import service as requests
from app.exchange.custody import queries, service
from app.exchange.custody.forms import MediumForm, StepForm, choices
from app.exchange.custody.messages import CARRIER_TITLES, ORIGIN_TITLES, PLACES, STEP_TITLES
from app.exchange.custody.showing import happenings
from app.exchange.custody.steps import may_follow
from tenants.calendar import business_date
from tenants.messages import Fault

blueprint = Blueprint("media", __name__, url_prefix="/exchange")

_KEPT = "kept"


@blueprint.get("/media")
@permitted("exchange.read")
def register() -> ResponseReturnValue:
    """What is out, where, since when, and what is still to be destroyed."""
    units, periods = exchange.sharing_units(), exchange.periods()
    chosen = _asked(units, periods)
    found = queries.register(chosen, request.args.get("before", type=int))
    shown = found[: queries.PER_PAGE]
    more = len(found) > len(shown)
    return render_template(
        "exchange/custody/register.html",
        media=shown,
        chosen=chosen,
        units=units,
        periods=periods,
        carriers=CARRIER_TITLES,
        origins=ORIGIN_TITLES,
        places=PLACES,
        next_url=_url(chosen, shown[-1].medium.id) if more else None,
    )


def _asked(units: Container[int], periods: Container[int]) -> queries.Filter:
    """What the address asks for; what is not there counts as all."""
    place = request.args.get("place", "")
    unit = request.args.get("unit", 0, type=int)
    period = request.args.get("period", 0, type=int)
    return queries.Filter(
        place if place in PLACES or place == _KEPT else "",
        unit if unit in units else 0,
        period if period in periods else 0,
    )


def _url(chosen: queries.Filter, before: int) -> str:
    return url_for(
        ".register",
        place=chosen.place or None,
        unit=chosen.unit_id or None,
        period=chosen.period or None,
        before=before,
    )


@blueprint.get("/<int:request_id>/media/new")
@permitted("exchange.operate")
def new_medium(request_id: int) -> ResponseReturnValue:
    """登记介质: what the package was written on, or what came with the reply."""
    return _new_page(request_id, MediumForm(on=business_date()))


@blueprint.post("/<int:request_id>/media")
@permitted("exchange.operate")
def add_medium(request_id: int) -> ResponseReturnValue:
    """Register a medium; the system gives it a number."""
    requests.request_of(request_id)
    form = MediumForm()
    if not form.validate_on_submit() or form.on.data is None:
        return _new_page(request_id, form), 422
    on, carrier = form.on.data, str(form.carrier.data)
    serial, other = form.serial.data or "", form.other.data or ""

    def work() -> Moved:
        if _comes_back():
            told = service.Told("received_back", on, other=other)
            return Moved((service.take_medium(request_id, carrier, serial, told, actor()).id,))
        return Moved((service.add_medium(request_id, carrier, serial, on, actor()).id,))

    try:
        once("medium.add", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(request_id, form), 422
    return redirect(url_for("exchange.show_request", request_id=request_id), 303)


def _comes_back() -> bool:
    return request.values.get("origin") == "unit"


def _new_page(request_id: int, form: MediumForm) -> str:
    asked = requests.request_of(request_id)
    return render_template(
        "exchange/custody/new.html",
        asked=asked,
        unit=exchange.unit_of(asked.unit_id),
        form=form,
        comes_back=_comes_back(),
    )


@blueprint.get("/media/<int:medium_id>")
@permitted("exchange.read")
def show_medium(medium_id: int) -> ResponseReturnValue:
    """One medium: where it has been, and what may happen to it next."""
    return _page(medium_id, StepForm(on=business_date()))


@blueprint.post("/media/<int:medium_id>/steps")
@permitted("exchange.operate")
def add_step(medium_id: int) -> ResponseReturnValue:
    """The next step: who, when, how; two people where it is destroyed."""
    queries.medium_of(medium_id)
    form = StepForm()
    form.step.choices = choices(STEP_TITLES)
    if not form.validate_on_submit():
        return _page(medium_id, form), 422
    told = form.told()
    if not told.step:
        raise Fault("choice_malformed")
    try:
        once("medium.step", lambda: service.record(medium_id, told, actor()))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(medium_id, form), 422
    return redirect(url_for(".show_medium", medium_id=medium_id), 303)


def _page(medium_id: int, form: StepForm) -> str:
    kept = queries.medium_of(medium_id)
    steps = [*may_follow(kept.last.step, kept.medium.carrier)]
    if kept.medium.origin == "own" and kept.medium.ended_on is None:
        steps.append("password_told")
    offered: dict[str, str] = {step: STEP_TITLES[step] for step in steps}
    form.step.choices = choices(offered)
    others = queries.operators(business_date())
    others.pop(actor().account_id, None)
    form.witness.choices = choices({0: "", **others})
    return render_template(
        "exchange/custody/medium.html",
        kept=kept,
        unit=exchange.unit_of(kept.medium.unit_id),
        steps=steps,
        form=form,
        events=happenings([medium_id]),
        carriers=CARRIER_TITLES,
        origins=ORIGIN_TITLES,
        places=PLACES,
        me=actor(),
    )
