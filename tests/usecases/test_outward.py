"""Lists that leave: 榆树's recipients go up each day, and the province holds whom the county has."""

import datetime as dt
import io
from collections.abc import Iterable

import pytest
import pyzipper
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, func, select, update

from app.assistance.answering import service as answering
from app.assistance.answering.queries import lines_of, waiting
from app.assistance.answering.rules import Asked
from app.assistance.answering.service import Said
from app.assistance.outward import making, queries, service
from app.assistance.outward.models import HeldPerson, OutwardList, TierCount
from app.assistance.register import loading
from app.assistance.register.rules import Totals
from app.audit.models import AuditRow
from app.exchange.store.models import ReturnedLoad, ReturnedRecord
from tenants import provisioning
from tenants.calendar import SHANGHAI, business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.architecture.catalogue import as_owner
from tests.servers import DatabaseUrls
from tests.usecases.tree import Tree
from tests.world.exports import Row, export
from tests.world.identity_numbers import id_number

BOTH = "就业服务、代缴城乡居民养老保险费"
PROVINCE, CITY, COUNTY = 220000, 220100, 220182
SHAPE = {PROVINCE: ("province", None), CITY: ("city", PROVINCE), COUNTY: ("county", CITY)}
UNITS = {PROVINCE: {}, CITY: {}, COUNTY: {"榆树市人力资源和社会保障局": (501,)}}
BORN = {
    "张甲": (dt.date(1950, 5, 17), True),
    "王乙": (dt.date(1966, 10, 2), True),
    "李丙": (dt.date(1966, 12, 9), True),
    "赵丁": (dt.date(1990, 1, 20), False),
}
"""Past working age; of it until March 2027, with a pension of the residents' insurance; of it; of
it."""


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    return Tree(app, settings, SHAPE, UNITS).open(dt.date(2026, 11, 2))


def row(name: str, amount: int = 500) -> Row:
    born, is_man = BORN[name]
    number = id_number(COUNTY, born, list(BORN).index(name), male=is_man)
    return f"H{name}", name, number, "户主", "五棵树镇", amount


def load(tree: Tree, rows: Iterable[Row]) -> None:
    """Today's export of the system, by two operators."""
    rows = list(rows)
    total = sum(int(str(one[5])) for one in rows) * 100
    at = dt.datetime.combine(business_date(), dt.time(8), SHANGHAI)
    told = Totals(len(rows), len(rows), total)
    data = export(rows)
    with tree.at(COUNTY):
        new = loading.NewLoad(
            tree.department, "subsistence", "全国低保系统", at, told, data, "在享.xlsx"
        )
        load_id = loading.take_in(new, tree.actor(COUNTY, 5))
    tree.work()
    with tree.at(COUNTY):
        loading.confirm(load_id, tree.actor(COUNTY, 6))
    tree.work()


def every_day(tree: Tree, *agencies: int) -> None:
    """The daily job of these agencies, and the worker."""
    for agency in agencies or (COUNTY, CITY, PROVINCE):
        with tree.at(agency):
            making.make_due()
    tree.work()


def lists(tree: Tree, agency: int, flow: str) -> list[OutwardList]:
    with tree.at(agency):
        query = select(OutwardList).where(OutwardList.flow == flow).order_by(OutwardList.id)
        return list(db.session.scalars(query))


def changes(found: OutwardList) -> tuple[int, int, int, int]:
    return found.added, found.changed, found.ended, found.total


def tier(tree: Tree, agency: int) -> tuple[str, int, int]:
    """How the county's figures fit here: the gap, its own count, what is held above."""
    with tree.at(agency):
        found = [one for one in queries.tiers() if one.row.scheme == "subsistence"]
        return found[0].gap, found[0].row.told_persons, found[0].row.held_persons


def held(tree: Tree) -> int:
    with tree.at(PROVINCE):
        query = select(func.count()).select_from(HeldPerson).where(HeldPerson.valid_to.is_(None))
        return db.session.scalar(query) or 0


