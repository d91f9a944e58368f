"""Papers to print: for lists, for entrustments, for a request, for a closed case.

Private bytes go out: each one is a POST, and its audit row is committed before the bytes leave.
"""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.current import DECLARED, actor, permitted
from app.audit import service as audit
from app.cases import queries as cases
from app.cases.acts import chosen_ids
from app.cases.bulk import condition_of, picked
from app.cases.downloads import attachment
from app.cases.filtering import highest_case
from app.cases.models import Case
from app.cases.paging import place_asked
from app.intake import queries as intake
from app.made.asking import asked_for
from app.made.service import Wanted
from app.prints import filing, gathering, names, periodic
from app.prints.forms import LetterForm
from app.prints.ordering import NAMES, Order, drafts
from app.prints.papers.archive_cover import compose_archive_cover
from app.prints.papers.delivery_note import compose_delivery_note
from app.prints.rendering import as_pdf
from app.report.paper.blocks import Draft

blueprint = Blueprint("prints", __name__, url_prefix="/prints")

HOUSEHOLDS_PER_PAGE = 30
MOST_NAMED = 200
"""Households that a row of the trail names; where there are more, it counts for the whole list."""


@blueprint.get("/lists/<int:list_id>")
@permitted("list.read")
def for_list(list_id: int) -> ResponseReturnValue:
    """The households of a list, to print papers for those ticked or for all."""
    kept, row = intake.list_of(list_id, actor())
    of_list = Case.list_id == kept.id
    page = cases.households(of_list, place_asked(), ascending=True, limit=HOUSEHOLDS_PER_PAGE)
    matching, upper = highest_case(of_list) if page.previous or page.next else (0, 0)
    return render_template("prints/list.html", row=row, page=page, matching=matching, upper=upper)


@blueprint.post("/lists/<int:list_id>/authorisations")
@permitted("list.read")
def authorisations(list_id: int) -> ResponseReturnValue:
    """查询授权书 for everybody of the households ticked."""
    return _of_list("authorisations", list_id)


@blueprint.post("/lists/<int:list_id>/notices")
@permitted("list.read")
def notices(list_id: int) -> ResponseReturnValue:
    """告知单 for the households ticked."""
    return _of_list("notices", list_id)


@blueprint.post("/lists/<int:list_id>/home-visits")
@permitted("list.read")
def home_visits(list_id: int) -> ResponseReturnValue:
    """入户调查表 for the households ticked."""
    return _of_list("home_visits", list_id)


@blueprint.post("/lists/<int:list_id>/assessment")
@permitted("list.read")
def list_assessment(list_id: int) -> ResponseReturnValue:
    """民主评议: the conclusion of each household ticked, nothing else."""
    return _of_list("assessment", list_id)


def _of_list(paper: str, list_id: int) -> ResponseReturnValue:
    """A paper for the households ticked, of a list of this person's own."""
    kept, _row = intake.list_of(list_id, actor())
    ticked = condition_of(picked(Case.list_id == kept.id))
    order = Order(paper, tuple(gathering.chosen(Case.list_id == kept.id, ticked)))
    return _printed(order, "subject_list", kept.id)


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
    lists, who = chosen_ids().ids, actor()
    waiting = tuple(gathering.waiting_in(lists, who))
    for list_id in lists[1:]:
        audit.record(
            *(who.account_id, f"print.{paper}"),
            kind="subject_list",
            subject_id=list_id,
            unit_id=who.unit_id,
            **_printed_of(waiting),
        )
    order = Order(paper, waiting, number=number, on=form.letter_on.data)
    return _printed(order, "subject_list", lists[0])


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
def letter(entrustment_id: int) -> ResponseReturnValue:
    """核对委托书 as it was entrusted."""
    return _of_entrustment("letter", entrustment_id)


@blueprint.post("/entrustments/<int:entrustment_id>/list")
@permitted("entrustment.read")
def subject_list(entrustment_id: int) -> ResponseReturnValue:
    """核对名单 as it was entrusted."""
    return _of_entrustment("list", entrustment_id)


@blueprint.post("/entrustments/<int:entrustment_id>/assessment")
@permitted("entrustment.read")
def assessment(entrustment_id: int) -> ResponseReturnValue:
    """民主评议: the conclusion of each household, nothing else."""
    return _of_entrustment("assessment", entrustment_id)


@blueprint.post("/entrustments/<int:entrustment_id>/summary")
@permitted("entrustment.read")
def summary(entrustment_id: int) -> ResponseReturnValue:
    """汇总表 for the department."""
    return _of_entrustment("summary", intake.entrustment_row(entrustment_id).id)


@blueprint.post("/batches/<int:entrustment_id>/summary")
@permitted("case.read")
def batch_summary(entrustment_id: int) -> ResponseReturnValue:
    """汇总表 for the agency."""
    return _of_entrustment("summary", intake.entrustment_row(entrustment_id).id)


@blueprint.post("/periodic/<int:periodic_batch_id>/summary")
@permitted("case.read")
def periodic_summary(periodic_batch_id: int) -> ResponseReturnValue:
    """定期核查汇总表 of a batch of recipients."""
    order = Order("periodic_summary", periodic.cases_of_batch(periodic_batch_id))
    return _printed(order, "periodic_batch", periodic_batch_id)


def _of_entrustment(paper: str, entrustment_id: int) -> ResponseReturnValue:
    kept = cases.entrustment(entrustment_id)
    ids = gathering.chosen(Case.entrustment_id == kept.id)
    return _printed(Order(paper, tuple(ids), entrustment=kept.id), "entrustment", kept.id)


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


def _printed(order: Order, kind: str, id_: int) -> ResponseReturnValue:
    """The file at once when it is small, else the page where it is being made. Either way the
    trail keeps who printed what of which object."""
    who, name = actor(), NAMES[order.paper]
    if order.is_small(gathering.people_in(order.cases)):
        papers = drafts(order, gathering.households_of(order.cases), who)
        return _print(f"print.{order.paper}", kind, id_, papers, name, order.cases)
    view = current_app.view_functions[request.endpoint or ""]
    audit.record(
        who.account_id,
        f"print.{order.paper}",
        kind=kind,
        subject_id=id_,
        unit_id=who.unit_id,
        **_printed_of(order.cases),
    )
    wanted = Wanted("print", getattr(view, DECLARED), name, order.as_ids(), len(order.cases))
    return asked_for("file.ask", [wanted])


def _printed_of(cases: Sequence[int]) -> dict[str, Any]:
    """Which households of a list were among them: who looked at whom is asked for by household."""
    return {"households": len(cases), "cases": list(cases[:MOST_NAMED])} if cases else {}


def _print(
    verb: str, kind: str, id_: int, papers: Sequence[Draft], name: str, cases: Sequence[int] = ()
) -> Response:
    """The file, after its audit row: who printed what of which object, and how many papers."""
    who = actor()
    audit.record(
        *(who.account_id, verb),
        kind=kind,
        subject_id=id_,
        unit_id=who.unit_id,
        count=len(papers),
        **_printed_of(cases),
    )
    return attachment(as_pdf(papers), name)
