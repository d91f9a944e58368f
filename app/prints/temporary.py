"""Papers of 一次性临时救助: the notice of a refusal, the stamped payment list as PDF and xlsx."""

from flask import Blueprint, Response

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.temporary import paying, queries
from app.assistance.temporary.messages import ARTICLE, GROUND_TITLES, SIDE_TITLES
from app.assistance.temporary.paying_models import PaymentList
from app.assistance.temporary.people import application_of, opened
from app.audit import service as audit
from app.cases.downloads import attachment
from app.prints import names
from app.prints.papers.temporary import (
    Paid,
    PayList,
    Refused,
    compose_list,
    compose_refusal,
)
from app.prints.rendering import as_pdf
from app.prints.temporary_messages import say
from app.web.sheets import Cell, Sheet, workbook
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.vault import vault

blueprint = Blueprint("temporary_prints", __name__, url_prefix="/prints/temporary")

_COLUMNS = ("no", "number", "name", "document", "bank", "account", "amount")


@blueprint.post("/<int:temporary_id>/notice")
@permitted("temporary.read")
def notice(temporary_id: int) -> Response:
    """不予救助告知书; ``LookupError`` for an application that was not refused."""
    row = application_of(temporary_id)
    if row.state != "refused" or row.decided_on is None:
        raise LookupError(f"temporary application {temporary_id} was not refused")
    found, person = queries.around(row), opened(vault(), row)
    said = Refused(
        agency=agency(row.agency_id).name,
        article=ARTICLE,
        number=row.number,
        name=person.name,
        document=person.id_number,
        applied_on=row.applied_on,
        decided_on=row.decided_on,
        ground=GROUND_TITLES[row.refused_ground],
        facts=[
            (SIDE_TITLES[one.row.side], one.words) for one in found.verdicts if not one.row.agrees
        ],
        standard=found.rule.number if found.rule else "",
        is_elsewhere=row.refused_ground == "elsewhere",
    )
    _trail("notice", "temporary_application", row.id)
    pdf = as_pdf([compose_refusal(said, business_date())])
    return attachment(pdf, names.TEMPORARY_NOTICE.format(number=row.number))


@blueprint.post("/lists/<int:temporary_list_id>/paper")
@permitted("temporary.pay")
def payment_list(temporary_list_id: int) -> Response:
    """发放名单 on paper, with its check value."""
    row = paying.list_of(temporary_list_id)
    _trail("list", "temporary_list", row.id)
    pdf = as_pdf([compose_list(_list(row))])
    return attachment(pdf, names.TEMPORARY_LIST.format(number=row.number))


@blueprint.post("/lists/<int:temporary_list_id>/sheet")
@permitted("temporary.pay")
def payment_sheet(temporary_list_id: int) -> Response:
    """The same as a workbook, for who pays it out."""
    row = paying.list_of(temporary_list_id)
    _trail("sheet", "temporary_list", row.id)
    said = _list(row)
    head: list[Cell] = [say(f"print.temporary.column.{name}") for name in _COLUMNS]
    lines: list[list[Cell]] = [
        [no, one.number, one.name, one.document, one.bank, one.account, one.amount_fen / 100]
        for no, one in enumerate(said.rows, start=1)
    ]
    total: list[Cell] = ["", say("print.temporary.total"), "", "", "", "", said.amount_fen / 100]
    check: list[Cell] = ["", say("print.temporary.column.check"), said.check, "", "", "", ""]
    data = workbook([Sheet(say("print.temporary.list"), [head, *lines, total, check])])
    return attachment(data, names.TEMPORARY_SHEET.format(number=row.number))


def _list(row: PaymentList) -> PayList:
    return PayList(
        agency=agency(row.agency_id).name,
        article=ARTICLE,
        number=row.number,
        made_on=row.made_on,
        check=row.check_value,
        maker=names_of([row.made_by]).get(row.made_by, ""),
        rows=[
            Paid(
                number=line.row.number,
                name=line.person.name,
                document=line.person.id_number,
                bank=line.person.bank,
                account=line.person.account,
                amount_fen=line.payment.amount_fen,
            )
            for line in queries.lines_of_list(row.id)
        ],
    )


def _trail(paper: str, kind: str, id_: int) -> None:
    who = actor()
    audit.record(who.account_id, f"print.temporary_{paper}", kind=kind, subject_id=id_)