def test_recipients_go_up_every_day_and_every_tier_counts_alike(
    tree: Tree, database: DatabaseUrls
) -> None:
    load(tree, [row("张甲"), row("王乙"), row("李丙")])
    every_day(tree, COUNTY)
    assert lists(tree, COUNTY, "upload") == [], "today may still change"

    # The first list names everybody; a second run of the job makes nothing.
    tree.today(dt.date(2026, 11, 3))
    every_day(tree, COUNTY)
    every_day(tree, COUNTY)
    (first,) = lists(tree, COUNTY, "upload")
    assert (first.is_full, first.total, first.standing) == (True, 3, "acknowledged")
    assert first.as_of == dt.date(2026, 11, 2)
    assert held(tree) == 3
    assert {tier(tree, at) for at in (COUNTY, CITY, PROVINCE)} == {("", 3, 3)}
    named = human_resources_has(tree)
    assert named == {"王乙": ("present", "就业服务"), "李丙": ("present", BOTH)}
    load(tree, [row("王乙", 650), row("李丙"), row("赵丁")])

    # A day that nobody worked is made up: the difference is against what is held above.
    tree.today(dt.date(2026, 11, 5))
    every_day(tree)
    first, second = lists(tree, COUNTY, "upload")
    assert (second.base_id, second.as_of) == (first.id, dt.date(2026, 11, 4))
    assert changes(second) == (1, 1, 1, 3)
    assert held(tree) == 3
    assert tier(tree, PROVINCE) == ("", 3, 3)
    assert tree.unfinished_jobs(PROVINCE) == tree.unfinished_jobs(COUNTY) == []
    with tree.at(COUNTY):
        shown = {one.name: (one.change, one.why) for one in queries.sample(second)}
    assert shown == {"张甲": ("ended", "left"), "王乙": ("changed", ""), "赵丁": ("added", "")}

    # Human resources is told who is new of working age, and nothing of an amount that it never had.
    assert human_resources_has(tree) == {"赵丁": ("added", BOTH)}

    # Somebody is missing above, past the wall: the figures of one day do not fit, until said why.
    with as_owner(database.owner) as connection:
        gone = select(HeldPerson.id).where(HeldPerson.valid_to.is_(None)).limit(1)
        connection.execute(delete(HeldPerson).where(HeldPerson.id.in_(gone)))
    tree.today(dt.date(2026, 11, 6))
    every_day(tree, COUNTY)
    assert tier(tree, PROVINCE) == tier(tree, COUNTY) == ("differs", 3, 2)
    operator = tree.actor(PROVINCE, 5)
    with tree.at(PROVINCE):
        service.explain_tier(COUNTY, "subsistence", "一人记录损坏，已要求重报。", operator)
    assert tier(tree, PROVINCE)[0] == "explained"
    with tree.at(PROVINCE), pytest.raises(Fault) as fault:
        service.explain_tier(COUNTY, "subsistence", "再说一次原因。", operator)
    assert fault.value.code == "outward.nothing_to_explain"

    # Asked to name everybody again, the county does so at once, and all is well.
    with tree.at(PROVINCE):
        service.ask_whole(COUNTY, operator)
    tree.work()
    newest = lists(tree, COUNTY, "upload")[-1]
    assert (newest.is_full, newest.standing, newest.as_of.day) == (True, "acknowledged", 5)
    assert held(tree) == 3
    assert {tier(tree, at) for at in (COUNTY, CITY, PROVINCE)} == {("", 3, 3)}

    # A list of yesterday that never came: what comes next is refused, and made anew from there.
    with as_owner(database.owner) as connection:
        back = update(TierCount).where(TierCount.agency_id == PROVINCE)
        connection.execute(back.values(held_key=first.key, kept_key=first.key))
    tree.today(dt.date(2026, 11, 7))
    every_day(tree, COUNTY)
    third, fourth = lists(tree, COUNTY, "upload")[-2:]
    assert (third.standing, fourth.standing) == ("refused", "acknowledged")
    assert (fourth.base_id, held(tree)) == (first.id, 3)
    platform_has_it(tree)

    # 长春 kept nobody; with a unit of human resources of its own it does, from a whole list on.
    with tree.at(CITY):
        assert db.session.scalar(select(func.count()).select_from(HeldPerson)) == 0
    with tree.app.app_context(), acting_for(CITY, "registrar"):
        provisioning.add_unit("sharing", "长春市人力资源和社会保障局", category=5)
    tree.today(dt.date(2026, 11, 12))
    every_day(tree)
    refused, whole = lists(tree, COUNTY, "upload")[-2:]
    assert (refused.standing, whole.standing, whole.is_full) == ("refused", "acknowledged", True)
    tree.today(dt.date(2026, 11, 13))
    every_day(tree)
    assert [one.total for one in lists(tree, CITY, "working_age")] == [2]
    assert tier(tree, CITY) == ("", 2, 2)

    a_letter_is_answered(tree)

    # Each month's first list names everybody; the next day's says who is too old by now.
    tree.today(dt.date(2027, 4, 1))
    every_day(tree, COUNTY)
    assert set(human_resources_has(tree)) == {"李丙", "赵丁"}
    assert lists(tree, COUNTY, "working_age")[-1].is_full

    # An agency that is not below any more is told of elsewhere: its people end here.
    with tree.at(PROVINCE):
        db.session.execute(update(HeldPerson).values(by_agency_id=220381))
        db.session.execute(update(TierCount).values(by_agency_id=220381))
        making.make_due()
        assert queries.tiers() == []
        assert queries.open_gaps() == 0
    assert held(tree) == 0


