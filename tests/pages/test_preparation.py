"""登记一户: households typed in at a desk, checked by the list's rules, kept until prepared."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.lifecycle import Chosen
from app.cases.models import Ask, Authorisation, Case, Event, Subject, SubjectList
from app.cases.sources import TO_NOBODY
from app.delegation import routing
from app.intake import service as intake
from app.preparation.models import HouseholdDraft
from app.review import service as review
from tenants.calendar import business_date_set_to
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tests.pages.desk import Desk, at_work, entrusted
from tests.pages.stage import on_day
from tests.world.builder import build_world
from tests.world.identity_numbers import id_number
from tests.world.month import Month
from tests.world.typed import type_households
from tests.world.world import World

CLERK, OTHER_DESK, DEPARTMENT = "徐晨", "孙丽", "罗琳"
HEAD = id_number(220182, dt.date(1970, 3, 15), 401, male=True)
WIFE = id_number(220112, dt.date(1972, 8, 2), 402, male=False)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with on_day(4):
        yield build_world(app, settle=False)


@pytest.fixture
def clerk(app: Flask, world: World) -> Desk:
    return Desk(app, world, CLERK)


def household(**changed: str) -> dict[str, str]:
    """What a clerk types of 周明 and his wife."""
    fields = {
        "h-household_no": "GP-2026-001",
        "h-scheme": "最低生活保障",
        "h-application": "新申请",
        "h-actual_region": "吉林省长春市榆树市",
        "h-registered_region": "220182",
        "h-authorised_on": "2026-11-02",
        "h-authorisation_expires_on": "",
        "p0-relation": "户主",
        "p0-name": "周明",
        "p0-id_type": "居民身份证",
        "p0-id_number": HEAD,
        "p0-phone": "15400009001",
        "p0-subject_role": "共同生活的家庭成员",
        "p0-monthly_income": "1200",
        "p0-deposits": "3,500.50",
        "p0-houses": "1",
        "p0-vehicles": "0",
        "p0-businesses": "0",
        "p1-relation": "配偶",
        "p1-name": "陈秀",
        "p1-id_type": "居民身份证",
        "p1-id_number": WIFE,
        "p1-phone": "15400009002",
        "p1-subject_role": "共同生活的家庭成员",
    }
    return fields | changed


def begun(desk: Desk) -> str:
    """The address of a form that somebody has just opened."""
    answer = desk.send("/households")
    assert answer.status_code == 303
    return str(answer.location)


def checked(desk: Desk, form: str, **fields: str) -> dict[str, Any]:
    answer = desk.send(f"{form}/check", **fields)
    assert answer.status_code == 200
    return dict(answer.get_json())


def prepared(desk: Desk, **changed: str) -> str:
    """The page after a household was prepared."""
    return desk.act(begun(desk), **household(**changed), do="prepare")


def cases_of(world: World, name: str) -> list[Case]:
    with at_work(world, name):
        return list(db.session.scalars(select(Case).order_by(Case.id)))


def test_a_clerk_prepares_a_household_and_the_department_submits_it(
    app: Flask, world: World, clerk: Desk
) -> None:
    """From nothing to a prepared household; 罗琳 sees it beside the uploaded lists."""
    assert "登记一户" in clerk.source("/")
    form = begun(clerk)
    page = clerk.source(form)
    assert 'value="2026-11-001"' in page
    assert "吉林省长春市榆树市" in page
    assert "已登记 GP-2026-001 一户" in clerk.act(form, **household(), do="prepare")
    clerk.read(form, status=404)
    luolin = Desk(app, world, DEPARTMENT)
    (listed,) = re.findall(r'name="ids" value="(\d+)"', luolin.source("/entrustments/new"))
    sent = luolin.act(
        "/entrustments", ids=listed, letter_number="榆民救委〔2026〕12号", letter_on="2026-11-04"
    )
    assert "GP-2026-001" in sent
    assert "周明" in sent
    with app.app_context():
        (case,) = cases_of(world, CLERK)
        assert (case.state, case.size, case.region) == ("submitted", 2, 220182)
        with at_work(world, CLERK):
            assert db.session.scalars(select(SubjectList.file_id)).all() == [None]
            actions = db.session.scalars(select(Event.action).order_by(Event.id)).all()
    assert actions == ["prepare", "submit"]


def test_a_typed_household_says_what_a_list_would(app: Flask, world: World, clerk: Desk) -> None:
    """The same two rows from the form and from a sheet become the same sealed declarations."""
    prepared(clerk)
    page = clerk.source("/lists")
    (listed,) = set(re.findall(r"/lists/(\d+)", page))
    shown = clerk.read(f"/lists/{listed}")
    assert "户主 周明 220182********401" in shown or "周明" in shown
    assert "2027-11-01" in shown


def test_the_check_keeps_what_was_typed_and_says_what_follows(clerk: Desk) -> None:
    form = begun(clerk)
    found = checked(clerk, form, **household(**{"h-registered_region": ""}))
    assert found["faults"] == {}
    assert found["facts"][0].startswith("男 · 1970-03-15 出生 · 56 岁 · 号码登记地 榆树市")
    assert found["facts"][1].startswith("女 · 1972-08-02 出生 · 54 岁")
    assert found["proposals"] == {
        "h-registered_region": "吉林省长春市榆树市",
        "h-authorisation_expires_on": "2027-11-01",
    }
    assert found["saved"].startswith("已自动保存")
    page = clerk.source(form)
    assert HEAD in page
    assert 'value="2027-11-01"' in page


WRONG = [
    ("p0-id_number", HEAD[:17] + ("0" if HEAD[17] != "0" else "1"), "校验"),
    ("p1-relation", "户主", "每户只能有一人"),
    ("p1-relation", "邻居", "GB/T 4761"),
    ("p1-id_number", HEAD, "证件号码相同"),
    ("p0-deposits", "3.5万", "15000"),
    ("p0-phone", "", "没有填写"),
    ("h-authorised_on", "2026-11-05", "晚于今天"),
    ("h-authorisation_expires_on", "2028-01-01", "超过"),
    ("h-actual_region", "火星", "行政区划"),
    ("p1-registered_region", "火星", "行政区划"),
    ("h-household_no", "", "没有填写"),
]


def test_the_rules_are_those_of_the_list(clerk: Desk) -> None:
    """Each fault stands at its field, once, while one types; and then nothing is prepared."""
    form = begun(clerk)
    for field, typed, told in WRONG:
        found = checked(clerk, form, **household(**{field: typed}))
        assert told in found["faults"].get(field, ""), field
        page = clerk.act(form, **household(**{field: typed}), do="prepare")
        assert "请先改正以下各处" in page
        assert told in page
    assert "没有待提交的家庭" in clerk.read("/households")


def test_people_come_and_go_without_the_script(clerk: Desk) -> None:
    form = begun(clerk)
    assert "第 3 行" in clerk.act(form, **household(), do="add")
    page = clerk.act(form, **household(), do="remove-0")
    assert "第 1 行" in page
    assert "第 2 行" not in page
    assert 'value="陈秀"' in clerk.source(form)
    assert "周明" not in clerk.source(form)


def test_a_draft_waits_for_the_one_who_typed_it(app: Flask, world: World, clerk: Desk) -> None:
    """Kept over a sign-out and listed; another desk does not know it, the department's neither."""
    form = begun(clerk)
    checked(clerk, form, **household())
    clerk.send("/sign-out")
    again = Desk(app, world, CLERK)
    assert "继续填写" in again.read("/")
    listed = again.read("/households")
    assert "周明" in listed
    assert HEAD not in listed
    assert HEAD in again.source(form)
    for stranger in (OTHER_DESK, DEPARTMENT):
        desk = Desk(app, world, stranger)
        desk.read(form, status=404)
        assert desk.send(f"{form}/check", **household()).status_code == 404
        assert "周明" not in desk.read("/households")
    assert "已删除草稿" in again.act(f"{form}/drop")
    again.read(form, status=404)


