"""Two units that do not fill in the template: a bank sends its own export, a station sealed paper.

The export has many rows for a person, balances in 10,000 yuan as of a day, and the bank's own words;
only people with accounts are in it, as the bank stated in writing. The paper is typed in by two
operators; one of them mistypes a line, which is settled by looking at the paper.
"""

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from app.accounts.actor import Actor
from app.exchange import service as exchange
from app.exchange.layouts import service as layouts
from app.exchange.layouts.explaining import Place
from app.exchange.layouts.layout import (
    AS_OF,
    ID_NUMBER,
    NAME,
    NO_RECORD,
    OUTCOME,
    TEN_THOUSAND,
    UnitLayout,
    field_key,
)
from app.exchange.medium.layout import layout as words
from app.exchange.paper import queries as papers
from app.exchange.paper import service as paper
from tenants.calendar import business_date
from tenants.catalogue import DataItem, catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.scope import acting_for
from tests.world.answers import Sheet, answers_of, head_value
from tests.world.households import subjects_by_id_number
from tests.world.month import Month
from tests.world.plan import month as month_plan
from tests.world.world import UnitHere

BANK = "中国邮政储蓄银行榆树市支行"
STATION = "榆树市农村经济管理总站"
DEPOSIT, FARMING = 1601, 901
STATEMENT = "榆邮银函〔2026〕5号：只列有账户的人，未列入的均无账户。"
LETTER, WHY = "榆农经函〔2026〕3号", "对照原件第 1 页，以第一遍录入为准。"
HEADINGS = (
    "客户名称",
    "证件号",
    "查询情况",
    "网点",
    "账号",
    "业务种类",
    "余额(万元)",
    "余额日期",
    "系统日期",
)
PLACES = {
    **{NAME: 0, ID_NUMBER: 1, OUTCOME: 2, AS_OF: 8, field_key("bank"): 3},
    **{field_key("account_no"): 4, field_key("account_kind"): 5, field_key("balance"): 6},
    field_key("as_of"): 7,
}
OUTCOMES = {"查到": Outcome.HIT, "未查到": Outcome.NO_RECORD, "查不了": Outcome.UNABLE}
OUTCOMES |= {"不予提供": Outcome.REFUSED}
KIND = "{code}储蓄"
SCAN = b"%PDF-1.4\n% the sealed reply\n"


def answers_otherwise(unit: UnitHere) -> bool:
    """Whether a unit answers in a way of its own."""
    return unit.name in {BANK, STATION}


def answer(
    month: Month,
    unit: UnitHere,
    request_id: int,
    files: Mapping[str, bytes],
    operators: tuple[Actor, Actor],
) -> None:
    """The unit's answer comes in; both operators do what it asks of them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(files[words().files.reply]))
    stamp = head_value(book.get_sheet_by_name(words().sheets.head).to_python(), "stamp")
    if unit.name == BANK:
        _by_export(month, unit, request_id, export(_asked(book, DEPOSIT), unit, stamp), operators)
    else:
        _by_paper(unit, request_id, _asked(book, FARMING), stamp, operators)


def _asked(book: CalamineWorkbook, item: int) -> list[tuple[int, str, str]]:
    """Line, name and number of everybody on the item's sheet."""
    name = next(one for one in book.sheet_names if one.startswith(str(item)))
    rows = book.get_sheet_by_name(name).to_python()[1:]
    return [(int(row[0]), str(row[1]), str(row[2])) for row in rows]


def export(asked: list[tuple[int, str, str]], unit: UnitHere, stamp: str) -> bytes:
    """As the bank's own system writes it; who has nothing is not in it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        rows = [["存款账户查询结果", stamp], [*HEADINGS], *_export_rows(asked, unit)]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def _export_rows(asked: list[tuple[int, str, str]], unit: UnitHere) -> Iterator[list[str]]:
    theirs = {words().outcome_words[outcome]: said for said, outcome in OUTCOMES.items()}
    for _, name, number in asked:
        for cells in _cells(number, DEPOSIT, unit):
            outcome, bank, account, kind, balance, day, as_of, _ = cells
            if theirs[outcome] == "未查到":
                continue
            amount = f"{Decimal(balance) / 10_000:f}" if balance else ""
            said = KIND.format(code=kind) if kind else ""
            yield [name, number, theirs[outcome], bank, account, said, amount, day, as_of]


def _cells(number: str, item: int, unit: UnitHere) -> Sheet:
    """What the template would say of a person, as texts."""
    person = subjects_by_id_number()[number]
    rows = answers_of(person, catalogue().item(item), unit.name, on=business_date())
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def _layout(item: DataItem) -> UnitLayout:
    kinds = next(f for f in item.fields if f.name == "account_kind").codes.values()
    return UnitLayout(
        item=item.code,
        places=PLACES,
        units={field_key("balance"): TEN_THOUSAND},
        meanings={
            OUTCOME: {said: words().outcome_words[outcome] for said, outcome in OUTCOMES.items()},
            field_key("account_kind"): {KIND.format(code=code): code for code in kinds},
        },
        absent=NO_RECORD,
        basis=STATEMENT,
    )


def _by_export(
    month: Month, unit: UnitHere, request_id: int, data: bytes, operators: tuple[Actor, Actor]
) -> None:
    """The file is loaded; the first time somebody says what its columns are."""
    with acting_for(unit.agency_id):
        day = month_plan().as_of
        reply = exchange.receive_reply(request_id, data, "明细.xlsx", operators[0], as_of=day)
        reply_id = reply.id
    month.work()
    with acting_for(unit.agency_id):
        found = exchange.reply_of(reply_id)
        if found.state == "unread":
            waiting = layouts.waiting_reply(reply_id)
            place, said = Place(0, 1, DEPOSIT), _layout(catalogue().item(DEPOSIT))
            layouts.explain(waiting, found.rev, place, said, operators[0])


def _by_paper(
    unit: UnitHere,
    request_id: int,
    asked: list[tuple[int, str, str]],
    stamp: str,
    operators: tuple[Actor, Actor],
) -> None:
    """The paper is registered and typed in twice; the second typist slips in one line."""
    right = {line: _cells(number, FARMING, unit) for line, _, number in asked}
    slip = min(right)
    with acting_for(unit.agency_id):
        came = paper.Came(LETTER, stamp, month_plan().as_of, SCAN)
        paper_id = paper.start(request_id, came, operators[0]).id
    for turn, operator in enumerate(operators):
        with acting_for(unit.agency_id):
            for line, records in right.items():
                is_slip = turn == 1 and line == slip
                typed = _slipped(records) if is_slip else records
                paper.keep_line(paper_id, line, {str(FARMING): typed}, operator)
            paper.finish(paper_id, operator)
    with acting_for(unit.agency_id):
        different = paper.differences(papers.paper(paper_id))
        paper.settle(paper_id, dict.fromkeys(different, 1), WHY, operators[1])


def _slipped(records: Sheet) -> Sheet:
    """Another outcome than the paper says."""
    unable = words().outcome_words[Outcome.UNABLE]
    width = len(records[0])
    return [[unable, *[""] * (width - 3), *records[0][-2:]]]
