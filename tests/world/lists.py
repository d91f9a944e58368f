"""The lists that the desks upload: the template, filled in as a clerk would, or a csv."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import fastexcel
import xlsxwriter

from app.intake.columns import BY_KEY, KEYS, LIST_SHEET, WORDS
from app.intake.layout import Layout
from app.intake.template_file import write_template
from tenants.regions import full_name
from tests.world.households import Household, Subject, bad_households, households
from tests.world.plan import agencies

# This desk works with an old program: csv in GBK, dates with slashes.
CSV_DESKS = ("鹿乡镇受理窗口",)
# This desk keeps a register of its own and says once which column is which.
REGISTER_DESKS = ("五棵树镇受理窗口",)
REGISTER_TITLE = "五棵树镇社会救助申请人员花名册"
REGISTER_HEADINGS = {
    "household_no": "家庭代码",
    "relation": "称谓",
    "name": "人员",
    "id_number": "身份号",
    "scheme": "救助种类",
    "subject_role": "人员类别",
    "authorised_on": "签字日",
    "authorisation_expires_on": "到期日",
}
REGISTER_KEYS = tuple(key for key in KEYS if key != "id_type")
# These clerks write the place's name instead of its code.
NAMING_DESKS = ("奢岭街道受理窗口", "海龙镇受理窗口")

Cell = str | dt.date | Decimal | int


def desk_list(desk: str, *, with_bad: bool = True) -> tuple[str, bytes]:
    """File name and bytes of a desk's list for the month, bad households among the good ones."""
    chosen = [household for household in households() if household.desk == desk]
    if with_bad:
        chosen += [household for household in bad_households() if household.desk == desk]
    return desk_file(desk, rows_of(chosen, first=True))


def desk_file(desk: str, rows: list[dict[str, Cell]]) -> tuple[str, bytes]:
    """Rows (column key → cell) as the desk's program saves them."""
    if desk in CSV_DESKS:
        return f"{desk}.csv", as_csv(rows)
    return f"{desk}.xlsx", as_workbook(rows)


def corrected_list(household: Household) -> tuple[str, bytes]:
    """One household again, after what the intake check found was put right."""
    return desk_file(household.desk, rows_of([household], first=False))


def desks_with_lists() -> tuple[str, ...]:
    """The desks that have households this month, in the order of the plan."""
    busy = {household.desk for household in households()}
    return tuple(d.name for plan in agencies().values() for d in plan.desks if d.name in busy)


def rows_of(chosen: Iterable[Household], *, first: bool) -> list[dict[str, Cell]]:
    """The rows of some households; ``first``: as typed at first, mistakes included."""
    pairs = [
        (household, subject)
        for household in chosen
        for subject in household.subjects
        if not subject.joined
    ]
    return [
        _row(number, household, subject, first)
        for number, (household, subject) in enumerate(pairs, start=1)
    ]


def _row(number: int, household: Household, subject: Subject, first: bool) -> dict[str, Cell]:
    region: Cell = str(household.region)
    if household.desk in NAMING_DESKS:
        region = full_name(household.region)
    row: dict[str, Cell] = {
        "row_no": number,
        "household_no": household.no,
        "relation": subject.relation,
        "name": subject.name,
        "id_type": word("id_type", "resident_id"),
        "id_number": subject.id_number,
        "phone": subject.phone,
        "registered_region": region,
        "actual_region": region,
        "scheme": word("scheme", household.scheme),
        "application": word("application", household.application),
        "subject_role": word("subject_role", "obligor" if subject.role == "obligor" else "member"),
        "authorised_on": subject.authorised_on,
        "authorisation_expires_on": subject.authorisation_expires_on,
    }
    if subject.scope:
        row["authorisation_scope"] = subject.scope
    if not subject.phone:
        row |= {
            "guardian_name": household.head.name,
            "guardian_id_number": household.head.id_number,
        }
    if first and household.returned.get("name") == subject.name:
        row |= {key: value for key, value in household.returned.items() if key != "name"}
    if household.mistyped == subject.name:
        row["id_number"] = subject.other_number
    return row | dict(subject.declared) | dict(subject.wrong)


def typed_row(household: Household, subject: Subject) -> dict[str, str]:
    """One person as a clerk types them into a form."""
    row = _row(1, household, subject, first=False)
    own = ("household_no", "scheme", "application", "row_no")
    return {key: str(cell) for key, cell in row.items() if key not in own}


def word(key: str, code: str) -> str:
    """The word that the template offers for a code."""
    return next(entry.word for entry in WORDS[key] if entry.code == code)


def register(desk: str) -> tuple[str, bytes, Layout]:
    """A desk's month as its own register, and what its clerk says of the columns.

    Other headings, a title above them, and no column for documents: all are identity cards.
    """
    chosen = [h for h in (*households(), *bad_households()) if h.desk == desk]
    known = dict(zip(KEYS, template_headings(), strict=True)) | REGISTER_HEADINGS
    headings = [known[key] for key in REGISTER_KEYS]
    rows = rows_of(chosen, first=True)
    data = as_workbook(rows, REGISTER_KEYS, headings, title=REGISTER_TITLE)
    places = {key: place for place, key in enumerate(REGISTER_KEYS) if key != "row_no"}
    return f"{desk}.xlsx", data, Layout(places, fixed={"id_type": word("id_type", "resident_id")})


def as_workbook(
    rows: list[dict[str, Cell]],
    keys: Sequence[str] = KEYS,
    headings: Sequence[str] | None = None,
    *,
    title: str = "",
) -> bytes:
    """The template's headings with rows below; texts as texts, dates as dates."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(LIST_SHEET)
        text, day = book.add_format({"num_format": "@"}), book.add_format(
            {"num_format": "yyyy-mm-dd"}
        )  # fmt: skip
        top = 1 if title else 0
        page.write_row(0, 0, [title])
        page.write_row(top, 0, headings or template_headings())
        for line, row in enumerate(rows, start=top + 1):
            for place, key in enumerate(keys):
                cell = row.get(key, "")
                if isinstance(cell, dt.date):
                    page.write_datetime(line, place, cell, day)
                elif isinstance(cell, Decimal | int):
                    page.write_number(line, place, float(cell))
                elif cell:
                    page.write_string(line, place, cell, text)
    return buffer.getvalue()


def template_headings() -> list[str]:
    """The headings of the template that the portal offers."""
    template = fastexcel.read_excel(write_template())
    return template.load_sheet(LIST_SHEET, n_rows=0).to_polars().columns


def as_csv(rows: list[dict[str, Cell]], encoding: str = "gbk") -> bytes:
    """The same list as an older program writes it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(BY_KEY[key].header for key in KEYS)
    for row in rows:
        writer.writerow(_as_text(row.get(key, "")) for key in KEYS)
    return buffer.getvalue().encode(encoding)


def _as_text(cell: Cell) -> str:
    return f"{cell:%Y/%-m/%-d}" if isinstance(cell, dt.date) else str(cell)
