"""系统交换: the operators' pages of connections and of what does not get on."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actor import Actor
from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.exchange.custody.forms import choices
from app.exchange.outbox.refused import unseen_files
from app.exchange.queries import sharing_units
from app.exchange.routes import blueprint
from app.exchange.service import request_of
from app.exchange.wire import connecting, deciding, queries
from app.exchange.wire.dispatching import dispatch_of
from app.exchange.wire.forms import AgreedForm, ConnectionForm
from app.exchange.wire.messages import DIRECTION_TITLES, FAILURES, TEST_PASSED
from app.exchange.wire.models import Connection
from hedui_connector.wire import boxes
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.messages import Fault

__all__ = ["blueprint"]


@blueprint.get("/connections")
@permitted("connection.read")
def connections() -> ResponseReturnValue:
    """系统交换连接: one line per unit, and what was given up."""
    return render_template(
        "exchange/wire/connections.html",
        connections=queries.connections(),
        units=sharing_units(),
        directions=DIRECTION_TITLES,
        failures=FAILURES,
        dead=len(queries.undelivered()) + len(unseen_files()),
        me=actor(),
    )


@blueprint.get("/connections/new")
@permitted("connection.manage")
def new_connection() -> ResponseReturnValue:
    """The form of a new connection."""
    return _new_page(_new_form())


def _new_form() -> ConnectionForm:
    form = ConnectionForm(valid_from=business_date())
    form.unit.choices = choices(sharing_units())
    return form


def _new_page(form: ConnectionForm) -> str:
    return render_template("exchange/wire/new.html", form=form)


@blueprint.post("/connections/new")
@permitted("connection.manage")
def open_connection() -> ResponseReturnValue:
    """登记连接: our key is made, theirs is kept."""
    form = _new_form()
    if not form.validate_on_submit():
        return _new_page(form), 422
    made: list[int] = []

    def work() -> Moved:
        found = connecting.open_connection(
            form.unit.data, form.direction.data, form.algorithm.data, form.agreed(), actor()
        )
        made.append(found.id)
        return Moved((found.id,))

    try:
        once("connection.open", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(form), 422
    if not made:
        return redirect(url_for(".connections"), 303)
    return _back(made[0])


@blueprint.get("/connections/<int:connection_id>")
@permitted("connection.read")
def show_connection(connection_id: int) -> ResponseReturnValue:
    """One connection: our public key to hand out, theirs, the test, how it has been lately."""
    found = connecting.connection_of(connection_id)
    return _page(found, AgreedForm(obj=found))


def _page(found: Connection, form: AgreedForm, **more: Any) -> str:
    return render_template(
        "exchange/wire/connection.html",
        found=found,
        unit=sharing_units().get(found.unit_id, ""),
        form=form,
        people=names_of([found.changed_by]),
        directions=DIRECTION_TITLES,
        failures=FAILURES,
        passed=TEST_PASSED,
        agency_code=found.agency_id,
        our_box=_our_box(found),
        me=actor(),
        **more,
    )


def _our_box(found: Connection) -> str:
    """What files for this agency are sealed to, where they cross a gate."""
    public = agency(found.agency_id).box_public
    return boxes.to_pem(public).decode() if found.direction == "folder" else ""


@blueprint.post("/connections/<int:connection_id>")
@permitted("connection.manage")
def change_connection(connection_id: int) -> ResponseReturnValue:
    """修改连接."""
    found = connecting.connection_of(connection_id)
    form = AgreedForm()
    if not form.validate_on_submit():
        return _page(found, form), 422

    def work() -> Moved:
        connecting.change(connection_id, form.agreed(), actor())
        return Moved((connection_id,))

    try:
        once("connection.change", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(found, form), 422
    return _back(connection_id)


@blueprint.post("/connections/<int:connection_id>/test")
@permitted("connection.manage")
def test_connection(connection_id: int) -> ResponseReturnValue:
    """测试连接."""
    return _act(connection_id, "test", lambda: connecting.ask_test(connection_id, actor()))


@blueprint.post("/connections/<int:connection_id>/pause")
@permitted("connection.manage")
def pause_connection(connection_id: int) -> ResponseReturnValue:
    """暂停使用."""
    return _act(
        connection_id, "pause", lambda: connecting.pause(connection_id, actor(), is_paused=True)
    )


@blueprint.post("/connections/<int:connection_id>/resume")
@permitted("connection.manage")
def resume_connection(connection_id: int) -> ResponseReturnValue:
    """恢复使用."""
    return _act(
        connection_id, "resume", lambda: connecting.pause(connection_id, actor(), is_paused=False)
    )


@blueprint.post("/connections/<int:connection_id>/close")
@permitted("connection.manage")
def close_connection(connection_id: int) -> ResponseReturnValue:
    """关闭连接."""
    return _act(
        connection_id, "close", lambda: connecting.close(connection_id, business_date(), actor())
    )


def _act(connection_id: int, verb: str, act: Callable[[], object]) -> ResponseReturnValue:
    connecting.connection_of(connection_id)

    def work() -> Moved:
        act()
        return Moved((connection_id,))

    once(f"connection.{verb}", work)
    return _back(connection_id)


@blueprint.post("/connections/<int:connection_id>/secret")
@permitted("connection.manage")
def show_secret(connection_id: int) -> ResponseReturnValue:
    """查看共享密钥: for connections that share one; the look is audited."""
    found = connecting.connection_of(connection_id)
    if found.algorithm == "ed25519":
        abort(404)
    return _page(found, AgreedForm(obj=found), secret=connecting.show_secret(found.id, actor()))


def _back(connection_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_connection", connection_id=connection_id), 303)


@blueprint.get("/undelivered")
@permitted("exchange.read")
def undelivered() -> ResponseReturnValue:
    """发送失败的申请: what happened, and what can be done."""
    return render_template(
        "exchange/wire/undelivered.html",
        rows=queries.undelivered(),
        units=sharing_units(),
        failures=FAILURES,
        refused=unseen_files(),
    )


@blueprint.post("/<int:request_id>/wire/retry")
@permitted("exchange.operate")
def retry_wire(request_id: int) -> ResponseReturnValue:
    """再试."""
    return _decide(request_id, "retry", deciding.try_again)


@blueprint.post("/<int:request_id>/wire/hurry")
@permitted("exchange.operate")
def hurry_wire(request_id: int) -> ResponseReturnValue:
    """立即联系."""
    return _decide(request_id, "hurry", deciding.ask_now)


@blueprint.post("/<int:request_id>/wire/drop")
@permitted("exchange.operate")
def drop_wire(request_id: int) -> ResponseReturnValue:
    """改用介质交换."""
    return _decide(request_id, "drop", deciding.drop)


def _decide(request_id: int, verb: str, work: Callable[[int, Actor], Moved]) -> ResponseReturnValue:
    request_of(request_id)
    if dispatch_of(request_id) is None:
        abort(404)
    once(f"wire.{verb}", lambda: work(request_id, actor()))
    if request.form.get("back") == "list":
        return redirect(url_for(".undelivered"), 303)
    return redirect(url_for(".show_request", request_id=request_id), 303)
