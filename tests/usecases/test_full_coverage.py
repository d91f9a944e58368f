"""应保尽保 at 榆树市: the store says who is not insured, 五棵树镇 sees to each, the next file closes."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import pyzipper
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError

from app.accounts.actor import Actor
from app.assistance.insurance import queries
from app.assistance.insurance.models import InsuranceEntry, InsuranceResult
from app.assistance.insurance.queries import Counts
from app.assistance.insurance.rules import RESULTS
from app.assistance.outward import making
from app.assistance.outward.models import OutwardList
from app.assistance.register import loading as register
from app.assistance.register.keeping import TABLE
from app.assistance.register.models import AssistedPerson
from app.assistance.register.rules import Totals
from app.audit.models import AuditRow
from app.cases.models import Authorisation, Case, Subject
from app.cases.paging import Place
from app.cases.queries import units_of_kind
from app.exchange.store import loading as store
from app.exchange.store.keeping import NewRecord, keep_records
from app.made.models import MadeFile
from app.oversight.analysis import telling
from app.oversight.analysis.counting import month_counts
from tenants import files
from tenants.calendar import SHANGHAI, business_date_set_to, instant
from tenants.database import db, take_ids
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import digest, vault
from tests.pages.stage import DESK, Browser, Stage, on_day
from tests.usecases.cells import YUSHU, add_neighbour
from tests.world.builder import build_world
from tests.world.exports import export
from tests.world.identity_numbers import id_number

HERE, OTHER_DESK = "/assistance/coverage", "弓棚镇受理窗口"
PEOPLE = {
    "沈志强": (1970, "五棵树镇"),
    "许秀英": (1985, "五棵树镇"),
    "韩大勇": (1990, "五棵树镇"),
    "韩小宝": (2015, "五棵树镇"),
    "杨老太": (1950, "五棵树镇"),
    "曹建国": (1992, "弓棚镇"),
}
NUMBERS = {
    name: id_number(YUSHU, dt.date(year, 3, 9), 70 + place, male=bool(place % 2))
    for place, (name, (year, _)) in enumerate(PEOPLE.items())
}
PASSWORD = "Yushu-2026-canbao"
PAID = {"insurance": "1", "contribution_status": "1", "benefit_status": "0"}
DRAWS = {"insurance": "1", "contribution_status": "3", "benefit_status": "1"}
JOBLESS = {"insurance": "2", "contribution_status": "1", "benefit_status": "0"}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(4):
        stage = Stage(app, settings, build_world(app))
        fill_register(stage)
        yield stage


def operators(stage: Stage) -> tuple[Actor, Actor]:
    return stage.world.actor("周建华"), stage.world.actor("吴晓东")


def fill_register(stage: Stage) -> None:
    """Everybody is in the system's export, a household each."""
    zhou, wu = operators(stage)
    rows = [
        (f"{YUSHU}{place:04}", name, NUMBERS[name], "户主", town, 500)
        for place, (name, (_, town)) in enumerate(PEOPLE.items())
    ]
    at = dt.datetime(2026, 11, 3, 9, 0, tzinfo=SHANGHAI)
    with stage.app.app_context():
        with acting_for(YUSHU):
            unit = units_of_kind("commissioning")[0][0]
            told = Totals(len(rows), len(rows), len(rows) * 50_000)
            new = (unit, "subsistence", "全国低保系统", at, told, export(rows), "在享.xlsx")
            load_id = register.take_in(register.NewLoad(*new), zhou)
        stage.work()
        with acting_for(YUSHU):
            register.confirm(load_id, wu)
    stage.work()


def give_back(
    stage: Stage, unit: int, part: str, day: dt.date, told: Mapping[str, Mapping[str, Any]]
) -> None:
    """A file of the source, loaded by one operator and confirmed by the other."""
    zhou, wu = operators(stage)
    with stage.app.app_context():
        with acting_for(YUSHU):
            new = store.NewLoad(unit, 501, part, day, b"", "")
            seal = digest(f"{part}{day}".encode())
            load = store.record(new, seal, zhou.account_id, None)
            keep_records(load.id, [NewRecord(NUMBERS[n], day, said) for n, said in told.items()])
            load.records, load.read_at = len(told), instant()
            load_id = load.id
        with acting_for(YUSHU):
            store.confirm(load_id, wu)
    stage.work()


def counts(stage: Stage, period: int = 202611) -> Counts:
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        return queries.months("pension")[period]


def listed(stage: Stage, show: str = "open") -> dict[str, int]:
    """Name → the row of the work list."""
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        page = queries.work(queries.Filter("pension", show), Place())
        return {one.name: one.row.id for one in page.rows}


