"""本机构增加的数据项: recorded by one operator with its basis, confirmed by another (第十条)."""

import io
from collections.abc import Callable

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.intake.wording import title
from app.sharing import own_items
from app.sharing.blueprint import blueprint
from app.sharing.messages import FIELD_TYPES, OWN_ITEM_STATES, ROLES
from app.sharing.own_item_forms import OwnItemForm, StopForm
from tenants.agency.tree import agency
from tenants.catalogue import national
from tenants.messages import Fault
from tenants.rulebook import Scheme, SubjectRole, rulebook


@blueprint.get("/own-items")
@permitted("source.read")
def show_own_items() -> ResponseReturnValue:
    """Every data item that this agency added, whatever its standing."""
    found = own_items.own_items()
    return render_template(
        "sharing/own_items.html",
        items=found,
        kinds=national().kinds,
        states=OWN_ITEM_STATES,
        people=names_of(who for row in found for who in (row.recorded_by, row.confirmed_by)),
        may_manage=actor().may("source.manage"),
    )


@blueprint.get("/own-items/new")
@permitted("source.manage")
def new_own_item() -> ResponseReturnValue:
    """增加数据项: the form."""
    return _form_page(_form())


@blueprint.post("/own-items/new")
@permitted("source.manage")
def record_own_item() -> ResponseReturnValue:
    """Record it; another operator confirms."""
    form = _form()
    if not form.validate_on_submit():
        return _form_page(form), 422
    try:
        once("own_item.record", lambda: Moved((own_items.record(form.typed(), actor()),)))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _form_page(form), 422
    return redirect(url_for(".show_own_items"), 303)


def _form() -> OwnItemForm:
    form = OwnItemForm()
    form.kind.choices = [
        SelectChoice(kind.number, f"{kind.number} {kind.title}")
        for kind in national().kinds.values()
    ]
    law = rulebook(agency(actor().agency_id).province)
    form.schemes.choices = [SelectChoice(str(s), title("scheme", s)) for s in law.matrix]
    form.roles.choices = [SelectChoice(str(r), ROLES[r]) for r in SubjectRole]
    return form


def _form_page(form: OwnItemForm) -> str:
    return render_template("sharing/own_item_new.html", form=form)


@blueprint.get("/own-items/<int:own_item>")
@permitted("source.read")
def show_own_item(own_item: int) -> ResponseReturnValue:
    """One item: its basis, its columns, whom it is asked about, and what can be done with it."""
    return _item_page(own_item, StopForm())


def _item_page(item: int, form: StopForm) -> str:
    row = own_items.own_item(item)
    return render_template(
        "sharing/own_item.html",
        row=row,
        item=row.data_item(),
        kind=national().kinds[item // 100],
        schemes=[title("scheme", Scheme(code)) for code in row.definition["schemes"]],
        roles=[ROLES[code] for code in row.definition["roles"]],
        states=OWN_ITEM_STATES,
        types=FIELD_TYPES,
        people=names_of([row.recorded_by, row.confirmed_by]),
        form=form,
        me=actor(),
    )


@blueprint.post("/own-items/<int:own_item>/confirm")
@permitted("source.manage")
def confirm_own_item(own_item: int) -> ResponseReturnValue:
    """确认: by another operator than the one who recorded it."""
    return _acted("own_item.confirm", own_item, lambda: own_items.confirm(own_item, actor()))


@blueprint.post("/own-items/<int:own_item>/void")
@permitted("source.manage")
def void_own_item(own_item: int) -> ResponseReturnValue:
    """作废: what nobody has confirmed."""
    return _acted("own_item.void", own_item, lambda: own_items.void(own_item, actor()))


@blueprint.post("/own-items/<int:own_item>/end")
@permitted("source.manage")
def end_own_item(own_item: int) -> ResponseReturnValue:
    """停用: nobody is asked about it any more, with a reason."""
    form = StopForm()
    own_items.own_item(own_item)
    if not form.validate_on_submit():
        return _item_page(own_item, form), 422
    reason = form.reason.data or ""
    return _acted(
        "own_item.end", own_item, lambda: own_items.end(own_item, actor(), reason), reason
    )


@blueprint.post("/own-items/<int:own_item>/scan")
@permitted("source.read")
def download_basis(own_item: int) -> ResponseReturnValue:
    """The scan of the document that orders it; the look is audited."""
    stored = own_items.download(own_item, actor())
    return send_file(
        io.BytesIO(stored.data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=stored.name,
    )


def _acted(verb: str, item: int, work: Callable[[], None], reason: str = "") -> ResponseReturnValue:
    own_items.own_item(item)

    def done() -> Moved:
        work()
        return Moved((item,))

    once(verb, done, reason=reason)
    return redirect(url_for(".show_own_item", own_item=item), 303)