def human_resources_has(tree: Tree) -> dict[str, tuple[str, str]]:
    """The county's newest list of who is of working age, sent and acknowledged: who is in it."""
    newest = lists(tree, COUNTY, "working_age")[-1]
    one, other = tree.actor(COUNTY, 5), tree.actor(COUNTY, 6)
    with tree.at(COUNTY):
        named = {x.name: (x.change, x.services) for x in queries.sample(newest)}
        service.confirm(newest.id, one)
        service.send(newest.id, "加密光盘", business_date(), other)
        data, word = service.package_file(newest.id, one).data, service.password(newest.id, one)
        service.receive(newest.id, "人社回 1 号", newest.total, other)
        assert service.list_of(newest.id).standing == "acknowledged"
    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        archive.setpassword(word.encode())
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("名单.xlsx")))
    cells = sheet.get_sheet_by_index(0).to_python()
    top = next(n for n, line in enumerate(cells) if line[0] == "变动")
    assert "户月保障金额（元）" not in cells[top]
    assert {str(line[2]) for line in cells[top + 1 :]} == set(named)
    return named


def platform_has_it(tree: Tree) -> None:
    """The province's own list for the sharing platform, by two people, with the platform's word."""
    tree.today(dt.date(2026, 11, 9))
    load(tree, [row("李丙"), row("王乙", 650)])
    tree.today(dt.date(2026, 11, 10))
    every_day(tree)
    assert lists(tree, COUNTY, "platform") == []
    first = lists(tree, PROVINCE, "platform")[-1]
    assert (first.is_full, first.total, first.standing) == (True, 2, "made")
    assert first.as_of == business_date(), "all that is awaited is there, so today is told"
    one, other = tree.actor(PROVINCE, 5), tree.actor(PROVINCE, 6)

    # One confirms, another sends; the package opens with its password and says what it is for.
    with tree.at(PROVINCE):
        service.confirm(first.id, one)
        with pytest.raises(Fault) as fault:
            service.send(first.id, "共享平台上传", business_date(), one)
        assert fault.value.code == "outward.same_operator"
        service.send(first.id, "共享平台上传", business_date(), other)
        data, word = service.package_file(first.id, other).data, service.password(first.id, other)
        assert service.cover(first.id, other)[0].startswith(b"%PDF")
    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        archive.setpassword(word.encode())
        manifest = archive.read("manifest.json").decode()
        assert {"名单.xlsx", "封面.pdf", "manifest.json"} == set(archive.namelist())
    assert first.stamp in manifest
    assert '"needs_authorisation": false' in manifest

    # The platform says that it holds one less: open until somebody says why.
    with tree.at(PROVINCE):
        service.receive(first.id, "PT-20261110-01", 1, one)
    assert lists(tree, PROVINCE, "platform")[-1].standing == "differs"
    with tree.at(PROVINCE):
        service.explain(first.id, "平台一人证件号码校验未通过，次日补传。", other)
        assert service.list_of(first.id).standing == "acknowledged"

    # What comes once today was told counts for tomorrow, and nothing of it is lost.
    load(tree, [row("李丙"), row("赵丁")])
    tree.today(dt.date(2026, 11, 11))
    every_day(tree)
    second = lists(tree, PROVINCE, "platform")[-1]
    assert (second.base_id, changes(second)) == (first.id, (1, 0, 1, 2))
    with tree.at(PROVINCE):
        verbs = set(db.session.scalars(select(AuditRow.verb)))
    assert {"outward.make", "outward.taken", "outward.password", "outward.receive"} <= verbs


