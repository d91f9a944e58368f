"""数据回流库: 社保 gives its data back to 榆树市; 周建华 loads it, 吴晓东 confirms, and it answers."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import func, select, text, update

from app.audit.models import AuditRow
from app.cases.models import Ask, Subject
from app.exchange import queries as exchange
from app.exchange.models import Reply
from app.exchange.store.loading import end_old
from app.exchange.store.models import ReturnedLoad, ReturnedRecord
from app.findings.models import Finding
from app.sharing.models import Agreement
from tenants.agency.models import Capability
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.files import File
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.stage import Browser, Stage, approve_all, file_of, on_day
from tests.usecases.cells import YUSHU, add_neighbour
from tests.world.builder import build_world
from tests.world.identity_numbers import id_number, with_wrong_check

SOURCE, INSURANCE, EMPLOYMENT = "榆树市社会保险事业管理局", 506, 503
STORE = "/exchange/store"
HEADINGS = ("序号", "参保人", "公民身份号码", "参保险种", "统筹区", "单位", "状态")
EMPLOYEES, RESIDENTS = "职工", "居民"
SAID = {
    "place-id_number": "2",
    "place-field-insurance": "3",
    "place-field-insured_region": "4",
    "place-field-employer": "5",
    "place-field-contribution_status": "6",
    "word-field-insurance-0": "城镇职工基本医疗保险",
    "mean-field-insurance-0": "城镇职工基本医疗保险",
    "word-field-insurance-1": "居民医保",
    "mean-field-insurance-1": "城镇居民基本医疗保险",
    "word-field-contribution_status-0": "正常",
    "mean-field-contribution_status-0": "参保缴费",
    "day_from": "told",
    "blank": "missing",
}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(4):
        build_world(app)
        with app.app_context():
            unit_id = add_neighbour(SOURCE, YUSHU, [EMPLOYMENT, INSURANCE])
            with acting_for(YUSHU):
                here = Capability.unit_id == unit_id
                db.session.execute(update(Capability).where(here).values(way="store"))
        stage = approve_all(Stage(app, settings, build_world(app)))
    with on_day(12):
        yield stage


def unit_of(stage: Stage) -> int:
    with stage.app.app_context(), acting_for(YUSHU):
        return next(n for n, name in exchange.sharing_units().items() if name == SOURCE)


def people_asked(stage: Stage, request_id: int) -> list[str]:
    with stage.app.app_context(), acting_for(YUSHU):
        asked = select(Subject.id, Subject.sealed).where(
            Subject.id.in_(select(Ask.subject_id).where(Ask.request_id == request_id))
        )
        rows = db.session.execute(asked.order_by(Subject.id)).all()
        return [vault().open("subject", id_, sealed)["id_number"] for id_, sealed in rows]


def export(rows: list[tuple[str, str, str]]) -> bytes:
    """As the source's own system writes it: number, insurance, state; a total below."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        sheet = made.add_worksheet("参保明细")
        sheet.write_row(0, 0, ["参保情况表"])
        sheet.write_row(1, 0, HEADINGS)
        for n, (number, insurance, state) in enumerate(rows, start=1):
            told: list[Any] = [n, "张三", number, insurance, "220182", "榆树市某某公司", state]
            sheet.write_row(n + 1, 0, told)
        sheet.write_row(len(rows) + 2, 0, ["合计", f"{len(rows)} 人"])
    return buffer.getvalue()


def load(stage: Stage, who: Browser, data: bytes, part: str, as_of: str = "2026-10-31") -> str:
    """The page of the new load, after the worker has read it."""
    unit = unit_of(stage)
    answer = who.send(
        f"{STORE}/new?unit={unit}",
        f"{STORE}/{unit}/loads",
        item=str(INSURANCE),
        part=part,
        as_of=as_of,
        file=file_of(data, "参保.xlsx"),
    )
    assert answer.status_code == 303, re.findall(r'<div class="errors".*?</div>', answer.text, re.S)
    stage.work()
    return answer.location


def refused(stage: Stage, who: Browser, data: bytes, part: str, as_of: str) -> str:
    unit = unit_of(stage)
    page, action = f"{STORE}/new?unit={unit}", f"{STORE}/{unit}/loads"
    sent = {"item": str(INSURANCE), "part": part, "as_of": as_of, "file": file_of(data, "a.xlsx")}
    answer = who.send(page, action, **sent)
    assert answer.status_code == 422
    return answer.text