def results(stage: Stage) -> dict[str, tuple[str, str]]:
    """Name → result and why, of the newest round."""
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        (round_id,) = set(db.session.scalars(select(InsuranceResult.round_id)))
        pages = [queries.results(round_id, one, Place()) for one in RESULTS]
        return {one.name: (one.row.result, one.row.why) for page in pages for one in page.rows}


def enter(who: Browser, task: int, kind: str, **said: str) -> Any:
    page = f"{HERE}/work/{task}"
    return who.send(page, f"{page}/entries", **{"kind": kind, "happened_on": "2026-11-04", **said})


def test_from_the_first_round_to_the_last_reason(stage: Stage) -> None:
    zhou, luo, wang = (stage.at_browser(name) for name in ("周建华", "罗琳", "王芳"))
    here = stage.world.unit(DESK).id
    clerks = {p.actor.desk_id: name for name, p in stage.world.people.items() if p.actor.desk_id}
    clerk, other = (stage.at_browser(clerks[d]) for d in (here, stage.world.unit(OTHER_DESK).id))
    with stage.app.app_context():
        source = add_neighbour("榆树市社会保险事业管理局", YUSHU, [501])

    # Without data, or with one part of them, nobody is said not to be insured.
    assert "还没有比对过" in zhou.read(HERE)
    zhou.after(zhou.send(HERE, f"{HERE}/rounds", insurance="pension"))
    assert "请等它完成" in zhou.send(HERE, f"{HERE}/rounds", insurance="pension").text
    stage.work()
    assert counts(stage) == Counts(unknown=5, not_meant=1)
    assert results(stage)["许秀英"] == ("unknown", "not_held")
    day = dt.date(2026, 10, 31)
    give_back(stage, source, "城乡居民", day, {"杨老太": DRAWS, "曹建国": JOBLESS})
    assert results(stage)["许秀英"] == ("unknown", "not_held")
    assert listed(stage) == {}
    give_back(stage, source, "职工", day, {"沈志强": PAID})
    assert results(stage) == {
        "沈志强": ("insured", "employees"),
        "许秀英": ("not_insured", "nothing"),
        "韩大勇": ("not_insured", "nothing"),
        "曹建国": ("not_insured", "nothing"),
        "杨老太": ("not_meant", "drawing"),
        "韩小宝": ("not_meant", "young"),
    }
    assert counts(stage) == Counts(insured=1, not_insured=3, not_meant=2)
    assert counts(stage).rate == 25.0
    tasks = listed(stage)
    assert tasks.keys() == {"许秀英", "韩大勇", "曹建国"}
    xu, han, cao = tasks["许秀英"], tasks["韩大勇"], tasks["曹建国"]
    a_desk_sees_its_own(stage, clerk, other, xu, cao)

    # What was done stays as it was written; a proof and a reason are asked for.
    assert "须有凭证号" in enter(clerk, xu, "enrolled").text
    assert "没有说明原因" in enter(clerk, han, "refuses").text
    assert "晚于今天" in enter(clerk, xu, "visited", happened_on="2026-11-05").text
    assert len(entries(stage)) == 0
    said = clerk.after(enter(clerk, xu, "enrolled", proof="榆居保2026-0815"))
    assert "凭证号 榆居保2026-0815" in said
    assert "已代缴保险费" in clerk.after(enter(clerk, xu, "paid", proof="缴2026-0033"))
    nobody_rewrites(stage, clerks[here])
    the_next_step_comes_to_the_desk(stage, clerk, other)

    # A reason is confirmed by another person, or given back.
    clerk.after(enter(clerk, han, "refuses", note="本人称在外打零工，不愿缴费"))
    page = f"{HERE}/work/{han}"
    assert clerk.send_unasked(page, f"{page}/judge").status_code == 403
    assert "确认未参保原因" in luo.read("/")
    assert "已办结" in luo.after(luo.send(page, f"{page}/judge", note="已电话核实"))
    luo.after(enter(luo, cao, "elsewhere", note="在长春务工，单位参保"))
    page = f"{HERE}/work/{cao}"
    assert "须由<b>另一人</b>确认" in luo.read(page)
    assert "须由另一人确认" in luo.send_unasked(page, f"{page}/judge").text
    assert wang.send(page, f"{page}/judge", do="decline", note="").status_code == 422
    wang.after(wang.send(page, f"{page}/judge", do="decline", note="请提供参保凭证"))
    assert "请提供参保凭证" in other.read(page)
    assert listed(stage, "reasons") == {}

    # The next file closes by itself; a confirmed reason holds; the month's counts are the newest.
    with on_day(12):
        told = {"许秀英": PAID, "杨老太": DRAWS}
        give_back(stage, source, "城乡居民", dt.date(2026, 11, 10), told)
    assert listed(stage).keys() == {"曹建国"}
    assert "新的回流数据显示不再是未参保" in clerk.read(f"{HERE}/work/{xu}")
    assert results(stage)["韩大勇"] == ("not_insured", "refuses")
    assert counts(stage) == Counts(insured=2, not_insured=2, not_meant=2)
    assert "50.0%" in stage.at_browser("罗琳").read(HERE)
    consent(stage)
    the_list_for_human_resources_is_made_by_the_system(stage, zhou)
    lists_come_at_the_rhythm_agreed(stage, source)
    counts_go_up_without_the_small_ones(stage)
    what_is_too_old_says_nothing(stage, cao)


