"""A person moves; administrators from the agency above serve here."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.messages import ROLE_TITLES
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.people import hosting, hosting_queries, moving, queries
from app.people.blueprint import blueprint
from app.people.forms import MoveForm
from app.people.messages import KIND_TITLES, UNIT_TITLES
from tenants.messages import Fault, say


@blueprint.get("/people/<int:account_id>/move")
@permitted("people.manage")
def show_move(account_id: int) -> ResponseReturnValue:
    """The form: where to, from which day, under which login."""
    return _page(account_id, _form())


@blueprint.post("/people/<int:account_id>/move")
@permitted("people.manage")
def move(account_id: int) -> ResponseReturnValue:
    """Open the account at the new place; the old one ends the day before."""
    form = _form()
    queries.person(account_id)
    if not form.validate_on_submit() or form.on.data is None:
        return _page(account_id, form), 422
    opened: list[int] = []

    def work() -> Moved:
        place, login = form.place.data, form.login.data or ""
        opened.append(moving.move_person(account_id, place, login, form.on.data, actor()))
        return Moved(tuple(opened))

    try:
        once("person.move", work, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(account_id, form), 422
    if not opened:
        return redirect(url_for(".show"), 303)
    flash(say("person.moved"), "success")
    return redirect(url_for(".show_person", account_id=opened[0]), 303)


def _form() -> MoveForm:
    form = MoveForm()
    units = [(id_, f"{UNIT_TITLES[kind]} · {name}") for id_, kind, name in queries.places()]
    form.place.choices = [(0, KIND_TITLES["staff"]), *units]
    return form


def _page(account_id: int, form: MoveForm) -> str:
    return render_template("people/move.html", person=queries.person(account_id), form=form)


@blueprint.get("/people/hosting")
@permitted("people.read")
def show_hosting() -> ResponseReturnValue:
    """Administrators of the agency above who serve here, and the consents they rest on."""
    return render_template(
        "people/hosting.html",
        hostings=hosting_queries.hostings(),
        roles=ROLE_TITLES,
        may_end=actor().may("role.manage"),
    )


@blueprint.post("/people/hosting/<int:hosting_id>/end")
@permitted("role.manage")
def end_hosting(hosting_id: int) -> ResponseReturnValue:
    """End it: their accounts here are shut at once."""
    once("hosting.end", lambda: hosting.end_hosting(hosting_id, actor()))
    return redirect(url_for(".show_hosting"), 303)
