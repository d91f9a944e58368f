"""A reply of many lines read and reconciled; beside the bare reading of the same workbook."""

import io
from datetime import date, timedelta

import xlsxwriter
from python_calamine import CalamineWorkbook

from app.exchange.medium.asked import AskedLine, AskedRequest, ListLine, PackageHead
from app.exchange.medium.layout import layout
from app.exchange.medium.replies import ReplyLimits
from app.exchange.medium.reply_file import read_reply
from app.exchange.medium.reply_template import make_reply_template
from app.exchange.medium.stamp import make_stamp
from tenants.catalogue import catalogue
from tests.bench.measure import Figure, median_seconds
from tests.world.identity_numbers import id_number

DEPOSIT = 1601
TODAY = date(2026, 11, 20)
KEY = b"bench only, a key of thirty-two bytes"
ANSWER = ("有记录", "榆树支行", "6228480402564890018", "活期", "1234.50", "2026-10-31")
TIMES = 3


def measure(lines: int) -> Figure:
    """``lines`` people, a third of them with two deposits, a third with none."""
    head, asked_lines = _asked(lines)
    item = catalogue().item(DEPOSIT)
    asked = AskedRequest(
        request_no=head.request_no,
        stamp=head.stamp,
        unit_name=head.unit_name,
        lines={one.line_no: AskedLine(one.name, one.id_number, one.items) for one in asked_lines},
        items={DEPOSIT: item},
        answered={},
    )
    data = _filled(make_reply_template(head, asked_lines, [item]))

    def ours() -> None:
        read = read_reply(data, "r.xlsx", asked, None, ReplyLimits(), today=TODAY)
        if read.faults_found or read.reconciliation.missing:
            raise RuntimeError(str(read.faults[:1]))

    return Figure(
        name="reply_in",
        what=f"a reply of {lines:,} lines ({len(data) // 1024:,} kB) read, judged, reconciled",
        against="the same workbook read by calamine alone",
        ours=median_seconds(ours, TIMES),
        bare=median_seconds(lambda: _bare(data), TIMES),
        details={"lines": lines, "bytes": len(data)},
    )


def _bare(data: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _asked(lines: int) -> tuple[PackageHead, list[ListLine]]:
    signed, ends = date(2026, 11, 1), date(2027, 4, 30)
    rows = [
        ListLine(n, f"王{n:05d}", "居民身份证", _number(n), (DEPOSIT,), signed, ends)
        for n in range(1, lines + 1)
    ]
    bare = PackageHead(
        agency_code="220182",
        agency_name="榆树市核对中心",
        unit_id=7,
        unit_name="榆树农商银行",
        request_no="220182-2026-0001",
        period=202611,
        made_on=date(2026, 11, 11),
        due_in_working_days=7,
        legal_basis="吉民发〔2017〕58号第七条",
    )
    return PackageHead(**{**vars(bare), "stamp": make_stamp(KEY, bare, rows)}), rows


def _number(n: int) -> str:
    born = date(1960, 1, 1) + timedelta(days=n % 15_000)
    return id_number(220182, born, n // 15_000, male=True)


def _filled(template: bytes) -> bytes:
    book = CalamineWorkbook.from_filelike(io.BytesIO(template))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        for name in book.sheet_names:
            page, at = made.add_worksheet(name), 0
            for number, row in enumerate(book.get_sheet_by_name(name).to_python()):
                for filled in _answers(row, number) if name.startswith(str(DEPOSIT)) else [row]:
                    page.write_row(at, 0, filled)
                    at += 1
    return buffer.getvalue()


def _answers(row: list[object], number: int) -> list[list[object]]:
    """The heading as it is; a person without, with one, with two deposits."""
    if number == 0:
        return [row]
    asked, end = row[:3], ["2026-11-10", ""]
    if number % 3 == 0:
        nothing = layout().outcome_words
        return [[*asked, [*nothing.values()][1], *[""] * 5, *end]]
    return [[*asked, *ANSWER, *end]] * (number % 3)