def test_a_colleague_of_the_desk_takes_over_by_an_act(
    app: Flask, world: World, clerk: Desk
) -> None:
    form = begun(clerk)
    checked(clerk, form, **household())
    with app.app_context(), at_work(world, CLERK):
        db.session.scalars(select(HouseholdDraft)).one().account_id = 1
    assert HEAD not in clerk.source(form)
    assert "接着填写" in clerk.read(form)
    clerk.act(f"{form}/take")
    assert HEAD in clerk.source(form)


def test_a_prepared_household_is_changed_until_it_is_submitted(
    app: Flask, world: World, clerk: Desk
) -> None:
    prepared(clerk)
    with app.app_context():
        (case,) = cases_of(world, CLERK)
    # Before it is entrusted it is the desk's: not the department's, and not another desk's.
    for other in (DEPARTMENT, OTHER_DESK):
        asked = Desk(app, world, other).send(f"/households/cases/{case.id}/open")
        assert asked.status_code == 404
    opened = clerk.send(f"/households/cases/{case.id}/open").location
    page = clerk.source(opened)
    assert HEAD in page
    assert 'value="3500.50"' in page
    alone = {k: v for k, v in household().items() if not k.startswith("p1-")}
    assert "已修改 GP-2026-001 一户" in clerk.act(opened, **alone, do="prepare")
    with app.app_context():
        (now,) = cases_of(world, CLERK)
        assert (now.id, now.state, now.size, now.list_id) == (case.id, "prepared", 1, case.list_id)
        with at_work(world, CLERK):
            actions = db.session.scalars(select(Event.action).order_by(Event.id)).all()
        assert actions == ["prepare", "change"]
        with at_work(world, DEPARTMENT):
            intake.submit(
                [case.list_id],
                letter_number="榆民救委〔2026〕12号",
                letter_on=dt.date(2026, 11, 4),
                actor=world.actor(DEPARTMENT),
            )
    assert clerk.send(f"/households/cases/{case.id}/open").status_code == 404
    assert clerk.client.get(f"/households/cases/{case.id}/discard").status_code == 404


