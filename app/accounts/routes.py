"""Sign in, sign out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from app.accounts import sign_in
from app.accounts.current import ANYONE, permitted
from app.accounts.forms import SignInForm
from app.web.limits import limiter
from tenants.messages import Fault

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@permitted(ANYONE)
def show_sign_in() -> ResponseReturnValue:
    """The sign-in page; ``?agency=`` fills in the first field."""
    form = SignInForm(agency=request.args.get("agency", type=int))
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/sign-in")
@permitted(ANYONE)
@limiter.limit("20/minute")
def sign_in_now() -> ResponseReturnValue:
    """Check the password; the answer never says which of the fields was wrong."""
    form = SignInForm()
    if form.validate_on_submit():
        given = (form.agency.data or 0, form.login.data or "", form.password.data or "")
        try:
            person = sign_in.sign_in(*given)
        except Fault as fault:
            form.form_errors.append(str(fault))
        else:
            login_user(person)
            return redirect(url_for("home.show"))
    return render_template("accounts/sign_in.html", form=form), 422


@blueprint.post("/sign-out")
@permitted("own.manage")
def sign_out_now() -> ResponseReturnValue:
    """End the session here and in the database."""
    sign_in.sign_out(current_user)
    logout_user()
    return redirect(url_for("accounts.show_sign_in"))
