"""家庭变动: what changed in a household after it was listed, and recording it."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.changes import addition_routes, applications, checking_routes, persons, queries
from app.changes.blueprint import blueprint
from app.changes.forms import ApplicationForm, ConsentForm, DepartureForm, PaperForm, ScannedForm
from app.changes.messages import ADDITION_TITLES, KIND_TITLES
from app.papers.forms import scans_in
from tenants.messages import Fault

__all__ = ["addition_routes", "blueprint", "checking_routes"]

_PAGES = {"consent": "changes/consent.html", "departure": "changes/departure.html"}


@blueprint.get("/<int:case_id>/changes")
@permitted("household.change")
def show(case_id: int) -> ResponseReturnValue:
    """The household's people, what can be recorded about each, and what was."""
    return render_template(
        "changes/show.html",
        found=queries.changes_of(case_id, actor()),
        may=actor().permissions,
        kinds=KIND_TITLES,
        addition_titles=ADDITION_TITLES,
    )


@blueprint.get("/<int:case_id>/changes/<int:subject_id>/consent")
@permitted("consent.withdraw")
def ask_consent(case_id: int, subject_id: int) -> ResponseReturnValue:
    """撤回查询授权: the form."""
    return _member_page("consent", case_id, subject_id, ConsentForm())


@blueprint.post("/<int:case_id>/changes/<int:subject_id>/consent")
@permitted("consent.withdraw")
def withdraw_consent(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Record it; nothing more about the person is sent from now on, at any tier."""
    form = ConsentForm()
    queries.member_of(case_id, subject_id, actor())
    return _recorded(
        case_id,
        form,
        lambda: _member_page("consent", case_id, subject_id, form),
        "consent.withdraw",
        lambda: persons.withdraw_consent(case_id, subject_id, actor(), **_paper(form)),
    )


@blueprint.get("/<int:case_id>/changes/<int:subject_id>/departure")
@permitted("member.leave")
def ask_departure(case_id: int, subject_id: int) -> ResponseReturnValue:
    """死亡、迁出: the form."""
    return _member_page("departure", case_id, subject_id, DepartureForm())


@blueprint.post("/<int:case_id>/changes/<int:subject_id>/departure")
@permitted("member.leave")
def record_departure(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Record it; the person does not count from that day, and is not asked about."""
    form = DepartureForm()
    queries.member_of(case_id, subject_id, actor())
    return _recorded(
        case_id,
        form,
        lambda: _member_page("departure", case_id, subject_id, form),
        "member.leave",
        lambda: persons.record_departure(case_id, subject_id, actor(), **_paper(form)),
    )


@blueprint.get("/<int:case_id>/changes/application")
@permitted("application.withdraw")
def ask_application(case_id: int) -> ResponseReturnValue:
    """撤回申请: the form."""
    return _household_page(case_id, ApplicationForm())


@blueprint.post("/<int:case_id>/changes/application")
@permitted("application.withdraw")
def withdraw_application(case_id: int) -> ResponseReturnValue:
    """The household is not checked any further, at any tier."""
    form = ApplicationForm()
    queries.changes_of(case_id, actor())
    return _recorded(
        case_id,
        form,
        lambda: _household_page(case_id, form),
        "application.withdraw",
        lambda: applications.withdraw_application(case_id, actor(), **_paper(form)),
    )


def _paper(form: ScannedForm) -> dict[str, Any]:
    return {
        "on": form.on.data,
        "reason": form.reason.data,
        "remark": form.remark.data or "",
        "scans": scans_in(form.scans),
    }


def _recorded(
    case_id: int,
    form: PaperForm,
    page: Callable[[], str],
    verb: str,
    work: Callable[[], Moved],
) -> ResponseReturnValue:
    """Carry out one form's change once; what was typed is kept when it cannot be."""
    if not form.validate_on_submit():
        return page(), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return page(), 422
    return redirect(url_for("changes.show", case_id=case_id), 303)


def _member_page(kind: str, case_id: int, subject_id: int, form: PaperForm) -> str:
    household, member = queries.member_of(case_id, subject_id, actor())
    return render_template(_PAGES[kind], household=household, member=member, form=form)


def _household_page(case_id: int, form: PaperForm) -> str:
    household = queries.changes_of(case_id, actor()).household
    return render_template("changes/application.html", household=household, form=form)
