"""邮件提醒: one's own address and consent, and the security administrator's page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.paging import place_asked
from app.mail import queries, service
from app.mail.forms import CodeForm, PreferenceForm
from app.mail.messages import FAILURES, STATES, WANT_TITLES, say
from app.mail.rules import NOTHING
from app.mail.server import mail_server
from tenants.messages import Fault

blueprint = Blueprint("mail", __name__)


@blueprint.get("/me/mail")
@permitted("own.manage")
def show_own() -> ResponseReturnValue:
    """What one gets by e-mail, and where."""
    kept = queries.preference(actor().account_id)
    wants = kept.wants if kept else NOTHING
    form = PreferenceForm(formdata=None, wants=wants, address=queries.address_of(kept))
    return _own_page(form, CodeForm(formdata=None))


@blueprint.post("/me/mail")
@permitted("own.manage")
def save_own() -> ResponseReturnValue:
    """Agree, change the address, or end it."""
    form = PreferenceForm()
    if not form.validate_on_submit():
        return _own_page(form, CodeForm(formdata=None)), 422
    wants = form.wants.data
    try:
        once("mail.save", lambda: service.save(wants, form.address.data or "", actor()), quiet=True)
    except Fault as fault:
        form.address.errors = [str(fault)]
        return _own_page(form, CodeForm(formdata=None)), 422
    kept = queries.preference(actor().account_id)
    is_waiting = kept is not None and kept.wants != NOTHING and kept.confirmed_at is None
    said = "mail.ended" if wants == NOTHING else "mail.code_sent" if is_waiting else "mail.kept"
    flash(say(said), "success")
    return redirect(url_for(".show_own"), 303)


@blueprint.post("/me/mail/code")
@permitted("own.manage")
def confirm_own() -> ResponseReturnValue:
    """The code that came to the address."""
    form = CodeForm()
    kept = queries.preference(actor().account_id)
    stands = PreferenceForm(
        formdata=None,
        wants=kept.wants if kept else NOTHING,
        address=queries.address_of(kept),
    )
    if not form.validate_on_submit():
        return _own_page(stands, form), 422
    try:
        service.confirm(form.code.data or "", actor())
    except Fault as fault:
        form.code.errors = [str(fault)]
        return _own_page(stands, form), 422
    flash(say("mail.confirmed"), "success")
    return redirect(url_for(".show_own"), 303)


def _own_page(form: PreferenceForm, code_form: CodeForm) -> str:
    return render_template(
        "mail/own.html",
        form=form,
        code_form=code_form,
        kept=queries.preference(actor().account_id),
        is_set_up=mail_server() is not None,
        is_on=queries.is_on(),
    )


@blueprint.get("/people/mail")
@permitted("mail.oversee")
def show() -> ResponseReturnValue:
    """Who gets e-mail where, what became of the last one, and the agency's switch."""
    return render_template(
        "mail/people.html",
        page=queries.reached(place_asked()),
        wants=WANT_TITLES,
        states=STATES,
        failures=FAILURES,
        server=mail_server(),
        is_on=queries.is_on(),
    )


@blueprint.post("/people/mail/switch")
@permitted("mail.oversee")
def switch() -> ResponseReturnValue:
    """Switch e-mail of the agency on or off."""
    is_on = request.form.get("on") == "1"
    once("mail.switch", lambda: service.switch(is_on, actor()), quiet=True)
    flash(say("mail.on" if is_on else "mail.off"), "success")
    return redirect(url_for(".show"), 303)