def test_a_household_submitted_meanwhile_is_not_changed(
    app: Flask, world: World, clerk: Desk
) -> None:
    """徐晨 has the form open while 罗琳 submits: what he sends changes nothing, and says so."""
    prepared(clerk)
    with app.app_context():
        (case,) = cases_of(world, CLERK)
    opened = clerk.send(f"/households/cases/{case.id}/open").location
    with app.app_context(), at_work(world, DEPARTMENT):
        intake.submit(
            [case.list_id],
            letter_number="榆民救委〔2026〕12号",
            letter_on=dt.date(2026, 11, 4),
            actor=world.actor(DEPARTMENT),
        )
    answer = clerk.send(opened, **household(**{"p0-name": "周朋"}), do="prepare")
    assert answer.status_code >= 400
    assert "已提交或已删除" in answer.get_data(as_text=True)


def test_a_prepared_household_is_discarded_with_a_reason(
    app: Flask, world: World, clerk: Desk
) -> None:
    prepared(clerk)
    with app.app_context():
        (case,) = cases_of(world, CLERK)
    path = f"/households/cases/{case.id}/discard"
    assert clerk.send(path).status_code == 422
    assert Desk(app, world, OTHER_DESK).send(path, reasons="withdrawn").status_code == 404
    assert "已删除 GP-2026-001 一户" in clerk.act(path, reasons="withdrawn")
    with app.app_context():
        (case,) = cases_of(world, CLERK)
        assert case.state == "discarded"
        with at_work(world, CLERK):
            last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
            assert (last.action, last.reason) == ("discard", "申请人撤回申请")
    luolin = Desk(app, world, DEPARTMENT)
    assert "没有待提交的名单" in luolin.read("/entrustments/new")
    limin = Desk(app, world, "王芳")
    limin.read(f"/cases/{case.id}", status=404)
    assert "周明" not in limin.read("/cases")


def test_the_same_number_is_not_given_twice(clerk: Desk) -> None:
    prepared(clerk)
    form = begun(clerk)
    found = checked(clerk, form, **household())
    assert "已有待提交的家庭使用这个户编号" in found["faults"]["h-household_no"]


