"""What the agency publishes about itself: the page of its head."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.public.contacts import contact, publish
from app.public.forms import ContactForm
from app.public.models import CONTACT_FIELDS
from tenants.messages import say

blueprint = Blueprint("public_contact", __name__)


@blueprint.get("/public-contact")
@permitted("contact.publish")
def show() -> ResponseReturnValue:
    """The form with what is published now."""
    return _page(ContactForm(data=contact()))


@blueprint.post("/public-contact")
@permitted("contact.publish")
def change() -> ResponseReturnValue:
    """Publish."""
    form = ContactForm()
    if not form.validate_on_submit():
        return _page(form), 422
    said = {name: form[name].data or "" for name in CONTACT_FIELDS}

    def work() -> Moved:
        publish(said, actor())
        return Moved(())

    if once("contact.publish", work, quiet=True) is not None:
        flash(say("public.published"), "success")
    return redirect(url_for(".show"), 303)


def _page(form: ContactForm) -> str:
    return render_template("public/contact.html", form=form, agency_id=actor().agency_id)
