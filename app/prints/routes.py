"""Papers to print: for lists, for entrustments, for a request, for a closed case.

Private bytes go out: each one is a POST, and its audit row is committed before the bytes leave.
"""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, and_

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases import queries as cases
from app.cases.acts import chosen_ids
from app.cases.downloads import attachment
from app.cases.models import Case
from app.cases.paging import place_asked
from app.intake import queries as intake
from app.prints import filing, gathering, names
from app.prints.forms import LetterForm
from app.prints.papers.archive_cover import compose_archive_cover
from app.prints.papers.assessment import compose_assessment
from app.prints.papers.authorisation import compose_authorisation
from app.prints.papers.content import Household
from app.prints.papers.delivery_note import compose_delivery_note
from app.prints.papers.home_visit import compose_home_visit
from app.prints.papers.letter import compose_letter
from app.prints.papers.notice import compose_notice
from app.prints.papers.subject_list import compose_list
from app.prints.papers.summary import compose_summary
from app.prints.rendering import as_pdf
from app.report.paper.blocks import Draft
from tenants.calendar import business_date
from tenants.database import any_of

blueprint = Blueprint("prints", __name__, url_prefix="/prints")

HOUSEHOLDS_PER_PAGE = 30


@blueprint.get("/lists/<int:list_id>")
@permitted("list.read")
def for_list(list_id: int) -> ResponseReturnValue:
    """The households of a list, to print papers for those ticked."""
    kept, row = intake.list_of(list_id, actor())
    page = cases.households(
        Case.list_id == kept.id, place_asked(), ascending=True, limit=HOUSEHOLDS_PER_PAGE
    )
    return render_template("prints/list.html", row=row, page=page)


@blueprint.post("/lists/<int:list_id>/authorisations")
@permitted("list.read")
def authorisations(list_id: int) -> Response:
    """查询授权书 for everybody of the households ticked."""
    found, law = gathering.few_households(_ticked(list_id)), gathering.law(actor())
    papers = [compose_authorisation(h, person, law) for h in found for person in h.present]
    return _of_list("print.authorisations", list_id, papers, names.AUTHORISATIONS)


@blueprint.post("/lists/<int:list_id>/notices")
@permitted("list.read")
def notices(list_id: int) -> Response:
    """告知单 for the households ticked."""
    found, law = gathering.few_households(_ticked(list_id)), gathering.law(actor())
    papers = [compose_notice(household, law) for household in found]
    return _of_list("print.notices", list_id, papers, names.NOTICES)


@blueprint.post("/lists/<int:list_id>/home-visits")
@permitted("list.read")
def home_visits(list_id: int) -> Response:
    """入户调查表 for the households ticked."""
    papers = [compose_home_visit(h) for h in gathering.few_households(_ticked(list_id))]
    return _of_list("print.home_visits", list_id, papers, names.HOME_VISITS)


@blueprint.post("/lists/<int:list_id>/assessment")
@permitted("list.read")
def list_assessment(list_id: int) -> Response:
    """民主评议: the conclusion of each household ticked, nothing else."""
    papers = [_assessment(gathering.households(_ticked(list_id)))]
    return _of_list("print.assessment", list_id, papers, names.ASSESSMENT)


def _ticked(list_id: int) -> ColumnElement[bool]:
    """The households ticked, of a list of this person's own."""
    kept, _row = intake.list_of(list_id, actor())
    return and_(Case.list_id == kept.id, Case.id == any_of(chosen_ids().ids))


def _of_list(verb: str, list_id: int, papers: Sequence[Draft], name: str) -> Response:
    return _print(verb, "subject_list", list_id, papers, name)


@blueprint.get("/entrustments/new")
@permitted("entrustment.submit")
def before_sealing() -> ResponseReturnValue:
    """The letter and the list as they will be sealed."""
    return _before_sealing_page(LetterForm())


@blueprint.post("/entrustments/new/letter")
@permitted("entrustment.submit")
def letter_to_seal() -> ResponseReturnValue:
    """核对委托书 for the lists ticked."""
    return _to_seal("letter")


@blueprint.post("/entrustments/new/list")
@permitted("entrustment.submit")
def list_to_seal() -> ResponseReturnValue:
    """核对名单 of the lists ticked, with room for the seal on each page."""
    return _to_seal("list")


