"""举报 for anybody: no sign-in, no name. The only pages on which strangers write.

Limited by address, with a small sum; what is written goes into the agency's box in the public
role, which cannot read it. Nothing here says whether a number or a code is the wrong one.
"""

from collections.abc import Callable

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import ANYONE, permitted
from app.oversight.tipoffs import informing, proof
from app.oversight.tipoffs.codes import code_from, read_code, shown
from app.oversight.tipoffs.forms import AddForm, FollowForm, TellForm
from app.oversight.tipoffs.messages import OUTCOME_TITLES, PUBLIC_STATES, WORD_TITLES
from app.web.limits import limiter
from tenants.agency.models import Agency
from tenants.messages import Fault
from tenants.rulebook import rulebook

blueprint = Blueprint("tip_off", __name__, url_prefix="/tip-off")

TOLD_BY_ADDRESS = "5/minute;30/day"
FOLLOWED_BY_ADDRESS = "10/minute;200/day"
TOLD_BY_AGENCY = "400/hour"
"""However many addresses a flood comes from, an agency's register takes no more."""


def _of_agency() -> str:
    return f"tip-off {(request.view_args or {}).get('agency_id', 0)}"


@blueprint.get("/<int:agency_id>")
@permitted(ANYONE)
@limiter.limit("60/minute")
def new(agency_id: int) -> ResponseReturnValue:
    """The form."""
    return _tell_page(informing.agency_told(agency_id), TellForm())


@blueprint.post("/<int:agency_id>")
@permitted(ANYONE)
@limiter.limit(TOLD_BY_ADDRESS)
@limiter.limit(TOLD_BY_AGENCY, key_func=_of_agency)
def tell(agency_id: int) -> ResponseReturnValue:
    """Register it; the code is shown on the page that answers, and never again."""
    told_to, form = informing.agency_told(agency_id), TellForm()
    if not form.validate_on_submit():
        return _tell_page(told_to, form), 422
    try:
        nonce = proof.judge(_secret(), form.proof.data or "", form.answer.data or "")
    except Fault as fault:
        form.answer.errors = [str(fault)]
        return _tell_page(told_to, form), 422
    code = code_from(_secret(), nonce)
    words, who = (form.words.data or "").strip(), (form.who.data or "").strip()
    told = informing.tell(told_to.id, form.about.data, words, who, code, nonce)
    return render_template(
        "oversight/tipoffs/receipt.html", agency=told_to, told=told, code=shown(code)
    )


def _tell_page(told_to: Agency, form: TellForm) -> str:
    question = proof.ask(_secret())
    form.proof.data = form.proof.raw_data = question.token
    form.answer.data = ""
    form.answer.label.text = question.words
    return render_template(
        "oversight/tipoffs/tell.html",
        agency=told_to,
        form=form,
        law=rulebook(told_to.province).tip_off_days,
    )


@blueprint.get("/<int:agency_id>/follow")
@permitted(ANYONE)
@limiter.limit("60/minute")
def ask(agency_id: int) -> ResponseReturnValue:
    """Where number and code are typed in."""
    return _ask_page(informing.agency_told(agency_id), FollowForm())


@blueprint.post("/<int:agency_id>/follow")
@permitted(ANYONE)
@limiter.limit(FOLLOWED_BY_ADDRESS)
def follow(agency_id: int) -> ResponseReturnValue:
    """How it stands, what is asked, what was answered."""
    told_to, form = informing.agency_told(agency_id), FollowForm()
    if not form.validate_on_submit():
        return _ask_page(told_to, form), 422
    number, code = (form.number.data or "").strip(), read_code(form.code.data or "")
    return _found(told_to, form, lambda: _followed(told_to, number, code))


@blueprint.post("/<int:agency_id>/add")
@permitted(ANYONE)
@limiter.limit(TOLD_BY_ADDRESS)
@limiter.limit(TOLD_BY_AGENCY, key_func=_of_agency)
def add(agency_id: int) -> ResponseReturnValue:
    """Something more from whoever has the code."""
    told_to, form = informing.agency_told(agency_id), AddForm()
    number, code = (form.number.data or "").strip(), read_code(form.code.data or "")
    if not form.validate_on_submit():
        fields = (form.number, form.code)
        if any(field.errors for field in fields):
            return redirect(url_for(".ask", agency_id=told_to.id), 303)
        return _found(told_to, form, lambda: _followed(told_to, number, code, form), status=422)

    def work() -> str:
        words = (form.words.data or "").strip()
        informing.add(told_to.id, number, code, words, form.once.data or "")
        return _followed(told_to, number, code, is_added=True)

    return _found(told_to, form, work)


def _found(
    told_to: Agency, form: FollowForm, work: Callable[[], str], *, status: int = 200
) -> ResponseReturnValue:
    try:
        return work(), status
    except Fault as fault:
        again = FollowForm(formdata=None, number=form.number.data)
        again.form_errors.append(str(fault))
        return _ask_page(told_to, again), 422


def _followed(
    told_to: Agency, number: str, code: str, form: AddForm | None = None, *, is_added: bool = False
) -> str:
    found = informing.follow(told_to.id, number, code)
    form = form or AddForm(formdata=None)
    form.number.data, form.code.data = number, code
    return render_template(
        "oversight/tipoffs/followed.html",
        agency=told_to,
        found=found,
        form=form,
        is_added=is_added,
        states=PUBLIC_STATES,
        outcomes=OUTCOME_TITLES,
        word_titles=WORD_TITLES,
    )


def _ask_page(told_to: Agency, form: FollowForm) -> str:
    return render_template("oversight/tipoffs/follow.html", agency=told_to, form=form)


def _secret() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()
