"""群众监督: what a stranger told and how it ended, and decisions of others in the record.

At 榆树市 a tip-off without a name is asked about, answered and closed, another waits; one entry of the
integrity record is contested and withdrawn, one is in force, one waits to be confirmed.
"""

import datetime as dt
import io
from collections import Counter
from dataclasses import replace
from functools import partial

from PIL import Image
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.lifecycle import Moved
from app.oversight.integrity import service as integrity
from app.oversight.integrity.dispatching import Outward, dispatch
from app.oversight.tipoffs import entering, handling, informing
from app.oversight.tipoffs.codes import fresh_code
from app.oversight.tipoffs.models import TipOff
from app.prints.integrity import notice_pdf
from app.public.contacts import publish
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month, done
from tests.world.papers import letter
from tests.world.plan import AgencyPlan

COUNTY = "榆树市"
TOLD = "五棵树镇有一户领低保的，家里两辆货车都登记在弟弟名下，车一直是他自己在跑运输。"
ASKED = "请补充货车的大致特征、平时停放的地点。"
ADDED = "一辆蓝色厢式货车，一辆红色平板车，晚上停在镇粮库院里。"
FOUND = "调取车辆登记，两车登记在其弟名下，运输合同由其本人签订。2026年12月10日转榆树市民政局社会救助科复核，榆核转〔2026〕3号。"
ANSWER = "您反映的情况经核实部分属实，已转救助管理部门复核该户的救助待遇，处理结果由该部门依法作出。感谢监督。"
WAITING = "听说有村干部帮亲戚开假的收入证明，证明上的单位早就不在了。"
PHONED = "来电反映：窗口工作人员两次让老人回去补同一份材料，老人腿脚不便。"
PERSON = integrity.Decision(
    about="person",
    name="周广富",
    document="220182197508174216",
    facts="申请低保时隐瞒名下货车两辆，多领低保金 6720 元，已责令退回。",
    authority="榆树市民政局",
    number="榆民罚决〔2026〕3号",
    on=dt.date(2026, 11, 27),
    scan=b"",
)
COMPANY = replace(
    PERSON,
    about="organisation",
    name="榆树市鑫源建筑劳务有限公司",
    document="91220182MA17K3Q2XF",
    facts="为三名申请人出具虚假收入证明。",
    number="榆民罚决〔2026〕4号",
)
SECOND = replace(
    PERSON,
    name="崔桂兰",
    document="220182196202043315",
    facts="冒用他人身份证明申请临时救助，未遂。",
    number="榆民罚决〔2026〕5号",
)
BUREAU, CITY = "榆树市人力资源和社会保障局", "长春市核对中心"


def hear_the_public(month: Month) -> Counts:
    """Every agency says how to reach it; 榆树市 handles what it was told."""
    counts: Counts = Counter()
    for agency in month.world.agencies.values():
        for director in month.world.people_of(agency.region_name, "director")[:1]:
            with acting_for(agency.id):
                publish(_contact(agency), director.actor)
                counts["published"] += 1
    county = month.world.agency(COUNTY)
    _tip_offs(month, county, counts)
    _entries(month, county, counts)
    return counts


def _contact(agency: AgencyPlan) -> dict[str, str]:
    return {
        "address": f"{agency.region_name}民政局办公楼一层",
        "hours": "工作日 8:30—11:30、13:00—16:30",
        "phone": "0431-83600010",
        "tip_phone": "0431-83600012",
        "tip_email": f"jubao{agency.id}@example.gov.cn",
        "tip_wechat": f"{agency.region_name}核对",
        "tip_weibo": "",
    }


def _tip_offs(month: Month, county: AgencyPlan, counts: Counts) -> None:
    director, handler = month.one(county, "director"), month.one(county, "report_issuer")
    officer, code = month.one(county, "intake_officer"), fresh_code()
    told = informing.tell(county.id, "subject", TOLD, "", code, "first")
    informing.tell(county.id, "organisation", WAITING, "", fresh_code(), "second")
    with acting_for(county.id):
        id_ = _id_of(told.number)
        _did(handling.assign(id_, 0, handler.account_id, director))
        _did(handling.ask(id_, ASKED, handler))
        call = entering.Entry("phone", "staff", month.day, PHONED)
        by_phone = entering.enter(call, fresh_code(), officer).done[0]
        _did(handling.assign(by_phone, 0, handler.account_id, director))
    informing.add(county.id, told.number, code, ADDED, "answer")
    with acting_for(county.id):
        _did(handling.handle(id_, 1, "referred", FOUND, ANSWER, handler))
        _did(handling.close(id_, 2, director))
    counts["tip_offs"] += 3


def _id_of(number: str) -> int:
    return db.session.scalars(select(TipOff.id).where(TipOff.number == number)).one()


def _entries(month: Month, county: AgencyPlan, counts: Counts) -> None:
    officer, reviewer = month.one(county, "intake_officer"), month.one(county, "reviewer")
    director = month.one(county, "director")
    with acting_for(county.id):
        contested, kept, _ = (
            integrity.enter(replace(decision, scan=_scanned(decision, month.day)), officer).done[0]
            for decision in (PERSON, COMPANY, SECOND)
        )
        for id_ in (contested, kept):
            _did(integrity.confirm(id_, 0, reviewer))
            receipt = "本人（法定代表人）签收，送达回证存档。"
            _did(integrity.serve(id_, 1, month.day, "in_person", receipt, officer))
        _send(contested, "disclosed", BUREAU, month, director)
        _send(kept, "disclosed", BUREAU, month, director)
        _send(kept, "disclosed", CITY, month, director)
        words = "货车系其弟所有，已提交购车发票和银行流水。"
        _did(integrity.appeal(contested, 2, month.day, words, officer))
        words = "原决定机关已撤销〔2026〕3号决定，登记失去依据，予以撤销。"
        _did(integrity.decide(contested, 3, "withdraw", words, director))
        _send(contested, "withdrawn", BUREAU, month, director)
        _did(integrity.tell(contested, month.day, "post", "撤销通知已邮寄本人。", officer))
    counts["entries"] += 3


def _send(entry_id: int, kind: str, to: str, month: Month, director: Actor) -> None:
    outward = Outward(kind, to, "hand", month.day)
    _did(dispatch(entry_id, outward, director, partial(notice_pdf, outward)))


def _scanned(decision: integrity.Decision, day: dt.date) -> bytes:
    """The decision as it comes out of the scanner."""
    page = letter(decision.authority, decision.name, day.isoformat())
    buffer = io.BytesIO()
    Image.open(io.BytesIO(page)).save(buffer, "PDF")
    return buffer.getvalue()


def _did(moved: Moved) -> None:
    if done(moved) != 1:
        raise RuntimeError(f"not done: {moved.skipped}")
