"""罗琳 at 榆树市's department reports what was decided: one by one, as a file, corrected."""

import datetime as dt
import io

from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.models import Case, Event
from app.decisions.models import Decision
from app.decisions.reminding import remind_of_decisions
from app.decisions.service import standings
from app.notices.models import Notice
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.reporting import ISSUER, answered, cases, county, issue_all
from tests.pages.stage import Stage, file_of, on_day
from tests.world.month_decisions import filled

DEPARTMENT, OFFICER = "罗琳", "王芳"
GIVEN = {
    "outcome": "granted",
    "decided_on": "2026-12-03",
    "amount": "560",
    "from_period": "2026-12",
}


def december(day: int):
    return business_date_set_to(dt.date(2026, 12, day), allow=True)


def rows(stage: Stage, case_id: int) -> list[Decision]:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        query = select(Decision).where(Decision.case_id == case_id).order_by(Decision.version)
        return list(db.session.scalars(query))


def case_of(stage: Stage, case_id: int) -> Case:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        return db.session.scalars(select(Case).where(Case.id == case_id)).one()


def of_scheme(stage: Stage, scheme: str) -> list[int]:
    return [id_ for id_ in cases(stage) if case_of(stage, id_).scheme == scheme]


def notices(stage: Stage) -> set[tuple[str, int, str]]:
    with stage.app.app_context(), acting_for(county(stage)):
        remind_of_decisions()
        remind_of_decisions()
        found = select(Notice).where(Notice.kind.startswith("decision."))
        told = [(n.kind, n.count, n.role) for n in db.session.scalars(found)]
    assert len(told) == len(set(told)), "told twice"
    return set(told)


def test_what_was_decided_is_reported_by_the_tenth(app: Flask, settings: Settings) -> None:
    with on_day(20):
        stage = answered(app, settings)
    with on_day(26):
        issue_all(stage, stage.at_browser(ISSUER))
    first, second, *_ = of_scheme(stage, "subsistence")
    others = [id_ for id_ in cases(stage) if id_ not in (first, second)]
    pending = len(cases(stage))
    clerk = stage.at_browser(DEPARTMENT)

    with december(3):
        assert notices(stage) == set()
        page = clerk.read("/decisions")
        for words in ("2026-12-10", "还有 5 个工作日", "操作规程 四"):
            assert words in page
        assert "反馈审批情况" in clerk.read("/")

        # What is wrong is said at its field, and nothing is written.
        here = f"/decisions/{first}"
        refused = clerk.send(here, here, **GIVEN | {"amount": ""})
        assert refused.status_code == 422
        assert "请填写每月金额（元）" in refused.text
        assert "月份应写成" in clerk.send(here, here, **GIVEN | {"from_period": "下月"}).text
        assert rows(stage, first) == []

        clerk.after(clerk.send(here, here, **GIVEN))
        (row,) = rows(stage, first)
        assert (row.outcome, row.amount_fen, row.from_period) == ("granted", 56_000, 202612)
        assert (row.recorder_name, row.way, row.version) == (DEPARTMENT, "page", 1)
        assert case_of(stage, first).state == "closed"
        officer = stage.at_browser(OFFICER)
        dossier = officer.read(f"/cases/{first}")
        for words in ("560.00 元/月", "审批反馈", "已结案"):
            assert words in dossier

        # A correction replaces, with its reason; the former revision stays.
        assert "请写明更正理由" in clerk.send(here, here, **GIVEN | {"amount": "580"}).text
        assert "没有更正" in clerk.send(here, here, **GIVEN, why="金额抄错").text
        clerk.after(clerk.send(here, here, **GIVEN | {"amount": "580"}, why="金额抄错"))
        assert [row.amount_fen for row in rows(stage, first)] == [56_000, 58_000]
        assert rows(stage, first)[0].replaced_by == rows(stage, first)[1].id
        assert "不能改为未决" in clerk.send(here, here, outcome="open", why="改为未决").text

    with december(8):
        assert ("decision.due_soon", pending - 1, "department_clerk") in notices(stage)
        _report_as_a_file(stage, first, second, others)

    with december(11):
        left = pending - 3
        told = notices(stage)
        for role in ("department_clerk", "report_issuer", "director"):
            assert ("decision.overdue", left, role) in told
        page = officer.read("/decisions/received?list=overdue")
        assert "已超期 1 天" in page
        assert case_of(stage, second).number not in page, "left open by the 10th: due again"
        assert "待补充材料" in officer.read("/decisions/received?list=open")
        assert "待补充材料" in clerk.read("/decisions?list=open")
        assert "逾期" in officer.read(f"/cases/{others[-1]}")
        statistics = officer.read("/decisions/statistics")
        for words in ("&lt; 5", "没有查得记录"):
            assert words in statistics


