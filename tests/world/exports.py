"""An export of the national system as it writes it: a title, headings, a row a person, a total."""

import io
from collections.abc import Sequence

import xlsxwriter

HEADINGS = ("序号", "低保证号", "姓名", "身份证号码", "与户主关系", "所属乡镇", "户月保障金额")
Row = tuple[str, str, str, str, str, object]
"""Household, name, number, relation, township, the household's amount in yuan."""


def export(rows: Sequence[Row], headings: Sequence[str] = HEADINGS) -> bytes:
    """The workbook, as the system hands it out."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("在享人员")
        page.write(0, 0, "在享社会救助对象名单")
        page.write_row(1, 0, headings)
        for place, row in enumerate(rows, start=1):
            page.write_row(place + 1, 0, [place, *row])
        page.write_row(len(rows) + 2, 0, ["合计", f"{len(rows)} 人"])
    return buffer.getvalue()