def _to_seal(paper: str) -> ResponseReturnValue:
    form = LetterForm()
    if not form.validate_on_submit():
        return _before_sealing_page(form), 422
    number = (form.letter_number.data or "").strip()
    found = gathering.to_be_entrusted(chosen_ids().ids, number, form.letter_on.data, actor())
    if paper == "letter":
        made, name = compose_letter(found, gathering.law(actor())), names.LETTER
    else:
        made, name = compose_list(found), names.SUBJECT_LIST
    return _print(f"print.{paper}", "", 0, [made], name)


def _before_sealing_page(form: LetterForm) -> str:
    return render_template(
        "prints/before_sealing.html", form=form, lists=intake.prepared_lists(actor())
    )


@blueprint.get("/entrustments/<int:entrustment_id>")
@permitted("entrustment.read")
def for_entrustment(entrustment_id: int) -> ResponseReturnValue:
    """What can be printed of a submitted entrustment."""
    return render_template("prints/entrustment.html", row=intake.entrustment_row(entrustment_id))


@blueprint.post("/entrustments/<int:entrustment_id>/letter")
@permitted("entrustment.read")
def letter(entrustment_id: int) -> Response:
    """核对委托书 as it was entrusted."""
    made = compose_letter(gathering.entrusted(entrustment_id), gathering.law(actor()))
    return _of_entrustment("print.letter", entrustment_id, made, names.LETTER)


@blueprint.post("/entrustments/<int:entrustment_id>/list")
@permitted("entrustment.read")
def subject_list(entrustment_id: int) -> Response:
    """核对名单 as it was entrusted."""
    made = compose_list(gathering.entrusted(entrustment_id))
    return _of_entrustment("print.list", entrustment_id, made, names.SUBJECT_LIST)


@blueprint.post("/entrustments/<int:entrustment_id>/assessment")
@permitted("entrustment.read")
def assessment(entrustment_id: int) -> Response:
    """民主评议: the conclusion of each household, nothing else."""
    made = _assessment(gathering.entrusted(entrustment_id).households)
    return _of_entrustment("print.assessment", entrustment_id, made, names.ASSESSMENT)


@blueprint.post("/entrustments/<int:entrustment_id>/summary")
@permitted("entrustment.read")
def summary(entrustment_id: int) -> Response:
    """汇总表 for the department."""
    return _summary(entrustment_id)


@blueprint.post("/batches/<int:entrustment_id>/summary")
@permitted("case.read")
def batch_summary(entrustment_id: int) -> Response:
    """汇总表 for the agency."""
    return _summary(entrustment_id)


def _summary(entrustment_id: int) -> Response:
    row = intake.entrustment_row(entrustment_id)
    ends = filing.ends_of(row.id)
    made = compose_summary(gathering.entrusted(row.id), ends, business_date())
    return _of_entrustment("print.summary", row.id, made, names.SUMMARY)


def _assessment(found: Sequence[Household]) -> Draft:
    """The sheet is the desk's when all its households are, else the department's."""
    desks = {household.desk for household in found}
    place = desks.pop() if len(desks) == 1 else ""
    return compose_assessment(place or found[0].department, found[0].period, tuple(found))


def _of_entrustment(verb: str, entrustment_id: int, paper: Draft, name: str) -> Response:
    return _print(verb, "entrustment", entrustment_id, [paper], name)


@blueprint.post("/requests/<int:request_id>/delivery-note")
@permitted("exchange.operate")
def delivery_note(request_id: int) -> Response:
    """交接单 for the medium of a request; the password is not on it."""
    found = filing.delivery(request_id)
    name = names.DELIVERY_NOTE.format(number=found.number)
    papers = [compose_delivery_note(found)]
    return _print("print.delivery_note", "request", request_id, papers, name)


@blueprint.post("/cases/<int:case_id>/archive-cover")
@permitted("case.read")
def archive_cover(case_id: int) -> Response:
    """档案封面 of a closed case."""
    found = filing.archive(case_id)
    name = names.ARCHIVE_COVER.format(number=found.household.number)
    return _print("print.archive_cover", "case", case_id, [compose_archive_cover(found)], name)


def _print(verb: str, kind: str, id_: int, papers: Sequence[Draft], name: str) -> Response:
    """The file, after its audit row: who printed what of which object, and how many papers."""
    who = actor()
    audit.record(
        who.account_id, verb, kind=kind, subject_id=id_, unit_id=who.unit_id, count=len(papers)
    )
    return attachment(as_pdf(papers), name)