def count(stage: Stage, table: type = ReturnedRecord) -> int:
    with stage.app.app_context(), acting_for(YUSHU):
        return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def set_days(stage: Stage, part: str, day: dt.date) -> None:
    with stage.app.app_context(), acting_for(YUSHU):
        here = (ReturnedLoad.part == part) & (ReturnedLoad.ended_why == "")
        db.session.execute(update(ReturnedLoad).where(here).values(as_of=day))


def replies(stage: Stage, request_id: int) -> list[Reply]:
    with stage.app.app_context(), acting_for(YUSHU):
        query = select(Reply).where(Reply.request_id == request_id).order_by(Reply.part)
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        return found


def agreement_until(stage: Stage, day: dt.date | None) -> None:
    unit = unit_of(stage)
    with stage.app.app_context(), acting_for(YUSHU):
        here = Agreement.unit_id == unit
        db.session.execute(update(Agreement).where(here).values(valid_to=day))


def test_what_came_back_answers_in_place_of_the_unit(stage: Stage) -> None:
    zhou, wu = stage.at_browser("周建华"), stage.at_browser("吴晓东")
    request_id = stage.request_to(SOURCE)
    here, asked = f"/exchange/{request_id}", people_asked(stage, request_id)
    stranger = id_number(220182, dt.date(1990, 1, 1), 7, male=True)
    assert "无法查询：还没有装入数据" in zhou.read(here)

    # The first file of its kind: what its columns are is said once.
    first = export([(asked[0], "城镇职工基本医疗保险", "正常"), (stranger, "居民医保", "正常")])
    employees = load(stage, zhou, first, EMPLOYEES)
    assert "待说明栏目" in zhou.read(employees)
    columns = f"{employees}/columns"
    assert re.search(r">\d{17}[\dX]<", zhou.read(columns)) is None, "numbers are masked"
    seen = zhou.send(columns, columns, do="preview", **SAID).text
    assert "记录 <b>2</b> 条" in seen
    zhou.send(columns, columns, do="save", **SAID)
    stage.work()
    assert "须由<b>另一名交换员</b>确认" in zhou.read(employees)
    assert "回流数据待确认" not in zhou.read("/")
    assert "医疗保险 截至 2026-10-31" in wu.read("/")
    assert "另一名交换员" in zhou.send_unasked(employees, f"{employees}/confirm").text
    assert count(stage) == 2
    assert "还没有装入数据" in zhou.read(here), "what nobody confirmed answers nothing"
    assert "使用中" in wu.after(wu.send(employees, f"{employees}/confirm"))
    with stage.app.app_context(), acting_for(YUSHU):
        assert db.session.scalar(select(func.count()).where(File.kind == "returned")) == 0
        sealed = db.session.scalars(select(ReturnedRecord.sealed)).all()
        assert not any(b"220182" in one or "榆树市".encode() in one for one in sealed)

    # Residents come in a file of their own, and do not push the employees out.
    more = [(asked[1], "居民医保", "正常"), (asked[0], "居民医保", "正常")]
    residents = load(stage, wu, export(more), RESIDENTS, "2026-11-05")
    assert "待确认" in zhou.read(residents), "the same headings are known"
    zhou.after(zhou.send(residents, f"{residents}/confirm"))
    assert count(stage) == 4
    listed = zhou.read(STORE)
    assert listed.count("使用中") >= 2
    what_may_not_be_loaded(stage, zhou, first, asked)

    # Two operators stand behind the look-up, and two accept what came of it.
    made = zhou.after(zhou.send(here, f"{here}/make"))
    assert "名单由您确定" in made
    assert f"{here}/confirm" not in zhou.forms(here)
    wu.after(wu.send(here, f"{here}/confirm"))
    stage.work()
    (reply,) = replies(stage, request_id)
    assert (reply.state, reply.missing) == ("checked", 0)
    assert (reply.hits, reply.no_records, reply.unable) == (2, len(asked) - 2, len(asked))
    unit = unit_of(stage)
    with stage.app.app_context(), acting_for(YUSHU, "liaison", unit_id=unit):
        assert exchange.sent_requests(None) == [], "nothing is sent to the unit"
    an_old_store_never_says_no_record(stage, zhou, request_id)

    last = replies(stage, request_id)[-1]
    for who in (zhou, wu):
        page = f"/exchange/replies/{last.id}"
        who.after(who.send(page, f"{page}/accept"))
    stage.work()
    assert "已反馈" in zhou.read(here)
    with stage.app.app_context(), acting_for(YUSHU):
        found = db.session.scalars(select(Finding).where(Finding.reply_id == last.id)).all()
        told = sorted((one.source_name, one.as_of) for one in found)
        days = [dt.date(2026, 10, 31), dt.date(2026, 11, 5), dt.date(2026, 11, 5)]
        assert told == [(f"{SOURCE}（数据回流库）", day) for day in days]
        verbs = set(db.session.scalars(select(AuditRow.verb)))
        assert {"returned.load", "returned.confirm", "returned.look_up"} <= verbs

    a_new_load_replaces_the_old_one(stage, zhou, wu, asked, employees)


