"""A list in: read, check, seal, COPY, promote; beside reading it and copying the bare cells."""

import datetime as dt
import io
import itertools
from collections.abc import Iterator
from typing import Any

import fastexcel
import xlsxwriter
from psycopg import Connection
from sqlalchemy import text

from app.accounts.actor import Actor
from app.accounts.permissions import permissions_of
from app.intake import service as intake
from app.intake.columns import COLUMNS, LIST_SHEET
from tenants.calendar import business_date
from tenants.identity import check_character
from tenants.scope import acting_for
from tests.bench.measure import Figure, median_seconds, seconds
from tests.bench.stage import Stage

HOUSEHOLD = (("户主", True), ("配偶", False), ("长子", False))
FAMILY_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN_NAMES = "国强秀兰建军玉梅志远海燕德福春花"
TEXTS = {
    "id_type": "居民身份证",
    "phone": "13800000000",
    "registered_region": "220182",
    "actual_region": "220182",
    "scheme": "低保",
    "application": "新申请",
    "subject_role": "共同生活的家庭成员",
    "authorised_on": "2026-10-20",
    "authorisation_expires_on": "2027-10-19",
}
DECLARED = {"monthly_income": 1200.5, "deposits": 3500, "houses": 1, "vehicles": 0, "businesses": 0}


def measure(stage: Stage, rows: int) -> tuple[Figure, int]:
    """The figure, and the id of the list that came in (in preparation, nothing held back)."""
    data = workbook(rows)
    uploaded: list[int] = []

    def ours() -> None:
        with stage.app.app_context(), acting_for(stage.tree.lowest, "township", **place(stage)):
            row = intake.upload_list(data, "名单.xlsx", clerk(stage))
            if row.held_back:
                raise RuntimeError(f"{row.held_back} households of the made-up list are faulty")
            uploaded.append(row.id)

    bare = median_seconds(lambda: copy_bare(stage, data), 3)
    figure = Figure(
        name="list_in",
        what=f"a list of {rows:,} rows in: read, check, seal, COPY, promote to cases",
        against="fastexcel, then COPY of the cells into an unlogged table",
        ours=seconds(ours),
        bare=bare,
        details={"rows": rows, "file_bytes": len(data)},
    )
    return figure, uploaded[0]


def place(stage: Stage) -> dict[str, Any]:
    """The desk's part of a scope."""
    return {"unit_id": stage.tree.department, "desk_id": stage.tree.desk}


def clerk(stage: Stage, *, of_desk: bool = True) -> Actor:
    """Somebody at the desk, or at its department."""
    may = permissions_of(["desk_clerk", "department_clerk"])
    desk = stage.tree.desk if of_desk else 0
    return Actor(1, "窗口", stage.tree.lowest, stage.tree.department, desk, permissions=may)


def submit(stage: Stage, list_id: int) -> None:
    """The department entrusts the whole list."""
    unit = stage.tree.department
    with stage.app.app_context(), acting_for(stage.tree.lowest, "commissioner", unit_id=unit):
        intake.submit(
            [list_id],
            letter_number="1号",
            letter_on=business_date(),
            actor=clerk(stage, of_desk=False),
        )


def copy_bare(stage: Stage, data: bytes) -> None:
    """What any import does at least: the sheet's cells as text, in a table without an index."""
    frame = fastexcel.read_excel(data).load_sheet(0, dtypes="string").to_polars()
    columns = ", ".join(f"c{number} text" for number in range(frame.width))
    with stage.owner.begin() as connection:
        connection.execute(text(f"CREATE UNLOGGED TABLE bench_bare ({columns})"))
        raw = connection.connection.driver_connection
        assert isinstance(raw, Connection)
        with raw.cursor() as cursor, cursor.copy("COPY bench_bare FROM STDIN (FORMAT BINARY)") as c:
            c.set_types(["text"] * frame.width)
            for row in frame.iter_rows():
                c.write_row(row)
    with stage.owner.begin() as connection:
        connection.execute(text("DROP TABLE bench_bare"))


def workbook(rows: int) -> bytes:
    """A list as a spreadsheet saves it: households of three, every cell right."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        page = book.add_worksheet(LIST_SHEET)
        page.write_row(0, 0, [column.header for column in COLUMNS])
        for line, cells in enumerate(itertools.islice(_rows(), rows), start=1):
            page.write_row(line, 0, [cells.get(column.key, "") for column in COLUMNS])
    return buffer.getvalue()


def _rows() -> Iterator[dict[str, object]]:
    for number in itertools.count():
        household, member = divmod(number, len(HOUSEHOLD))
        relation, is_head = HOUSEHOLD[member]
        declared = DECLARED if is_head else dict.fromkeys(DECLARED, "")
        yield {
            **TEXTS,
            **declared,
            "row_no": number + 1,
            "household_no": f"YS-{household:06d}",
            "relation": relation,
            "name": _name(number),
            "id_number": _id_number(number),
        }


def _name(number: int) -> str:
    given = GIVEN_NAMES[number // 7 % 16] + GIVEN_NAMES[number // 113 % 16]
    return FAMILY_NAMES[number % 16] + given


def _id_number(number: int) -> str:
    day, sequence = divmod(number, 999)
    born = dt.date(1960, 1, 1) + dt.timedelta(days=day)
    digits = f"220182{born:%Y%m%d}{sequence + 1:03d}"
    return digits + check_character(digits)
