"""救助对象名册 of 榆树市: 周建华 brings the system's export, 吴晓东 confirms, 罗琳's decisions count."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from app.assistance.register import queries
from app.assistance.register.deciding import take_decisions
from app.assistance.register.models import AssistedPerson, RegisterLoad, RegisterRow
from app.audit.models import AuditRow
from app.cases.models import Case, Subject
from app.cases.paging import Place
from app.decisions.models import Decision
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.stage import Browser, Stage, approve_all, file_of, on_day
from tests.usecases.cells import YUSHU
from tests.world.builder import build_world
from tests.world.exports import HEADINGS, Row, export
from tests.world.identity_numbers import id_number, with_wrong_check

HERE = "/assistance/register"
NUMBERS = [id_number(220182, dt.date(1950 + n, 5, 17), n, male=bool(n % 2)) for n in range(40)]


def row(household: int, person: int, amount: object = 560, relation: str = "户主") -> Row:
    name = f"张{'甲乙丙丁戊己庚辛壬癸'[person % 10]}"
    return f"2201{household:06}", name, NUMBERS[person], relation, "五棵树镇", amount


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(4):
        yield approve_all(Stage(app, settings, build_world(app)))


def load(
    stage: Stage,
    who: Browser,
    rows: Sequence[Row],
    told: tuple[int, int, str],
    on: str = "2026-11-03T09:30",
    headings: Sequence[str] = HEADINGS,
) -> str:
    """The page of a new load, after the worker has read it."""
    said = {"scheme": "subsistence", "source": "全国低保系统", "exported_at": on}
    totals = dict(zip(("households", "persons", "amount"), map(str, told), strict=True))
    unit = re.search(r'<option[^>]* value="(\d+)"', who.read(f"{HERE}/loads/new"))
    assert unit
    answer = who.send(
        f"{HERE}/loads/new",
        f"{HERE}/loads",
        unit=unit[1],
        **said,
        **totals,
        file=file_of(export(rows, headings), "在享.xlsx"),
    )
    assert answer.status_code == 303, re.findall(r'<div class="errors".*?</div>', answer.text, re.S)
    stage.work()
    return str(answer.location)


def confirm(stage: Stage, who: Browser, page: str) -> str:
    answer = who.send(page, f"{page}/confirm")
    assert answer.status_code == 303, answer.text
    stage.work()
    return who.read(page)


def register(stage: Stage, show: str = "current") -> dict[str, tuple[str, int | None]]:
    """Name → source and amount, of everybody in the register."""
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        page = queries.persons(queries.Filter(show=show), Place())
        return {one.name: (one.row.source, one.row.amount_fen) for one in page.rows}


def difference(stage: Stage, day: dt.date) -> dict[str, str]:
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        page = queries.difference(day, Place())
        counted = {one.day: one for one in queries.days(day)}
    found = {one.shown.name: one.kind for one in page.rows}
    told = counted.get(day)
    kinds = list(found.values())
    assert (told.added, told.left, told.changed) == tuple(
        kinds.count(kind) for kind in ("added", "left", "changed")
    )
    return found


def test_the_export_becomes_the_register_by_two_people(stage: Stage) -> None:
    zhou, wu = stage.at_browser("周建华"), stage.at_browser("吴晓东")
    rows = [row(1, 0), row(2, 1, 900), row(2, 2, "", "妻子"), row(3, 3, 480)]

    # Other totals than were told: refused with both figures, nothing written.
    page = load(stage, zhou, rows, (3, 5, "1940"))
    said = zhou.read(page)
    assert "填报 5 人，文件中 4 人" in said
    assert "未通过检查" in said
    page = load(stage, zhou, rows, (3, 4, "1950"))
    assert "填报 1,950.00 元，文件中 1,940.00 元" in zhou.read(page)
    assert register(stage) == {}

    page = load(stage, zhou, rows, (3, 4, "1940"))
    assert "另一名交换员" in zhou.read(page)
    assert zhou.send_unasked(page, f"{page}/confirm").status_code == 422
    assert "名册数据待确认" in wu.read("/")
    assert "新增 4 人，退出 0 人，变更 0 人" in confirm(stage, wu, page)
    assert register(stage) == {
        "张甲": ("load", 56_000),
        "张乙": ("load", 90_000),
        "张丙": ("load", 90_000),
        "张丁": ("load", 48_000),
    }
    said = wu.read(HERE)
    assert "五棵树镇受理窗口" in said
    assert NUMBERS[0] not in said
    assert f"{NUMBERS[0][:6]}********{NUMBERS[0][-4:]}" in said
    assert "1,940.00" in said, "a household's amount counts once"

    # The next export: one gone, one with another amount, one new; a wrong number holds its
    # household back, which stays as it was.
    with on_day(6):
        wrong = (*row(3, 3, 999)[:2], with_wrong_check(NUMBERS[3]), *row(3, 3, 999)[3:])
        rows = [row(2, 1, 950), row(2, 2, 950, "妻子"), wrong, row(4, 4, 300)]
        page = load(stage, zhou, rows, (3, 4, "2249"), "2026-11-05T18:00")
        assert "第 5 行“证件号码”" in zhou.read(page)
        assert "新增 1 人，退出 1 人，变更 2 人" in confirm(stage, wu, page)
    assert register(stage)["张丁"] == ("load", 48_000)
    assert register(stage, "left") == {"张甲": ("load", 56_000)}
    assert difference(stage, dt.date(2026, 11, 6)) == {
        "张甲": "left",
        "张乙": "changed",
        "张丙": "changed",
        "张戊": "added",
    }
    said = wu.read(f"{HERE}/changes?day=2026-11-06")
    assert said.index("900.00") < said.index("950.00")
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        assert db.session.scalar(select(func.count()).select_from(RegisterRow)) == 0
        verbs = set(db.session.scalars(select(AuditRow.verb)))
        assert {"register.load", "register.confirm", "register.apply"} <= verbs

    # The department reads its own recipients; an older export is not taken any more.
    clerk = stage.at_browser("罗琳")
    assert "张戊" in clerk.read(HERE)
    assert clerk.open(f"{HERE}/loads").status_code == 403
    with on_day(7), pytest.raises(AssertionError, match="比这一份新"):
        load(stage, zhou, rows, (3, 4, "2249"), "2026-11-04T18:00")


def test_headings_are_explained_once(stage: Stage) -> None:
    zhou = stage.at_browser("周建华")
    heads = ("序号", "编码甲", "某某", "号码", "关系", "镇", "钱")
    rows = [row(1, 0, 200), row(1, 1, 300, "妻子")]
    page = load(stage, zhou, rows, (1, 2, "500"), headings=heads)
    assert "说明栏目" in zhou.read(page)
    said = {f"place-{key}": str(n) for n, key in enumerate(
        ("household_no", "name", "id_number", "relation", "township", "amount"), start=1
    )}  # fmt: skip
    columns = f"{page}/columns"
    shown = zhou.read(columns)
    assert NUMBERS[0] not in shown
    assert "张甲" not in shown
    answer = zhou.send(
        columns, columns, **said | {"place-amount": "3"}, do="save", amount_per="person"
    )
    assert answer.status_code == 422
    assert "选了同一列" in answer.text
    tried = zhou.send(columns, columns, **said, do="preview", amount_per="person").text
    assert "每月 <b>500.00</b> 元" in tried
    assert zhou.send(columns, columns, **said, do="save", amount_per="person").status_code == 303
    stage.work()
    assert "合计相符" in zhou.read(page)
    assert zhou.send(page, f"{page}/void", reason="换新的导出").status_code == 303
    page = load(stage, zhou, rows, (1, 2, "500"), headings=heads)
    assert "合计相符" in zhou.read(page), "known by its headings now"


def decide(stage: Stage, case_id: int, outcome: str, on: dt.date, fen: int | None = None) -> None:
    """A decision as a department's page writes it, and the worker's step that follows."""
    with stage.app.app_context(), acting_for(YUSHU):
        here = (Decision.case_id == case_id) & (Decision.replaced_by == 0)
        before = db.session.scalar(select(func.max(Decision.version)).where(here)) or 0
        db.session.execute(update(Decision).where(here).values(replaced_by=1))
        case = db.session.scalars(select(Case).where(Case.id == case_id)).one()
        said = {"outcome": outcome, "amount_fen": fen, "decided_on": on, "decided_month": 202611}
        by = {"recorded_by": 0, "recorder_name": "", "recorded_on": on, "recorded_at": instant()}
        row = {"case_id": case_id, "unit_id": case.unit_id, "scheme": case.scheme, "way": "letter"}
        db.session.execute(
            insert(Decision)
            .inline()
            .values(version=before + 1, from_period=202611, **row, **said, **by)
        )
        take_decisions([case_id])


def household(stage: Stage) -> tuple[int, list[str], list[str]]:
    """A household under 低保 with more than one member: its case, names, and numbers."""
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        members = (Subject.case_id == Case.id) & (Subject.role != "obligor")
        query = select(Case.id).join(Subject, members).where(Case.scheme == "subsistence")
        query = query.group_by(Case.id).having(func.count() > 1).order_by(Case.id)
        case_id = db.session.scalars(query).first()
        assert case_id
        rows = db.session.scalars(
            select(Subject).where(Subject.case_id == case_id, Subject.role != "obligor")
        )
        told = [vault().open("subject", one.id, one.sealed) for one in rows.all()]
        return case_id, [one["name"] for one in told], [one["id_number"] for one in told]


def test_decisions_change_the_register_and_stand_against_an_older_export(stage: Stage) -> None:
    zhou, wu = stage.at_browser("周建华"), stage.at_browser("吴晓东")
    case_id, names, numbers = household(stage)
    third, fifth = dt.date(2026, 11, 3), dt.date(2026, 11, 5)

    decide(stage, case_id, "refused", third)
    assert register(stage) == {}
    decide(stage, case_id, "granted", third, 56_000)
    assert register(stage) == dict.fromkeys(names, ("decision", 56_000))
    decide(stage, case_id, "granted", third, 56_000)
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        assert db.session.scalar(select(func.count()).select_from(AssistedPerson)) == len(names)

    # An export of before the decision does not know the household: it stays.
    page = load(stage, zhou, [row(1, 0)], (1, 1, "560"), "2026-11-02T10:00")
    confirm(stage, wu, page)
    assert register(stage).keys() == {*names, "张甲"}
    # One of after it knows it under another number, with the same amount: no change to tell.
    with on_day(5):
        known = [("X-77", n, i, "", "五棵树镇", 560) for n, i in zip(names, numbers, strict=True)]
        page = load(
            stage, zhou, [row(1, 0), *known], (2, 1 + len(names), "1120"), "2026-11-04T10:00"
        )
        assert "变更 0 人" in confirm(stage, wu, page)
    assert register(stage) == dict.fromkeys([*names, "张甲"], ("load", 56_000))
    # A decision of before that export comes too late; one of after it counts, and so does a stop,
    # against the export of the day before as well.
    with on_day(6):
        decide(stage, case_id, "stopped", third)
        decide(stage, case_id, "changed", third, 10_000)
        assert register(stage)[names[0]] == ("load", 56_000)
        decide(stage, case_id, "changed", fifth, 60_000)
        assert register(stage)[names[0]] == ("decision", 60_000)
    with on_day(9):
        decide(stage, case_id, "stopped", dt.date(2026, 11, 9))
        assert register(stage).keys() == {"张甲"}
        page = load(
            stage, zhou, [row(1, 0), *known], (2, 1 + len(names), "1120"), "2026-11-08T10:00"
        )
        confirm(stage, wu, page)
    assert register(stage).keys() == {"张甲"}
    assert difference(stage, dt.date(2026, 11, 9)) == dict.fromkeys(names, "left")
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        count = select(func.count()).select_from(RegisterLoad)
        assert db.session.scalar(count.where(RegisterLoad.file_id.is_not(None))) == 0
