"""Papers about who looked at what: the report of an inspection, and the list for the person."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.audit import service as audit
from app.cases.acts import once
from app.cases.downloads import attachment
from app.cases.models import Case
from app.cases.queries import as_household, case, members, unit_names
from app.cases.transitions import NOT_HANDED_IN
from app.intake.wording import title
from app.oversight.confidentiality.messages import UNDERTAKING_NAME
from app.oversight.inspections import look_lists, queries
from app.oversight.inspections.forms import LookListForm
from app.oversight.inspections.look_lists import FILE_KIND, Order, list_of
from app.oversight.inspections.messages import (
    ABOUT_TITLES,
    ASKED_AS_TITLES,
    FLAG_TITLES,
    LOOK_LIST_NAME,
    LOOK_TITLES,
    PROOF_TITLES,
    REPORT_NAME,
    VERDICT_TITLES,
    WORD_TITLES,
)
from app.oversight.inspections.queries import Line, Said
from app.oversight.inspections.service import inspection_of, rules_told
from app.oversight.inspections.tracing import given_away, same_person, seen_by
from app.prints.looking_messages import say
from app.prints.papers.inspection_report import InspectionPaper, Judged, compose_inspection
from app.prints.papers.look_list import LookPaper, compose_look_list
from app.prints.papers.undertaking import compose_undertaking
from app.prints.rendering import as_pdf
from tenants import files
from tenants.agency.tree import agency
from tenants.calendar import SHANGHAI, business_date
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.messages import Fault
from tenants.rulebook import rulebook
from tenants.vault import vault

blueprint = Blueprint("looking", __name__)


@blueprint.get("/cases/<int:case_id>/look-lists")
@permitted("look_list.order")
def show(case_id: int) -> ResponseReturnValue:
    """谁查看过: what was asked for about a household, and the form."""
    return _page(case_id, LookListForm(first_on=business_date().replace(day=1)))


@blueprint.post("/cases/<int:case_id>/look-lists")
@permitted("look_list.order")
def order(case_id: int) -> ResponseReturnValue:
    """Write down who asked; the worker makes the paper."""
    household, form = _case(case_id), LookListForm()
    form.subject.choices = [SelectChoice(*pair) for pair in _people(case_id)]
    if not form.validate_on_submit() or not form.first_on.data or not form.last_on.data:
        return _page(case_id, form), 422
    wanted = Order(
        *(form.subject.data, form.asked_as.data, form.proof.data),
        *(form.first_on.data, form.last_on.data),
    )
    try:
        once("look_list.order", lambda: look_lists.order(household.id, wanted, actor()))
    except Fault as fault:
        form.first_on.errors = [str(fault)]
        return _page(case_id, form), 422
    return redirect(url_for(".show", case_id=case_id), 303)


def _case(case_id: int) -> Case:
    return case(case_id, Case.state.not_in(NOT_HANDED_IN))


def _people(case_id: int) -> list[tuple[int, str]]:
    found = members([case_id]).get(case_id, ())
    return [(member.id, f"{member.name} {member.id_number}") for member in found]


def _page(case_id: int, form: LookListForm) -> str:
    row, people = _case(case_id), _people(case_id)
    known = look_lists.lists_of(case_id)
    form.subject.choices = [SelectChoice(*pair) for pair in people]
    return render_template(
        "oversight/inspections/look_lists.html",
        household=as_household(row),
        form=form,
        people=dict(people),
        rows=known,
        names=names_of(one.asked_by for one in known),
        asked_as=ASKED_AS_TITLES,
        proofs=PROOF_TITLES,
    )


@blueprint.post("/look-lists/<int:look_list_id>/download")
@permitted("look_list.order")
def download(look_list_id: int) -> ResponseReturnValue:
    """The paper, for the person at the desk."""
    row = list_of(look_list_id)
    try:
        stored = look_lists.download(look_list_id, actor())
    except Fault as fault:
        form = LookListForm(first_on=row.first_on)
        form.form_errors.append(str(fault))
        return _page(row.case_id, form), 422
    return attachment(stored.data, LOOK_LIST_NAME)


def make_look_list(look_list_id: int) -> None:
    """Put the list on paper, once; the worker's, in the agency's own scope."""
    row = list_of(look_list_id)
    if row.file_id is not None:
        return
    people = same_person(row.subject_id)
    own = next(one for one in people if one.id == row.subject_id)
    opened = vault().open("subject", own.id, own.sealed)
    household = case(row.case_id)
    seen = seen_by(people, row.first_on, row.last_on)
    paper = LookPaper(
        agency=agency(row.agency_id).name,
        person=opened["name"],
        number=mask_id_number(opened["id_number"]),
        asked_as=ASKED_AS_TITLES[row.asked_as],
        proof=PROOF_TITLES[row.proof],
        first=row.first_on,
        last=row.last_on,
        asked_on=row.asked_on,
        purpose=title("scheme", household.scheme),
        seen=seen,
        given=given_away(people, row.first_on, row.last_on),
    )
    pdf = as_pdf([compose_look_list(paper)])
    place = {"unit_id": row.unit_id, "desk_id": row.desk_id}
    row.file_id = files.store(FILE_KIND, LOOK_LIST_NAME, pdf, **place)
    row.looks = len(seen)
    db.session.flush()


@blueprint.post("/prints/inspections/<int:inspection_id>")
@permitted("inspection.read")
def report(inspection_id: int) -> ResponseReturnValue:
    """检查报告 of an inspection that is over."""
    row, who = inspection_of(inspection_id), actor()
    if row.ended_on is None:
        raise Fault("inspection.not_ended")
    lines = queries.all_items(row.id)
    said = queries.said_about([line.item.id for line in lines])
    names = names_of([row.opened_by, row.ended_by])
    paper = InspectionPaper(
        agency=agency(row.agency_id).name,
        number=row.number,
        about=ABOUT_TITLES[row.about],
        unit=unit_names().get(row.source_unit_id, ""),
        first=row.first_on,
        last=row.last_on,
        purpose=row.purpose,
        population=row.population,
        flagged=row.flagged,
        drawn=len(lines) - row.flagged,
        seed=row.seed,
        opened_on=row.opened_on,
        opened_by=names.get(row.opened_by, ""),
        ended_on=row.ended_on,
        ended_by=names.get(row.ended_by or 0, ""),
        verdicts=_tally(lines),
        rules=rules_told(row),
        conclusion=row.conclusion,
        follow_up=row.follow_up,
        items=[_judged(line, said.get(line.item.id, []), row.about) for line in lines],
    )
    audit.record(
        who.account_id, "print.inspection", kind="inspection", subject_id=row.id, count=len(lines)
    )
    pdf = as_pdf([compose_inspection(paper)])
    return attachment(pdf, REPORT_NAME.format(number=row.number))


def _tally(lines: list[Line]) -> dict[str, int]:
    found = {words: 0 for code, words in VERDICT_TITLES.items() if code}
    for line in lines:
        found[VERDICT_TITLES[line.item.verdict]] += 1
    return found


def _judged(line: Line, said: list[Said], about: str) -> Judged:
    item = line.item
    # What was shared has a day and no time.
    form = "%Y-%m-%d" if about == "sharing" else "%Y-%m-%d %H:%M"
    return Judged(
        at=item.at.astimezone(SHANGHAI).strftime(form),
        who=f"{line.place} {line.who}".strip() or say("print.inspection.by_system"),
        what=LOOK_TITLES[item.verb] + (f" {line.unit}" if line.unit else ""),
        number=item.number,
        why=say("print.inspection.join").join(FLAG_TITLES[flag] for flag in item.flags)
        or say("print.inspection.by_draw"),
        verdict=VERDICT_TITLES[item.verdict],
        said=tuple((WORD_TITLES[word.kind], word.words) for word in said),
    )


@blueprint.post("/prints/undertaking")
@permitted("confidentiality.keep")
def print_undertaking() -> ResponseReturnValue:
    """保密承诺书, blank, to be signed."""
    own = agency(actor().agency_id)
    pdf = as_pdf([compose_undertaking(own.name, rulebook(own.province).legal_basis)])
    return attachment(pdf, UNDERTAKING_NAME)