def _report_as_a_file(stage: Stage, first: int, second: int, others: list[int]) -> None:
    """The sheet comes filled in with what waits; a fault in a row holds back that household only."""
    clerk = stage.at_browser(DEPARTMENT)
    sheet = clerk.send("/decisions", "/decisions/template").data
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    numbers = {row[0] for row in cells[1:]}
    assert len(numbers) == len(cases(stage)) - 1
    assert case_of(stage, first).number not in numbers
    assert all("*" in row[1] for row in cells[1:]), "names are masked"

    day = dt.date(2026, 12, 4)
    lines = [
        (case_of(stage, second).number, "", "", "未决", "", "", "", "申请人外出，待补充材料"),
        (case_of(stage, others[0]).number, "", "", "不予批准", day),
        (case_of(stage, others[1]).number, "", "", "批准", "", "", "2026-12"),
        (case_of(stage, first).number, "", "", "停止", day, "", "2026-12"),
        ("双核 2026-11-000001", "", "", "不予批准", day),
    ]

    def send(*rows_: tuple[object, ...]):
        return clerk.send(
            "/decisions/file", "/decisions/file", file=file_of(filled(*rows_), "a.xlsx")
        )

    told = send(*lines)
    assert told.status_code == 200
    assert "其余 2 户已反馈" in told.text
    for words in ("请填写审批日期", "请在该户页面写明理由", "没有这个案件编号"):
        assert words in told.text
    assert case_of(stage, others[0]).state == "closed"
    assert case_of(stage, second).state == "reported", "open: not closed"
    assert rows(stage, others[1]) == []
    again = clerk.after(send(*lines[:2]))
    assert "2 户与已反馈的相同" in again
    assert len(rows(stage, second)) == 1
    broken = clerk.send("/decisions/file", "/decisions/file", file=file_of(b"%PDF-", "a.pdf"))
    assert broken.status_code == 422


def test_the_history_says_who_decided_what(app: Flask, settings: Settings) -> None:
    """Another department's household is not there; its own is told in the history."""
    with on_day(20):
        stage = answered(app, settings)
        issue_all(stage, stage.at_browser(ISSUER))
    (first, *_) = of_scheme(stage, "subsistence")
    clerk = stage.at_browser(DEPARTMENT)
    with december(3):
        here = f"/decisions/{first}"
        clerk.after(clerk.send(here, here, outcome="open", reason="申请人外出"))
        clerk.after(clerk.send(here, here, **GIVEN))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        query = select(Event.action).where(Event.object_id == first).order_by(Event.id)
        assert list(db.session.scalars(query))[-2:] == ["leave_open", "decide"]
    other = next(p.actor for p in stage.world.people.values() if p.kind == "department"
                 and p.agency_id != county(stage))  # fmt: skip
    assert isinstance(other, Actor)
    with (
        stage.app.app_context(),
        acting_for(other.agency_id, "commissioner", unit_id=other.unit_id),
    ):
        assert standings([first]) == {}