def a_letter_is_answered(tree: Tree) -> None:
    """人社局 asks by letter who is married: of one the store knows, one is looked up by hand, one
    came without an authorisation; two operators answer, a day late."""
    one, other = tree.actor(COUNTY, 5), tree.actor(COUNTY, 6)
    people = [Asked(name, row(name)[2], business_date()) for name in ("王乙", "李丙")]
    with tree.at(COUNTY):
        keep_marriage(tree, people[0].id_number)
        letter = answering.NewInquiry(
            unit_id=tree.ids["榆树市人力资源和社会保障局"],
            letter_number="榆人社函〔2026〕31号",
            letter_on=dt.date(2026, 11, 12),
            received_on=business_date(),
            purpose="核验遗属待遇领取资格",
            items=(105,),
            people=(*people, Asked("赵丁", row("赵丁")[2], None)),
            scan=b"%PDF-1.4",
        )
        inquiry_id = answering.enter(letter, one)
    with tree.at(COUNTY):
        assert answering.inquiry_of(inquiry_id).due_on == dt.date(2026, 11, 20)
        found = {x.name: (x.outcome, x.source, x.words) for x in lines_of(inquiry_id)}
        assert found["王乙"] == ("hit", "store", "婚姻状况：结婚")
        assert found["李丙"] == ("", "", "")
        assert found["赵丁"][:2] == ("refused", "rule")
        with pytest.raises(Fault, match="已经登记过"):
            answering.enter(letter, one)
        with pytest.raises(Fault, match="还有 1 项没有结果"):
            answering.draft(inquiry_id, one)
        with pytest.raises(Fault, match="写明内容"):
            answering.answer(inquiry_id, [Said(2, 105, "unable", "", "", None)], one)
        said = [Said(n, 105, "no_record", "", "全国婚姻登记系统", None) for n in (1, 2, 3)]
        answering.answer(inquiry_id, said, one)
        assert [x.source for x in lines_of(inquiry_id)] == ["store", "hand", "rule"]
        answering.draft(inquiry_id, one)
        with pytest.raises(Fault, match="另一名交换员"):
            answering.confirm(inquiry_id, one)
        answering.return_draft(inquiry_id, "请补查李丙的曾用名。", other)
        answering.draft(inquiry_id, one)
        answering.confirm(inquiry_id, other)
    tree.today(dt.date(2026, 11, 23))
    with tree.at(COUNTY):
        assert waiting() == (1, 1)
        data, word = (
            answering.package_file(inquiry_id, one).data,
            answering.password(inquiry_id, one),
        )
        answering.hand_over(inquiry_id, "加密光盘", business_date(), one)
        assert answering.inquiry_of(inquiry_id).is_late(business_date())
        assert waiting() == (0, 0)
    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        archive.setpassword(word.encode())
        manifest = archive.read("manifest.json").decode()
        answers = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("答复名单.xlsx")))
    assert '"needs_authorisation": true' in manifest
    told = [line[4] for line in answers.get_sheet_by_index(0).to_python() if line[3] == "婚姻登记"]
    assert told == ["有记录", "无记录", "拒绝"]


def keep_marriage(tree: Tree, number: str) -> None:
    """The store of returned data has a part of the marriage register, and somebody in it; another
    part is too old to say "no record"."""
    day, at = business_date(), instant()
    for part, as_of in (("城区", day), ("乡镇", dt.date(2026, 1, 1))):
        load = ReturnedLoad(
            **{"unit_id": tree.ids["榆树市人力资源和社会保障局"], "item": 105, "part": part},
            **{"as_of": as_of, "digest": b"", "loaded_by": 5, "loaded_at": at, "read_at": at},
            **{"confirmed_by": 6, "confirmed_at": at},
        )
        db.session.add(load)
        db.session.flush()
        if as_of == day:
            (id_,) = take_ids(1)
            hash_ = vault().look_up(number)
            sealed = vault().seal("returned_record", id_, {"status": "1"})
            record = {"id": id_, "load_id": load.id, "person_hash": hash_, "as_of": day}
            db.session.add(ReturnedRecord(**record, sealed=sealed))
