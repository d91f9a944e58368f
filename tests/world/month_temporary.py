"""一次性临时救助: one person paid at 双阳区 is refused at 榆树市, where another is paid, human
resources refuses a third, a fourth waits for both bureaus, and a fifth for the township's visit."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.temporary import applying, checking, determining, paying, ruling
from app.assistance.temporary.models import Application, Referral
from app.assistance.temporary.paying_models import Payment
from app.assistance.temporary.people import Applicant
from tenants.database import db
from tenants.scope import acting_for
from tests.world.identity_numbers import id_number
from tests.world.month import Counts, Month, at_work, done
from tests.world.papers import authorisation, id_card
from tests.world.plan import AgencyPlan

CITY, FIRST, COUNTY = "长春市", "双阳区", "榆树市"
STANDARD = (
    "在本市务工或者经常居住，连续三个月无收入来源，失业保险政策无法覆盖，未纳入低保范围，"
    "家庭人均存款低于当地六个月低保标准的未参保失业人员。"
)
PROCEDURE = (
    "乡镇（街道）受理后五个工作日内调查核实；县级核对机构三个工作日内核查；"
    "县级民政、人社部门三个工作日内共同认定；认定后五个工作日内发放。"
)
LEFT = "2026-08-31"
MONTHS_AGO = "离职证明：2026年8月31日解除劳动关系，其后无工资发放"


@dataclass(frozen=True)
class Story:
    """Who asks for it, at which desk, and how far it goes."""

    name: str
    sequence: int
    desk: str
    place: str
    employer: str
    statement: str
    ends: str


PEOPLE = (
    Story(
        *("郭建平", 41, "奢岭街道受理窗口", "work", "长春市双阳区恒信建筑劳务有限公司"),
        *("工地停工后一直没有找到活，三个多月没有收入。", "paid"),
    ),
    Story(
        *("郭建平", 41, "五棵树镇受理窗口", "residence", "长春市双阳区恒信建筑劳务有限公司"),
        *("户口在榆树，回来后没有收入，生活困难。", "elsewhere"),
    ),
    Story(
        *("田玉梅", 42, "五棵树镇受理窗口", "residence", "榆树市锦绣饭店"),
        *("饭店停业，连续三个月没有收入，要还孩子学费。", "paid"),
    ),
    Story(
        *("卢志强", 43, "五棵树镇受理窗口", "work", "榆树市鑫源粮食贸易有限公司"),
        *("公司裁员，没有别的收入。", "bureau"),
    ),
    Story(
        *("丁海波", 44, "弓棚镇受理窗口", "residence", "哈尔滨市道外区顺达物流有限公司"),
        *("外地打工回来，四个月没有收入。", "waits"),
    ),
    Story(
        *("白秀芝", 45, "弓棚镇受理窗口", "residence", "榆树市永胜砖厂"),
        *("砖厂关停，没有失业保险。", "applied"),
    ),
)


def help_the_unemployed(month: Month) -> Counts:
    """The city's bureaus set the standard; two counties take, decide and pay."""
    counts: Counts = Counter()
    _set_standard(month)
    for story in PEOPLE:
        _take(month, story, counts)
    return counts


def _set_standard(month: Month) -> None:
    city = month.world.agency(CITY)
    proposed = ruling.Proposed("长民发〔2026〕18号", month.day, 200_000, STANDARD, PROCEDURE)
    with acting_for(city.id):
        id_ = ruling.propose(proposed, month.one(city, "director")).done[0]
    (officer,) = month.world.people_of(CITY, "joint_determiner")
    with at_work(officer) as actor:
        done(ruling.answer(id_, 0, True, "", actor))
    month.work()


def _take(month: Month, story: Story, counts: Counts) -> None:
    county = month.world.agency(FIRST if "奢岭" in story.desk else COUNTY)
    with at_work(month.clerk_of(story.desk)) as clerk:
        id_ = applying.apply(_asked(month, story), clerk).done[0]
        counts["applications"] += 1
        if story.ends != "applied":
            visitors = f"{clerk.name}、村（社区）干部一名"
            found = applying.Found(
                month.day, visitors, f"入户查看，邻居证实。{story.statement}", "grant"
            )
            done(applying.investigate(id_, 0, found, clerk))
    if story.ends == "applied":
        return
    officer = month.one(county, "intake_officer")
    with acting_for(county.id):
        _answer(month, id_, officer)
    if story.ends == "waits":
        return
    _decide(month, county, story, id_)
    if story.ends == "paid":
        _pay(month, county, id_)
        counts["paid"] += 1


def _answer(month: Month, id_: int, officer: Actor) -> None:
    """The system looks up what it can, documents say the rest."""
    done(checking.look_up(id_, 1, officer))
    on = month.day
    for kind, words in (
        ("income", MONTHS_AGO),
        ("insured", "人社部门书面答复：没有失业保险参保记录"),
        ("subsistence", "户籍地民政部门书面答复：未享受低保"),
    ):
        done(checking.record(id_, 1, kind, "met", "document", on, words, officer))
    done(determining.put_forward(id_, 1, officer))


def _decide(month: Month, county: AgencyPlan, story: Story, id_: int) -> None:
    head = month.one(county, "director")
    if story.ends == "elsewhere":
        words = "四项核查中“省内其他地方没有发放”不符合。"
        with acting_for(county.id):
            done(determining.decide_here(id_, False, "elsewhere", words, head))
        return
    refuses = story.ends == "bureau"
    (officer,) = month.world.people_of(county.region_name, "joint_determiner")
    with at_work(officer) as actor:
        here = select(Referral.id).where(Referral.application_id == id_)
        referral = db.session.scalars(here).one()
        ground = "insured" if refuses else ""
        words = "11 月起已在本局领取失业补助金，每月 1160 元。" if refuses else ""
        done(determining.decide_at_bureau(referral, not refuses, ground, words, actor))
    month.work()
    if not refuses:
        with acting_for(county.id):
            done(determining.decide_here(id_, True, "", "", head))


def _pay(month: Month, county: AgencyPlan, id_: int) -> None:
    issuer = month.one(county, "report_issuer")
    with acting_for(county.id):
        done(paying.make_list(issuer))
        here = select(Payment.id).where(Payment.application_id == id_)
        payment = db.session.scalars(here).one()
        number = db.session.scalars(select(Application.number).where(Application.id == id_)).one()
        voucher = f"银行回单 {month.day:%Y%m%d}{number[-4:]}"
        done(paying.prove(payment, month.day, voucher, issuer))


def _asked(month: Month, story: Story) -> applying.Asked:
    born = dt.date(1980 + story.sequence % 10, 3, 12)
    number = id_number(220182, born, story.sequence, male=story.name not in ("田玉梅", "白秀芝"))
    person = Applicant(
        name=story.name,
        id_number=number,
        phone="13943000000",
        is_local=True,
        address=f"{story.desk.removesuffix('受理窗口')}建设街 {story.sequence} 号",
        employer=story.employer,
        left_on=LEFT,
        bank="吉林省农村信用社联合社",
        account=f"62218800{story.sequence:08}",
        statement=story.statement,
    )
    scans = {
        "consent": [authorisation(story.name, month.day.isoformat())],
        "identity": [id_card(story.name, number)],
    }
    until = month.day + dt.timedelta(days=90)
    return applying.Asked(person, story.place, month.day, month.day, until, scans)