def test_the_department_corrects_a_returned_household_in_the_form(app: Flask, world: World) -> None:
    """王芳 returns a household; 罗琳 mends it in the form: the same case, submitted again."""
    ids = entrusted(app, world)
    wangfang = Desk(app, world, "王芳")
    with app.app_context(), at_work(world, "王芳"):
        case = db.session.get_one(Case, (world.agency("榆树市").id, ids[0]))
    wangfang.act(
        f"/intake/{case.entrustment_id}/return", ids=f"{ids[0]}:1", reasons="person_incomplete"
    )
    assert Desk(app, world, CLERK).send(f"/households/cases/{ids[0]}/open").status_code == 404
    luolin = Desk(app, world, DEPARTMENT)
    opened = luolin.send(f"/households/cases/{ids[0]}/open").location
    fields = fields_of(luolin.source(opened))
    fields["p0-phone"] = "15400009009"
    page = luolin.act(opened, **fields, do="prepare")
    assert "并重新提交受理初审" in page
    with app.app_context(), at_work(world, "王芳"):
        again = db.session.get_one(Case, (world.agency("榆树市").id, ids[0]))
        assert again.state == "submitted"
        assert again.number == case.number


def test_a_form_left_open_at_the_desk_does_not_bar_the_department(
    app: Flask, world: World, clerk: Desk
) -> None:
    """徐晨 has a household in his form when it is submitted; it is returned, and 罗琳 mends it."""
    prepared(clerk)
    with app.app_context():
        (case,) = cases_of(world, CLERK)
    left_open = clerk.send(f"/households/cases/{case.id}/open").location
    checked(clerk, left_open, **household(**{"p0-name": "周朋"}))
    with app.app_context(), at_work(world, DEPARTMENT):
        made = intake.submit(
            [case.list_id],
            letter_number="榆民救委〔2026〕12号",
            letter_on=dt.date(2026, 11, 4),
            actor=world.actor(DEPARTMENT),
        ).id
    Desk(app, world, "王芳").act(
        f"/intake/{made}/return", ids=f"{case.id}:1", reasons="person_incomplete"
    )
    luolin = Desk(app, world, DEPARTMENT)
    opened = luolin.send(f"/households/cases/{case.id}/open").location
    fields = fields_of(luolin.source(opened))
    assert fields["p0-name"] == "周明"
    assert "并重新提交受理初审" in luolin.act(opened, **fields, do="prepare")
    clerk.read(left_open, status=404)


GIRL = id_number(220182, dt.date(2015, 6, 2), 404, male=False)
BROTHER = id_number(220182, dt.date(1975, 9, 20), 403, male=True)


def test_a_guardian_for_a_minor_and_a_brother_who_refuses(
    app: Flask, world: World, clerk: Desk
) -> None:
    """周明's daughter needs a guardian; his brother's refusal is said and holds up nobody."""
    child = {"p1-relation": "长女", "p1-name": "周小雨", "p1-id_number": GIRL, "p1-phone": ""}
    form = begun(clerk)
    found = checked(clerk, form, **household(**child))
    assert found["parts"][1] == ["guardian"]
    assert "未满 18 周岁" in found["faults"]["p1-guardian_name"]
    child |= {"p1-guardian_name": "周明", "p1-guardian_id_number": HEAD}
    brother = {
        "p2-relation": "兄",
        "p2-name": "周亮",
        "p2-id_type": "居民身份证",
        "p2-id_number": BROTHER,
        "p2-phone": "15400009003",
        "p2-subject_role": "赡(抚、扶)养义务人",
        "p2-consent": "拒绝授权",
    }
    clerk.act(form, **household(**child, **brother), do="prepare")
    with app.app_context():
        (case,) = cases_of(world, CLERK)
    opened = clerk.send(f"/households/cases/{case.id}/open").location
    page = clerk.source(opened)
    assert 'name="p1-guardian_name"' in page
    assert "<option selected>拒绝授权" in page
    with app.app_context(), at_work(world, DEPARTMENT):
        intake.submit(
            [case.list_id],
            letter_number="榆民救委〔2026〕12号",
            letter_on=dt.date(2026, 11, 4),
            actor=world.actor(DEPARTMENT),
        )
    wangfang = Desk(app, world, "王芳")
    shown = wangfang.read(f"/intake/cases/{case.id}")
    assert "拒绝授权 不核对此人，不影响本户" in shown
    assert "监护人 周明" in shown
    assert "2 / 3 有效 1 人拒绝授权" in wangfang.read(
        f"/intake/{submitted_in(app, world, case.id)}"
    )
    with app.app_context(), at_work(world, "王芳"):
        intake.accept(Chosen.of([case.id]), world.actor("王芳"))
    reviewer = Desk(app, world, "赵磊")
    assert "1 人拒绝授权，不核对" in reviewer.read("/review")
    with app.app_context(), at_work(world, "赵磊"):
        review.approve(Chosen.of([case.id]), world.actor("赵磊"))
        routing.route_cases([case.id])
        refused = select(Subject.id).where(Subject.refused_on.is_not(None))
        asks = db.session.scalars(select(Ask).where(Ask.subject_id.in_(refused))).all()
        others = db.session.scalars(select(Ask).where(Ask.subject_id.not_in(refused))).all()
        assert {(ask.source, *set(ask.outcomes)) for ask in asks} == {
            (TO_NOBODY, int(Outcome.UNAUTHORISED))
        }
        assert all(Outcome.UNAUTHORISED not in ask.outcomes for ask in others)
    assert "拒绝授权" in reviewer.read(f"/cases/{case.id}")


