"""一次性临时救助 at human resources: what was put before it, and the city's standard."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.assistance.temporary import determining, queries, ruling
from app.assistance.temporary.forms import AnswerForm, DecideForm
from app.assistance.temporary.messages import (
    ARTICLE,
    CHECK_TITLES,
    GROUND_TITLES,
    OUTCOME_TITLES,
    PLACE_TITLES,
    PROPOSAL_TITLES,
    SOURCE_TITLES,
    Fault,
    say,
)
from app.assistance.temporary.people import law
from app.audit import service as audit
from app.cases.acts import once, revision
from app.cases.paging import place_asked
from tenants.agency.tree import agency

blueprint = Blueprint("temporary_bureau", __name__, url_prefix="/assistance/temporary/referrals")


@blueprint.get("")
@permitted("temporary.agree")
def index() -> ResponseReturnValue:
    """What was put before this bureau, the newest first."""
    return render_template(
        "assistance/temporary/referrals.html",
        page=queries.referrals(place_asked()),
        own=agency(actor().agency_id),
        grounds=GROUND_TITLES,
        article=ARTICLE,
    )


@blueprint.get("/<int:referral_id>")
@permitted("temporary.agree")
def show(referral_id: int) -> ResponseReturnValue:
    """One of them, the number of the person masked."""
    return _page(referral_id, DecideForm(formdata=None))


@blueprint.post("/<int:referral_id>/open")
@permitted("temporary.agree")
def unmask(referral_id: int) -> ResponseReturnValue:
    """With the whole number, to find the person in the bureau's own books; it is on the trail."""
    row, who = determining.referral_of(referral_id), actor()
    audit.record(
        *(who.account_id, "temporary.unmask"),
        kind="temporary_referral",
        subject_id=row.id,
        unit_id=who.unit_id,
        reason=say("temporary.unmask_why"),
    )
    return _page(referral_id, DecideForm(formdata=None), is_open=True)


@blueprint.post("/<int:referral_id>/decide")
@permitted("temporary.agree")
def decide(referral_id: int) -> ResponseReturnValue:
    """人社部门的认定."""
    determining.referral_of(referral_id)
    form = DecideForm()
    if not form.validate_on_submit():
        return _page(referral_id, form), 422
    agrees, words = form.verdict.data == "agree", form.words.data or ""
    try:
        once(
            "temporary.decide_bureau",
            lambda: determining.decide_at_bureau(
                referral_id, agrees, form.ground.data, words, actor()
            ),
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(referral_id, form), 422
    return redirect(url_for(".show", referral_id=referral_id), 303)


def _page(referral_id: int, form: DecideForm, *, is_open: bool = False) -> str:
    return render_template(
        "assistance/temporary/referral.html",
        found=queries.referred(determining.referral_of(referral_id)),
        as_day=queries.as_day,
        form=form,
        is_open=is_open,
        own=agency(actor().agency_id),
        law=law(),
        checks=CHECK_TITLES,
        outcomes=OUTCOME_TITLES,
        sources=SOURCE_TITLES,
        places=PLACE_TITLES,
        proposals=PROPOSAL_TITLES,
        grounds=GROUND_TITLES,
        article=ARTICLE,
    )


@blueprint.get("/rules")
@permitted("temporary.agree")
def rules() -> ResponseReturnValue:
    """The standards that this bureau has to answer, or has answered."""
    return _rules_page(AnswerForm(formdata=None))


@blueprint.post("/rules/<int:temporary_rule_id>")
@permitted("temporary.agree")
def answer(temporary_rule_id: int) -> ResponseReturnValue:
    """Agree to a standard, or not."""
    ruling.rule_of(temporary_rule_id)
    form, seen = AnswerForm(), revision()
    if not form.validate_on_submit():
        return _rules_page(form), 422
    agrees, words = form.verdict.data == "agree", form.words.data or ""
    once(
        "temporary.answer_rule",
        lambda: ruling.answer(temporary_rule_id, seen, agrees, words, actor()),
    )
    return redirect(url_for(".rules"), 303)


def _rules_page(form: AnswerForm) -> str:
    return render_template(
        "assistance/temporary/rules_to_answer.html",
        rules=ruling.rules(),
        form=form,
        article=ARTICLE,
    )