def what_may_not_be_loaded(stage: Stage, zhou: Browser, first: bytes, asked: list[str]) -> None:
    """A bad file says where, and writes nothing; nor does one that would turn the clock back."""
    before = count(stage)
    numbers = [asked[0], with_wrong_check(asked[1]), asked[2], ""]
    words = ["正常", "正常", "没听说过", "正常"]
    wrong = export([(n, "居民医保", word) for n, word in zip(numbers, words, strict=True)])
    told = zhou.read(load(stage, zhou, wrong, "试"))
    assert "未通过检查" in told
    for place, what in (
        ("第 4 行“公民身份号码”", "证件号码不正确"),
        ("第 5 行“状态”", "没有说明过"),
        ("第 6 行", "没有证件号码"),
    ):
        assert place in told.replace("参保明细：", "")
        assert what in told
    assert count(stage) == before
    nobody = export([(with_wrong_check(asked[1]), "居民医保", "正常")])
    assert "证件号码不正确" in zhou.read(load(stage, zhou, nobody, "试"))
    other = export([(asked[2], "居民医保", "正常")])
    assert "完全相同" in refused(stage, zhou, first, RESIDENTS, "2026-11-06")
    assert "比这一份新" in refused(stage, zhou, other, RESIDENTS, "2026-11-01")
    assert "晚于今天" in refused(stage, zhou, other, RESIDENTS, "2026-11-13")
    assert "超过 62 天" in refused(stage, zhou, other, "试", "2026-09-10")
    assert "不是表格文件" in zhou.read(load(stage, zhou, b"%PDF-1.4 no table", "试"))
    agreement_until(stage, dt.date(2026, 11, 11))
    assert "第十六条" in refused(stage, zhou, other, RESIDENTS, "2026-11-06")
    request = f"/exchange/{stage.request_to(SOURCE)}"
    assert "第十六条" in zhou.after(zhou.send(request, f"{request}/make"))
    agreement_until(stage, None)
    assert count(stage) == before


def an_old_store_never_says_no_record(stage: Stage, zhou: Browser, request_id: int) -> None:
    """One part is out of date: whoever is not found in the other is unable, not no record."""
    here, page = f"/exchange/{request_id}", f"/exchange/replies/{replies(stage, request_id)[0].id}"
    zhou.after(zhou.send(page, f"{page}/refuse", reason="数据要更新"))
    set_days(stage, RESIDENTS, dt.date(2026, 9, 10))
    zhou.after(zhou.send(here, f"{here}/look-again"))
    stage.work()
    stale = replies(stage, request_id)[-1]
    asked = len(people_asked(stage, request_id))
    assert (stale.hits, stale.no_records, stale.unable) == (1, 0, 2 * asked - 1)
    set_days(stage, RESIDENTS, dt.date(2026, 11, 5))
    page = f"/exchange/replies/{stale.id}"
    zhou.after(zhou.send(page, f"{page}/refuse", reason="数据要更新"))
    zhou.after(zhou.send(here, f"{here}/look-again"))
    stage.work()


def a_new_load_replaces_the_old_one(
    stage: Stage, zhou: Browser, wu: Browser, asked: list[str], old: str
) -> None:
    """The old one stays to be seen, its rows go; and all rows go when their term is over."""
    newer = load(stage, zhou, export([(asked[2], "居民医保", "正常")]), EMPLOYEES, "2026-11-10")
    wu.after(wu.send(newer, f"{newer}/confirm"))
    assert "已被替换，记录已删除" in zhou.read(old)
    assert "已被替换" in zhou.read(f"{STORE}?show=all")
    assert count(stage) == 3
    gone = zhou.after(zhou.send(newer, f"{newer}/end", reason="对方来函更正"))
    assert "已停用" in gone
    assert "对方来函更正" in gone
    assert count(stage) == 2
    later = business_date_set_to(dt.date(2027, 12, 11), allow=True)
    with later, stage.app.app_context(), acting_for(YUSHU):
        end_old()
    assert count(stage) == 0
    with stage.app.app_context(), acting_for(YUSHU):
        assert db.session.scalar(text("SELECT count(*) FROM returned_load")) == 6