def submitted_in(app: Flask, world: World, case_id: int) -> int:
    """The entrustment that a case came in."""
    with app.app_context(), at_work(world, "王芳"):
        query = select(Case.entrustment_id).where(Case.id == case_id)
        return db.session.scalars(query).one() or 0


def test_an_earlier_application_is_copied_with_the_consents_that_still_hold(
    app: Flask, world: World, clerk: Desk
) -> None:
    """周明 signed for a year; his wife until tomorrow, which has passed when he comes again."""
    wife = {"p1-authorised_on": "2026-11-02", "p1-authorisation_expires_on": "2026-11-05"}
    prepared(clerk, **wife)
    with on_day(10):
        assert "本窗口没有这个证件号码的申请" in clerk.act("/households/copies", id_number=GIRL)
        for other in (OTHER_DESK, DEPARTMENT):
            stranger = Desk(app, world, other)
            assert "没有这个证件号码" in stranger.act("/households/copies", id_number=HEAD)
        answer = clerk.send("/households/copies", id_number=WIFE.lower())
        page = clerk.read(answer.location)
        assert "已复制 2 人" in page
        assert "最早 2027-11-01 到期" in page
        found = checked(clerk, answer.location, **fields_of(clerk.source(answer.location)))
        assert sorted(found["faults"]) == ["h-authorisation_expires_on", "h-authorised_on"]
        signed = fields_of(clerk.source(answer.location)) | {"h-authorised_on": "2026-11-10"}
        assert "已登记 2026-11-002 一户" in clerk.act(answer.location, **signed, do="prepare")
    with app.app_context(), at_work(world, CLERK):
        ends = db.session.scalars(
            select(Authorisation.expires_on).order_by(Authorisation.id.desc()).limit(2)
        ).all()
    assert sorted(map(str, ends)) == ["2027-11-01", "2027-11-09"]


def fields_of(source: str) -> dict[str, str]:
    """What stands in the fields of a form, as a browser would send it."""
    fields = dict(re.findall(r'name="((?:h|p\d+)-[a-z_]+)"[^>]*? value="([^"]*)"', source))
    for name, body in re.findall(r'<select[^>]*?name="([^"]+)"(.*?)</select>', source, re.S):
        chosen = re.search(r"<option selected>([^<]+)", body)
        fields[name] = chosen[1] if chosen else ""
    return {name: value for name, value in fields.items() if "__N__" not in name}


def test_what_the_demonstration_plants_is_right(app: Flask, world: World) -> None:
    """徐晨's household for next month passes the check; the other stays a draft."""
    with app.app_context():
        late = dt.date(2026, 12, 15)
        with business_date_set_to(late, allow=True):
            type_households(Month(app, world, late))
        with at_work(world, CLERK):
            assert db.session.scalars(select(Case.household_no)).all() == ["GP-2027-01-001"]
            assert len(db.session.scalars(select(HouseholdDraft)).all()) == 1
            assert (
                len(
                    db.session.scalars(select(Subject).where(Subject.refused_on.is_not(None))).all()
                )
                == 1
            )
