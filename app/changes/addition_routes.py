"""追加成员, 更正, 重新授权 at the commissioning unit: the forms, judged by the list's rules."""

from collections.abc import Callable, Mapping, Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.models import Case, Subject
from app.changes import additions, queries
from app.changes.additions import Paper
from app.changes.blueprint import blueprint
from app.changes.forms import (
    ConsentAnewForm,
    ConsentedForm,
    CorrectionForm,
    HouseholdPapersForm,
    MemberForm,
)
from app.changes.judging import has_faults, judged_answer
from app.changes.recording import subject_of
from app.papers.forms import scans_in
from tenants.messages import Fault

_CORRECTED = ("name", "id_type", "id_number", "authorised_on", "authorisation_expires_on")
_RENEWED = (
    *("authorised_on", "authorisation_expires_on", "authorisation_scope"),
    *("guardian_name", "guardian_relation", "guardian_id_number"),
)
_NOT_OF_THE_LIST = (
    *("reason", "on", "remark", "paper", "csrf_token"),
    *("scans", "authorisation_scans", "register_scans", "marriage_scans"),
)


@blueprint.get("/<int:case_id>/changes/member")
@permitted("member.add")
def ask_member(case_id: int) -> ResponseReturnValue:
    """追加成员: the form."""
    additions.open_case(case_id, actor())
    return _member_form(case_id, MemberForm())


@blueprint.post("/<int:case_id>/changes/member")
@permitted("member.add")
def add_member(case_id: int) -> ResponseReturnValue:
    """Record somebody who came into the household; the agency checks it before asking."""
    form, case = MemberForm(), additions.open_case(case_id, actor())
    typed = _member_typed(form)
    return _recorded(
        case,
        form,
        additions.member_row(case, typed),
        None,
        lambda: _member_form(case_id, form),
        "member.add",
        lambda: additions.add_member(case_id, typed, actor(), _paper(form)),
    )


@blueprint.post("/<int:case_id>/changes/member/judge")
@permitted("member.add")
def judge_member(case_id: int) -> ResponseReturnValue:
    """Say what is wrong with what was typed so far, for the script; nothing is kept."""
    form, case = MemberForm(), additions.open_case(case_id, actor())
    has_faults(form, case, additions.member_row(case, _member_typed(form)), None)
    return judged_answer(form)


@blueprint.get("/<int:case_id>/changes/<int:subject_id>/correction")
@permitted("member.add")
def ask_correction(case_id: int, subject_id: int) -> ResponseReturnValue:
    """更正证件号码、姓名: the form."""
    _, subject = _person(case_id, subject_id)
    form = CorrectionForm()
    row = additions.corrected_row(additions.open_case(case_id, actor()), subject, {})
    form.name.data, form.id_type.data = row["name"], row["id_type"]
    return _person_form("changes/correction.html", case_id, subject_id, form)


@blueprint.post("/<int:case_id>/changes/<int:subject_id>/correction")
@permitted("member.add")
def correct(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Record it; under a wrong number nothing more is asked from now on, at any tier."""
    form = CorrectionForm()
    case, subject = _person(case_id, subject_id)
    typed = _typed(form, _CORRECTED)
    return _recorded(
        case,
        form,
        additions.corrected_row(case, subject, typed),
        subject,
        lambda: _person_form("changes/correction.html", case_id, subject_id, form),
        "person.correct",
        lambda: additions.correct(case_id, subject_id, typed, actor(), _paper(form)),
    )


@blueprint.post("/<int:case_id>/changes/<int:subject_id>/correction/judge")
@permitted("member.add")
def judge_correction(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Say what is wrong with what was typed so far, for the script; nothing is kept."""
    form = CorrectionForm()
    case, subject = _person(case_id, subject_id)
    row = additions.corrected_row(case, subject, _typed(form, _CORRECTED))
    has_faults(form, case, row, subject)
    return judged_answer(form)


@blueprint.get("/<int:case_id>/changes/<int:subject_id>/consent-anew")
@permitted("member.add")
def ask_consent_anew(case_id: int, subject_id: int) -> ResponseReturnValue:
    """重新授权: the form."""
    _person(case_id, subject_id)
    return _person_form("changes/consent_anew.html", case_id, subject_id, ConsentAnewForm())


@blueprint.post("/<int:case_id>/changes/<int:subject_id>/consent-anew")
@permitted("member.add")
def give_consent_anew(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Record a new authorisation; what was stopped is asked again once it is checked."""
    form = ConsentAnewForm()
    case, subject = _person(case_id, subject_id)
    typed = _typed(form, _RENEWED)
    return _recorded(
        case,
        form,
        additions.renewed_row(case, subject, typed),
        subject,
        lambda: _person_form("changes/consent_anew.html", case_id, subject_id, form),
        "consent.renew",
        lambda: additions.give_consent_anew(case_id, subject_id, typed, actor(), _paper(form)),
    )


@blueprint.post("/<int:case_id>/changes/<int:subject_id>/consent-anew/judge")
@permitted("member.add")
def judge_consent_anew(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Say what is wrong with what was typed so far, for the script; nothing is kept."""
    form = ConsentAnewForm()
    case, subject = _person(case_id, subject_id)
    row = additions.renewed_row(case, subject, _typed(form, _RENEWED))
    has_faults(form, case, row, subject)
    return judged_answer(form)


def _person(case_id: int, subject_id: int) -> tuple[Case, Subject]:
    case = additions.open_case(case_id, actor())
    return case, subject_of(case, subject_id)


def _member_typed(form: MemberForm) -> dict[str, str]:
    return _typed(form, [field.name for field in form if field.name not in _NOT_OF_THE_LIST])


def _typed(form: ConsentedForm, keys: Sequence[str]) -> dict[str, str]:
    return {key: (form[key].data or "").strip() for key in keys}


def _paper(form: ConsentedForm) -> Paper:
    reason = form.data.get("reason") or ""
    register, marriage = (
        (form.register_scans, form.marriage_scans)
        if isinstance(form, HouseholdPapersForm)
        else (None, None)
    )
    return Paper(
        form.on.data,
        reason,
        form.remark.data or "",
        scans=tuple(scans_in(form.scans)),
        authorisation=tuple(scans_in(form.authorisation_scans)),
        register=tuple(scans_in(register)) if register else (),
        marriage=tuple(scans_in(marriage)) if marriage else (),
    )


def _recorded(
    case: Case,
    form: ConsentedForm,
    row: Mapping[str, str],
    instead_of: Subject | None,
    page: Callable[[], str],
    verb: str,
    work: Callable[[], Moved],
) -> ResponseReturnValue:
    """Judge what was typed by the rules of the list, then record it once."""
    if has_faults(form, case, row, instead_of):
        return page(), 422
    try:
        once(verb, work)
    except Fault as fault:
        if fault.code.startswith("paper_"):
            form.scans.errors = [str(fault)]
        else:
            form.form_errors.append(str(fault))
        return page(), 422
    return redirect(url_for("changes.show", case_id=case.id), 303)


def _member_form(case_id: int, form: MemberForm) -> str:
    household = queries.changes_of(case_id, actor()).household
    return render_template("changes/member.html", household=household, form=form)


def _person_form(template: str, case_id: int, subject_id: int, form: ConsentedForm) -> str:
    household, member = queries.member_of(case_id, subject_id, actor())
    return render_template(template, household=household, member=member, form=form)