def a_desk_sees_its_own(stage: Stage, clerk: Browser, other: Browser, xu: int, cao: int) -> None:
    seen = clerk.read(f"{HERE}/work")
    number = NUMBERS["许秀英"]
    assert "许秀英" in seen
    assert "曹建国" not in seen
    assert number not in seen
    assert "曹建国" in other.read(f"{HERE}/work")
    page = f"{HERE}/work/{xu}"
    assert other.open(page).status_code == 404
    assert number not in clerk.read(page)
    assert clerk.send(page, f"{page}/look", reason=" ").status_code == 422
    assert number in clerk.after(clerk.send(page, f"{page}/look", reason="上门办理参保"))
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        looks = select(AuditRow.reason).where(AuditRow.verb == "person.unmask")
        assert list(db.session.scalars(looks)) == ["上门办理参保"]
    rows = re.findall(r"<tr><td class=\"wrap\">([^<]+)</td>", clerk.read(HERE))
    assert rows == [DESK]


def nobody_rewrites(stage: Stage, clerk: str) -> None:
    who = stage.world.person(clerk).actor
    changed = text("UPDATE insurance_entry SET kind = 'visited'")
    with (
        stage.app.app_context(),
        acting_for(YUSHU, "township", unit_id=who.unit_id, desk_id=who.desk_id),
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        db.session.execute(changed)


def the_next_step_comes_to_the_desk(stage: Stage, clerk: Browser, other: Browser) -> None:
    """Nothing waits at first; after the rulebook's days it does."""
    assert "落实应保尽保" not in other.read("/")
    with business_date_set_to(dt.date(2026, 12, 4), allow=True):
        assert "落实应保尽保" in other.read("/")
        assert "基本养老保险未参保人员" in clerk.read("/")


def the_list_for_human_resources_is_made_by_the_system(stage: Stage, zhou: Browser) -> None:
    """One encrypted package with its stamp; it says for what, and that consent is needed."""
    page = re.findall(rf"{HERE}/rounds/[0-9]+", zhou.read(HERE))[0]
    short = zhou.send(page, f"{page}/list", password="short")
    assert "密码应为 12 至 64 位" in short.text
    zhou.after(zhou.send(page, f"{page}/list", password=PASSWORD))
    stage.work()
    with stage.app.app_context(), acting_for(YUSHU):
        made = db.session.scalars(select(MadeFile)).one()
        assert made.password_sealed is None
        data = files.read(made.file_id or 0, "made").data
    with pyzipper.AESZipFile(io.BytesIO(data)) as package:
        package.setpassword(PASSWORD.encode())
        told = json.loads(package.read("清单说明.json"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(package.read("参保核查名单.xlsx")))
    cells = {str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row}
    assert told["人数"] == "2 人；另有 2 人没有当日有效的授权，没有列入"
    assert "须经当事人授权" in told["授权"]
    assert re.fullmatch(r"([A-Z2-7]{4}-){5}[A-Z2-7]{4}", told["系统印记"])
    assert cells & {*NUMBERS.values()} == {NUMBERS["沈志强"], NUMBERS["许秀英"]}
    assert told["系统印记"] in cells


def consent(stage: Stage) -> None:
    """沈志强 and 许秀英 (on two papers) have authorised it, 韩大勇 for banks only, 韩小宝 is not meant; 曹建国's paper is
    over."""
    day, over = dt.date(2026, 12, 31), dt.date(2026, 11, 3)
    signed = {
        **{"沈志强": (day, []), "许秀英": (day, [5, 16]), "韩大勇": (day, [16])},
        **{"韩小宝": (day, []), "曹建国": (over, [])},
    }
    with stage.app.app_context(), acting_for(YUSHU):
        rows = db.session.scalars(select(AssistedPerson)).all()
        for row in rows:
            name = vault().open(TABLE, row.id, row.sealed)["name"]
            if name in signed:
                expires_on, scope = signed[name]
                authorise(row, expires_on, scope)
            if name == "许秀英":
                authorise(row, dt.date(2026, 12, 30), [5])


def authorise(row: AssistedPerson, expires_on: dt.date, scope: list[int]) -> None:
    """A household that was checked, whose head signed on 1 November."""
    case_id, subject_id = take_ids(2)
    kept = {"id": case_id, "state": "reported", "origin": "unit", "scheme": "subsistence"}
    kept |= {"application": "new", "region": YUSHU, "size": 1, "period": 202611}
    db.session.add(Case(head_sealed=b"", **kept))
    db.session.flush()
    who = {"id": subject_id, "case_id": case_id, "row_no": 1, "role": "applicant"}
    hashes = {"id_hash": row.person_hash, "name_hash": b"", "sealed": b""}
    db.session.add(Subject(relation="本人", **who, **hashes))
    db.session.flush()
    days = {"signed_on": dt.date(2026, 11, 1), "expires_on": expires_on}
    db.session.add(Authorisation(subject_id=subject_id, scope=scope, **days))


def lists_come_at_the_rhythm_agreed(stage: Stage, source: int) -> None:
    """Every Monday from the 13th on, by itself and once; a Monday that was missed is made up."""
    zhou, wu = stage.at_browser("周建华"), stage.at_browser("吴晓东")
    here, form = f"/sharing/{source}", f"/sharing/{source}/agreements/new"
    typed = {"number": "榆核协〔2026〕9号", "signed_on": "2026-11-13", "valid_from": "2026-11-13"}
    typed |= {"term": "rulebook", "list_every": "week"}
    with on_day(13):
        every_day(stage)
        assert rhythm_lists(stage) == [], "the 20th of October was before the first comparison"
        assert "1 至 7 的整数" in zhou.send(form, form, **typed, list_day="8").text
        zhou.after(zhou.send(form, form, **typed, list_day="1"))
        (confirm,) = [action for action in wu.forms(here) if action.endswith("/confirm")]
        assert "每周星期一" in wu.after(wu.send(here, confirm))
        every_day(stage)
        assert rhythm_lists(stage) == [], "the Monday before was not agreed"
    with on_day(17):
        seen = zhou.read("/assistance/outward")
        assert "协议 榆核协〔2026〕9号" in seen
        assert "到期尚未生成" in seen
        every_day(stage)
        every_day(stage)
        (made,) = rhythm_lists(stage)
        assert (made.as_of, made.total, made.left_out) == (dt.date(2026, 11, 16), 2, 2)
        assert "到期尚未生成" not in zhou.read("/assistance/outward")
        assert made.number in wu.read("/")
        shown = zhou.read(f"/assistance/outward/{made.id}")
        for words in (
            "核查救助对象的基本养老保险参保情况",
            "须取得当事人授权",
            "2 人没有当日有效的授权",
        ):
            assert words in shown
        assert [name for name in PEOPLE if name in shown] == ["沈志强", "许秀英"]
        assert NUMBERS["沈志强"] not in shown
    with on_day(23):
        with stage.app.app_context(), acting_for(YUSHU):
            narrow = Authorisation.scope == [5, 16]
            back = update(Authorisation).where(narrow).values(withdrawn_on=dt.date(2026, 11, 20))
            db.session.execute(back)
        every_day(stage)
        first, second = rhythm_lists(stage)
        assert first.standing == "overtaken"
        assert (second.as_of, second.total, second.left_out) == (dt.date(2026, 11, 23), 1, 3)


def every_day(stage: Stage) -> None:
    with stage.app.app_context(), acting_for(YUSHU):
        making.make_due()
    stage.work()


def rhythm_lists(stage: Stage) -> list[OutwardList]:
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        query = select(OutwardList).where(OutwardList.flow.in_(("pension", "medical")))
        return list(db.session.scalars(query.order_by(OutwardList.id)))


def counts_go_up_without_the_small_ones(stage: Stage) -> None:
    """长春市 sees that there are some, not how few."""
    with stage.app.app_context(), acting_for(YUSHU):
        assert month_counts([202611])[202611]["uninsured"] == 2
        telling.push()
    stage.work()
    seen = stage.at_browser("熊丽君").read(HERE)
    row = re.search(r"榆树市核对中心</td>(.*?)</tr>", seen, re.S)
    assert row
    assert row[1].count("不显示") == 2
    assert "50.0%" not in seen


def what_is_too_old_says_nothing(stage: Stage, cao: int) -> None:
    """Two months on: unknown, not uninsured; the work list stays as it was."""
    with business_date_set_to(dt.date(2027, 1, 20), allow=True):
        zhou = stage.at_browser("周建华")
        zhou.after(zhou.send(HERE, f"{HERE}/rounds", insurance="pension"))
        stage.work()
        assert counts(stage, 202701).not_insured == 0
        assert results(stage)["曹建国"] == ("unknown", "too_old")
        assert listed(stage) == {"曹建国": cao}
        assert counts(stage).rate == 50.0, "November stays as it was"


def entries(stage: Stage) -> list[InsuranceEntry]:
    with stage.app.app_context(), acting_for(YUSHU, read_only=True):
        return list(db.session.scalars(select(InsuranceEntry)))
