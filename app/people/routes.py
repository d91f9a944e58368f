"""Administration: people and roles, units, the audit trail, and one's own settings."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user

from app.accounts.current import actor, permitted
from app.accounts.messages import ROLE_TITLES
from app.accounts.people import names_of
from app.audit import service as audit
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.people import moving_routes, own, queries, service, stand_in_routes
from app.people.blueprint import blueprint
from app.people.forms import (
    EndRoleForm,
    GiveRoleForm,
    NewPasswordForm,
    OpenPersonForm,
    OwnPasswordForm,
)
from app.people.messages import (
    ACCOUNT_STATES,
    KIND_TITLES,
    SUBJECT_TITLES,
    UNIT_TITLES,
    VERB_TITLES,
)
from app.people.rules import Period
from app.web.limits import limiter
from tenants.calendar import business_date
from tenants.messages import Fault, say

__all__ = ["blueprint", "moving_routes", "stand_in_routes"]


def _whom() -> str:
    """Limits count per person: a whole office may share one address."""
    if not current_user.is_authenticated:
        return get_remote_address()
    return f"{actor().agency_id}:{actor().account_id}"


@blueprint.get("/people")
@permitted("people.read")
def show() -> ResponseReturnValue:
    """Everybody with an account, with roles; ``kind`` and ``role`` filter."""
    kind, role = request.args.get("kind", ""), request.args.get("role", "")
    kind, role = kind if kind in KIND_TITLES else "", role if role in ROLE_TITLES else ""
    return render_template(
        "people/list.html",
        page=queries.people(place_asked(), kind, role),
        kind=kind,
        role=role,
        kinds=KIND_TITLES,
        roles=ROLE_TITLES,
        states=ACCOUNT_STATES,
        may_open=actor().may("people.manage"),
    )


@blueprint.get("/people/<int:account_id>")
@permitted("people.read")
def show_person(account_id: int) -> ResponseReturnValue:
    """One person: what the administrator who looks may change."""
    return _person(account_id, NewPasswordForm())


def _person(account_id: int, form: NewPasswordForm) -> str:
    person = queries.person(account_id)
    is_own = account_id == actor().account_id
    return render_template(
        "people/person.html",
        person=person,
        form=form,
        kinds=KIND_TITLES,
        roles=ROLE_TITLES,
        states=ACCOUNT_STATES,
        further=service.roles_for(person.kind, person.is_hosted),
        held=queries.roles_ever(account_id),
        others=queries.others_of(person),
        may_manage=actor().may("people.manage") and not is_own,
        may_give=actor().may("role.manage") and not is_own,
    )


@blueprint.get("/people/open")
@permitted("people.manage")
def show_open() -> ResponseReturnValue:
    """The form for a new account."""
    return render_template("people/open.html", form=_open_form())


@blueprint.post("/people/open")
@permitted("people.manage")
def open_person() -> ResponseReturnValue:
    """Open an account; the page then shows it, without roles yet."""
    form = _open_form()
    if not form.validate_on_submit():
        return render_template("people/open.html", form=form), 422
    opened: list[int] = []

    def work() -> Moved:
        opened.append(
            service.open_person(
                form.login.data, form.name.data, form.password.data, form.place.data, actor()
            )
        )
        return Moved(tuple(opened))

    try:
        once("person.open", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return render_template("people/open.html", form=form), 422
    if not opened:
        return redirect(url_for(".show"), 303)
    flash(say("person.opened"), "success")
    return redirect(url_for(".show_person", account_id=opened[0]), 303)


def _open_form() -> OpenPersonForm:
    form = OpenPersonForm()
    units = [(id_, f"{UNIT_TITLES[kind]} · {name}") for id_, kind, name in queries.places()]
    form.place.choices = [(0, KIND_TITLES["staff"]), *units]
    return form


@blueprint.post("/people/<int:account_id>/enable")
@permitted("people.manage")
def enable(account_id: int) -> ResponseReturnValue:
    """Let a person sign in again."""
    once("person.enable", lambda: service.set_active(account_id, True, actor()))
    return redirect(url_for(".show_person", account_id=account_id), 303)


@blueprint.post("/people/<int:account_id>/disable")
@permitted("people.manage")
def disable(account_id: int) -> ResponseReturnValue:
    """Stop a person from signing in, at once."""
    once("person.disable", lambda: service.set_active(account_id, False, actor()))
    return redirect(url_for(".show_person", account_id=account_id), 303)


@blueprint.post("/people/<int:account_id>/password")
@permitted("people.manage")
def set_password(account_id: int) -> ResponseReturnValue:
    """A new password for somebody who forgot theirs."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return _person(account_id, form), 422
    password = form.password.data or ""
    once("person.set_password", lambda: service.set_password(account_id, password, actor()))
    return redirect(url_for(".show_person", account_id=account_id), 303)


