"""异议 at the intake desk, and at the agency's intake officer who finds the answer it is about."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.acts import once, revision
from app.cases.paging import place_asked
from app.cases.queries import as_household
from app.objections import desk_queries, lodging, queries, taking
from app.objections.blueprint import blueprint
from app.objections.forms import LodgeForm, MatchForm, WordsForm
from app.objections.messages import NOT_KNOWN_TITLE, PAGE_TITLES
from app.objections.reading import objection_of
from app.papers.forms import scans_in
from tenants.catalogue import catalogue
from tenants.messages import Fault


@blueprint.get("/objections/lodged")
@permitted("objection.lodge")
def lodged() -> ResponseReturnValue:
    """What this desk took, and how far each is."""
    page = desk_queries.lodged(place_asked())
    return render_template("objections/lodged.html", title=PAGE_TITLES["desk"], page=page)


@blueprint.get("/cases/<int:case_id>/objection/lodge")
@permitted("objection.lodge")
def ask_lodge(case_id: int) -> ResponseReturnValue:
    """受理窗口登记异议: the form."""
    return _lodge_page(case_id, LodgeForm())


@blueprint.post("/cases/<int:case_id>/objection/lodge")
@permitted("objection.lodge")
def lodge(case_id: int) -> ResponseReturnValue:
    """Write down what the person contests, in their words, with the form they signed."""
    case, form = taking.case_of(case_id), LodgeForm()
    _offer(form, case_id)
    if not form.validate_on_submit():
        return _lodge_page(case_id, form), 422
    given = (form.subject.data, form.about.data, form.words.data or "", form.said_on.data)
    scans = scans_in(form.scans)
    try:
        once("objection.lodge", lambda: lodging.lodge(case.id, *given, actor(), scans))
    except Fault as fault:
        of_scans = fault.code.startswith("paper_") or fault.code == "objection.unsigned"
        wrong = form.scans if of_scans else None
        (wrong.errors if wrong else form.form_errors).append(str(fault))
        return _lodge_page(case_id, form), 422
    return redirect(url_for(".lodged"), 303)


def _offer(form: LodgeForm, case_id: int) -> None:
    people = cases.members([case_id]).get(case_id, ())
    form.subject.choices = [
        (member.id, member.name) for member in people if member.left_reason != "corrected"
    ]
    kinds = [(kind.number, kind.title) for kind in catalogue().kinds.values()]
    form.about.choices = [*kinds, (lodging.NOT_KNOWN, NOT_KNOWN_TITLE)]


def _lodge_page(case_id: int, form: LodgeForm) -> str:
    household = as_household(taking.case_of(case_id))
    _offer(form, case_id)
    return render_template(
        "objections/lodge.html", household=household, form=form, law=taking.law_here()
    )


@blueprint.get("/objections/<int:objection_id>/match")
@permitted("objection.take")
def ask_match(objection_id: int) -> ResponseReturnValue:
    """Which answer it is: the person's answers beside the person's words."""
    return _match_page(objection_id, MatchForm(), WordsForm(prefix="decline"))


@blueprint.post("/objections/<int:objection_id>/match")
@permitted("objection.take")
def match(objection_id: int) -> ResponseReturnValue:
    """受理: this answer is meant; it goes on like one that the agency took itself."""
    row, form, seen = objection_of(objection_id), MatchForm(), revision()
    form.finding.choices = [(a.key, a.title) for a in _answers(row.case_id, row.subject_id)]
    other = WordsForm(formdata=None, prefix="decline")
    if not form.validate_on_submit():
        return _match_page(objection_id, form, other), 422
    try:
        once(
            "objection.match",
            lambda: lodging.match(objection_id, seen, form.finding.data, actor()),
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _match_page(objection_id, form, other), 422
    return redirect(url_for(".show", objection_id=objection_id), 303)


@blueprint.post("/objections/<int:objection_id>/decline")
@permitted("objection.take")
def decline(objection_id: int) -> ResponseReturnValue:
    """不予受理, with the reason for the desk to tell."""
    objection_of(objection_id)
    form, seen = WordsForm(prefix="decline"), revision()
    if not form.validate_on_submit():
        return _match_page(objection_id, MatchForm(formdata=None), form), 422
    once(
        "objection.decline",
        lambda: lodging.decline(objection_id, seen, form.words.data or "", actor()),
    )
    return redirect(url_for(".show", objection_id=objection_id), 303)


def _answers(case_id: int, subject_id: int) -> list[queries.Contestable]:
    return [row for row in queries.contestable(case_id) if row.subject_id == subject_id]


def _match_page(objection_id: int, form: MatchForm, declining: WordsForm) -> str:
    found = queries.detail(objection_id)
    row = found.row.objection
    return render_template(
        "objections/match.html",
        found=found,
        row=row,
        answers=_answers(row.case_id, row.subject_id) if row.state == "lodged" else [],
        report=taking.report_in_force(row.case_id),
        form=form,
        declining=declining,
    )
