"""Subject lists for tests: rows that are right, and files made of them in many ways."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from app.intake.columns import COLUMNS, KEYS
from app.intake.rules import CheckedList, check_list
from app.intake.sheet import Sheet, read_sheet
from tenants.identity import check_character
from tenants.regions import find_region

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 5)
SCHEMES = ("subsistence", "extreme_hardship", "low_income", "temporary", "medical", "education")
HEADERS = {column.key: column.header for column in COLUMNS}

Row = dict[str, object]


def id_number(place: int, born: str = "19780315", region: str = "220112") -> str:
    """A valid number: the ``place``-th person born there on that day."""
    first17 = f"{region}{born}{place:03d}"
    return first17 + check_character(first17)


ZHANG: Row = {
    "row_no": 1,
    "household_no": "SY-001",
    "relation": "户主",
    "name": "张秀兰",
    "id_type": "居民身份证",
    "id_number": id_number(2),
    "phone": "13800138000",
    "registered_region": "220112",
    "actual_region": "吉林省长春市双阳区",
    "scheme": "最低生活保障",
    "application": "新申请",
    "subject_role": "共同生活的家庭成员",
    "authorised_on": "2026-11-01",
    "authorisation_expires_on": "2027-10-31",
    "monthly_income": "1,200.50",
    "deposits": "3500",
    "houses": "1",
    "vehicles": "0",
    "businesses": "0",
}
WANG: Row = ZHANG | {
    "row_no": 2,
    "relation": "配偶",
    "name": "王建国",
    "id_number": id_number(13),
    "phone": "0431-88880000",
    "monthly_income": "",
    "deposits": "",
    "houses": "",
    "vehicles": "",
    "businesses": "",
}
WANG_XIAOYU: Row = WANG | {
    "row_no": 3,
    "relation": "长女",
    "name": "王小雨",
    "id_number": id_number(24, "20150602"),
    "phone": "",
}
WANG_DAMING: Row = WANG | {
    "row_no": 4,
    "relation": "长子",
    "name": "王大明",
    "id_number": id_number(31, "19990909"),
    "actual_region": "220203",
    "subject_role": "赡(抚、扶)养义务人",
}
LI: Row = ZHANG | {
    "row_no": 5,
    "household_no": "SY-002",
    "relation": "本人",
    "name": "阿卜杜拉·买买提",
    "id_number": id_number(5, "19500101"),
}
FAMILY = [ZHANG, WANG, WANG_XIAOYU, WANG_DAMING]
GOOD = [*FAMILY, LI]


def changed(place: int = 1, **values: object) -> list[Row]:
    """The good rows with some cells of one row replaced."""
    return [row | values if here == place else row for here, row in enumerate(GOOD)]


def xlsx(
    rows: Sequence[Mapping[str, object]],
    *,
    keys: Sequence[str] = KEYS,
    title: str | None = None,
    headers: Mapping[str, str] = HEADERS,
    date_1904: bool = False,
    first_column: int = 0,
    more: Mapping[str, Sequence[Sequence[object]]] | None = None,
    hide: bool = False,
) -> bytes:
    """A workbook: dates as dates, numbers as numbers, ``=…`` as formulas, other things as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": date_1904}) as book:
        page = book.add_worksheet("Sheet1")
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        top = 0
        if title:
            page.merge_range(0, first_column, 0, first_column + len(keys) - 1, title)
            top = 1
        for column, key in enumerate(keys, start=first_column):
            page.write_string(top, column, headers.get(key, key))
            for row, cells in enumerate(rows, start=top + 1):
                write_cell(page, row, column, cells.get(key), day)
        for name, lines in (more or {}).items():
            other = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, value in enumerate(line):
                    write_cell(other, row, column, value, day)
        if hide:
            book.worksheets()[-1].activate()
            page.hide()
    return buffer.getvalue()


def write_cell(page, row: int, column: int, value: object, day) -> None:
    if isinstance(value, dt.date):
        page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif isinstance(value, str) and value.startswith("=") and len(value) > 1:
        page.write_formula(row, column, value, None, 1)
    elif value:
        page.write_string(row, column, str(value))


def csv_bytes(
    rows: Sequence[Mapping[str, object]],
    encoding: str = "utf-8",
    keys: Sequence[str] = KEYS,
    delimiter: str = ",",
) -> bytes:
    """A csv as a spreadsheet saves it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([HEADERS[key] for key in keys])
    writer.writerows([[row.get(key, "") for key in keys] for row in rows])
    return text.getvalue().encode(encoding)


def sheet_of(rows: Sequence[Mapping[str, object]]) -> Sheet:
    return read_sheet(csv_bytes(rows), "名单.csv")


def check(sheet: Sheet, **terms: object) -> CheckedList:
    """Check on the day of the stories, with the whole country's regions."""
    usual: dict = {
        "schemes": SCHEMES,
        "today": TODAY,
        "authorisation_max_days": 366,
        "known_regions": known_regions,
    }
    return check_list(sheet, **usual | terms)


def known_regions(texts) -> dict[str, int]:
    return {text: code for text in texts if (code := find_region(text, 22))}


def with_part(data: bytes, name: str, change) -> bytes:
    """The same ZIP with the content of one part passed through ``change``; new when absent."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return buffer.getvalue()


def fill(data: bytes, rows: Sequence[Mapping[str, object]], first_row: int = 2) -> bytes:
    """A workbook of ours with rows typed in below its headings, in the template's order."""

    def typed_in(xml: bytes) -> bytes:
        lines = []
        for number, row in enumerate(rows, start=first_row):
            cells = "".join(
                f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>'
                f"{escape(str(row[key]))}</t></is></c>"
                for place, key in enumerate(KEYS)
                if row.get(key) not in (None, "")
            )
            lines.append(f'<row r="{number}">{cells}</row>')
        return xml.replace(b"</sheetData>", "".join(lines).encode() + b"</sheetData>")

    return with_part(data, "xl/worksheets/sheet1.xml", typed_in)
