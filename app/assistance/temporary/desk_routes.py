"""一次性临时救助 at the township's desk: applications of its own, and the investigation."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.accounts.current import actor, permitted
from app.assistance.temporary import applying, queries
from app.assistance.temporary.forms import (
    ApplyForm,
    ReasonForm,
    VisitForm,
    words_of_day,
)
from app.assistance.temporary.messages import (
    ARTICLE,
    GROUND_TITLES,
    PAPER_TITLES,
    PLACE_TITLES,
    PROPOSAL_TITLES,
    Fault,
)
from app.assistance.temporary.people import Applicant, application_of, law, opened
from app.cases.acts import once, revision
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.papers.forms import scans_in
from tenants.vault import vault

blueprint = Blueprint("temporary_desk", __name__, url_prefix="/assistance/temporary/desk")


@blueprint.get("")
@permitted("temporary.apply")
def index() -> ResponseReturnValue:
    """This desk's applications."""
    return render_template(
        "assistance/temporary/desk.html",
        page=queries.rows(None, place_asked()),
        places=PLACE_TITLES,
        grounds=GROUND_TITLES,
        article=ARTICLE,
    )


@blueprint.get("/new")
@permitted("temporary.apply")
def new() -> ResponseReturnValue:
    """The form."""
    return _new_page(ApplyForm())


@blueprint.post("/new")
@permitted("temporary.apply")
def apply() -> ResponseReturnValue:
    """Take an application."""
    form = ApplyForm()
    if not form.validate_on_submit():
        return _new_page(form), 422
    try:
        moved = once("temporary.apply", lambda: applying.apply(_asked(form), actor()))
    except Fault as fault:
        of_scans = fault.code.startswith("paper_") or fault.code == "temporary.unsigned"
        (form.consent.errors if of_scans else form.form_errors).append(str(fault))
        return _new_page(form), 422
    if moved is None:
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", temporary_id=moved.done[0]), 303)


def _asked(form: ApplyForm) -> applying.Asked:
    person = Applicant(
        name=form.name.data or "",
        id_number=form.id_number.data or "",
        phone=form.phone.data or "",
        is_local=form.is_local.data == "yes",
        address=form.address.data or "",
        employer=form.employer.data or "",
        left_on=words_of_day(form.left_on.data),
        bank=form.bank.data or "",
        account=form.account.data or "",
        statement=form.statement.data or "",
    )
    kinds = {"consent": form.consent, "identity": form.identity, "proof": form.proof}
    return applying.Asked(
        person=person,
        place=form.place.data,
        applied_on=form.applied_on.data,
        consent_on=form.consent_on.data,
        consent_until=form.consent_until.data,
        scans={kind: scans_in(field) for kind, field in kinds.items()},
    )


def _new_page(form: ApplyForm) -> str:
    return render_template("assistance/temporary/new.html", form=form, law=law(), article=ARTICLE)


@blueprint.get("/<int:temporary_id>")
@permitted("temporary.apply")
def show(temporary_id: int) -> ResponseReturnValue:
    """One application, and what the desk does with it."""
    return _page(temporary_id)


@blueprint.post("/<int:temporary_id>/visit")
@permitted("temporary.apply")
def investigate(temporary_id: int) -> ResponseReturnValue:
    """乡镇调查核实."""
    form, seen = VisitForm(prefix="visit"), revision()

    def work() -> Moved:
        found = applying.Found(
            form.visited_on.data,
            form.visitors.data or "",
            form.findings.data or "",
            form.proposal.data,
        )
        return applying.investigate(temporary_id, seen, found, actor())

    return _carried("temporary.investigate", temporary_id, form, work)


@blueprint.post("/<int:temporary_id>/withdraw")
@permitted("temporary.apply")
def withdraw(temporary_id: int) -> ResponseReturnValue:
    """The applicant takes it back."""
    form, seen = ReasonForm(prefix="withdraw"), revision()
    return _carried(
        "temporary.withdraw",
        temporary_id,
        form,
        lambda: applying.withdraw(temporary_id, seen, form.reason.data or "", actor()),
    )


def _carried(
    verb: str, temporary_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    application_of(temporary_id)
    if not form.validate_on_submit():
        return _page(temporary_id, form), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(temporary_id, form), 422
    return redirect(url_for(".show", temporary_id=temporary_id), 303)


def _page(temporary_id: int, wrong: FlaskForm | None = None) -> str:
    row, keys = application_of(temporary_id), vault()
    forms: dict[str, FlaskForm] = {
        "visit": VisitForm(prefix="visit", formdata=None),
        "withdraw": ReasonForm(prefix="withdraw", formdata=None),
    }
    if wrong is not None:
        forms[next(name for name, form in forms.items() if type(form) is type(wrong))] = wrong
    return render_template(
        "assistance/temporary/desk_show.html",
        row=row,
        person=opened(keys, row),
        visits=queries.visits_of(row.id, keys),
        papers=queries.papers_of(row.id),
        forms=forms,
        places=PLACE_TITLES,
        grounds=GROUND_TITLES,
        proposals=PROPOSAL_TITLES,
        paper_titles=PAPER_TITLES,
        article=ARTICLE,
    )