@blueprint.post("/people/<int:account_id>/roles/give")
@permitted("role.manage")
def give_role(account_id: int) -> ResponseReturnValue:
    """Give a role; 三员分立 is checked."""
    form = GiveRoleForm()
    if not form.validate_on_submit():
        raise Fault("role_form")
    during = Period(form.first.data or business_date(), form.last.data)
    once("role.give", lambda: service.give_role(account_id, form.role.data, actor(), during))
    return redirect(url_for(".show_person", account_id=account_id), 303)


@blueprint.post("/people/<int:account_id>/roles/end")
@permitted("role.manage")
def end_role(account_id: int) -> ResponseReturnValue:
    """Take a role back."""
    form = EndRoleForm()
    if not form.validate_on_submit():
        raise Fault("role_form")
    role, last = form.role.data, form.last.data
    once("role.end", lambda: service.end_role(account_id, role, actor(), last))
    return redirect(url_for(".show_person", account_id=account_id), 303)


@blueprint.get("/units")
@permitted("unit.read")
def units() -> ResponseReturnValue:
    """Departments, desks and sharing units of the agency."""
    return render_template("people/units.html", units=queries.units(), titles=UNIT_TITLES)


@blueprint.get("/audit")
@permitted("audit.read")
def trail() -> ResponseReturnValue:
    """The trail, newest first; person, verb and days filter, all in the address."""
    return _trail(None)


@blueprint.post("/audit/verify")
@permitted("audit.read")
@limiter.limit("6/minute", key_func=_whom)
def verify_trail() -> ResponseReturnValue:
    """Hold the whole chain against its rows. That somebody did so is on the trail as well."""
    broken = audit.broken_links()
    audit.record(actor().account_id, "audit.verify", broken=len(broken))
    return _trail(broken)


def _trail(broken: list[int] | None) -> str:
    chosen = queries.TrailFilter(
        account_id=request.args.get("person", type=int),
        verb=request.args.get("verb", ""),
        since=_day("since"),
        until=_day("until"),
    )
    page = queries.trail(chosen, place_asked())
    return render_template(
        "people/trail.html",
        page=page,
        chosen=chosen,
        names=names_of(
            id_ for row in page.rows for id_ in (row.account_id, row.detail.get("absent_id"))
        ),
        people=queries.account_names(),
        verbs=VERB_TITLES,
        subjects=SUBJECT_TITLES,
        chained=queries.chained(),
        verdict=None if broken is None else _verdict(broken),
        broken=broken or [],
    )


def _verdict(broken: list[int]) -> str:
    if broken:
        return say("trail.broken", count=len(broken), first=broken[0])
    count = queries.chained()
    return say("trail.sound", count=count) if count else say("trail.empty")


def _day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


@blueprint.get("/me")
@permitted("own.manage")
def show_own() -> ResponseReturnValue:
    """个人设置."""
    return _own(OwnPasswordForm())


@blueprint.post("/me/password")
@permitted("own.manage")
@limiter.limit("10/minute", key_func=_whom)
def change_password() -> ResponseReturnValue:
    """Change one's own password; the old one is needed."""
    form = OwnPasswordForm()
    if not form.validate_on_submit():
        return _own(form), 422
    try:
        own.change_password(current_user, form.old.data or "", form.new.data or "")
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _own(form), 422
    flash(say("password.changed"), "success")
    return redirect(url_for(".show_own"), 303)


def _own(form: OwnPasswordForm) -> str:
    roles = [ROLE_TITLES[role] for role in sorted(actor().own_roles)]
    return render_template("people/own.html", form=form, person=actor(), roles=roles)
