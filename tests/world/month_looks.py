"""An inspection of use with an evening explained, one person's list of looks, and the registers of
confidentiality of one county."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit.models import AuditRow
from app.cases.models import Case, CaseDuty, Subject
from app.oversight.confidentiality import devices, trainings, undertakings
from app.oversight.confidentiality.queries import staff as staff_of_agency
from app.oversight.inspections import judging, look_lists, service
from app.oversight.inspections.models import InspectionItem
from app.prints.papers.undertaking import compose_undertaking
from app.prints.rendering import as_pdf
from tenants.calendar import SHANGHAI
from tenants.database import db
from tenants.rulebook import rulebook
from tenants.scope import acting_for
from tests.world.month import Counts, Month, at_work, done

COUNTY, DESK = "榆树市", "五棵树镇受理窗口"
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 20)
EVENING = "2026-11-12 22:40"
ASKED = "请说明 11 月 12 日晚查看该户身份信息的工作事由。"
SAID = "当晚窗口转来急难申请，核对证件号码后登记，次日补办了手续。"
FOUND = "与窗口当晚的登记一致，事由属实。"
ENDS = (dt.date(2026, 12, 20), dt.date(2027, 10, 31))
DEVICES = (
    ("核设-001", "server", "华为 RH2288", "三楼机房", True),
    ("核设-002", "computer", "联想 M760", "受理大厅 2 号台", True),
    ("核设-003", "laptop", "联想 E14", "外出核查用", False),
    ("核设-004", "storage", "西数 2TB 移动硬盘", "档案室保密柜", True),
)


def inspect_use(month: Month) -> Counts:
    """谭勇 inspects the first twenty days; 沙丽's registers; somebody at the desk asks who looked."""
    counts: Counts = Counter()
    plan = month.world.agency(COUNTY)
    with acting_for(plan.id):
        reviewed = select(CaseDuty.case_id).where(CaseDuty.step == "review")
        own = select(Case).where(Case.id.in_(reviewed), Case.unit_id != 0)
        cases = list(db.session.scalars(own.order_by(Case.id).limit(12)))
        heads = [_head(case.id) for case in cases]
        counts["looks"] = _plant(month, cases, heads)
    _keep_registers(month, counts)
    counts["judged"] = _inspect(month, plan.id)
    _list_for(month, cases)
    month.work()
    counts["lists"] = 1
    return counts


def _head(case_id: int) -> int:
    query = select(Subject.id).where(Subject.case_id == case_id, Subject.role == "applicant")
    return db.session.scalars(query).one()


def _plant(month: Month, cases: Iterable[Case], heads: Iterable[int]) -> int:
    """Looks of the month's days: the program cannot set an instant, so the rows are written out."""
    officer, reviewer = (month.world.person(name).account_id for name in ("王芳", "赵磊"))
    rows = []
    for place, (case, head) in enumerate(zip(cases, heads, strict=True)):
        day = f"2026-11-{5 + place % 2:02}"
        rows.append((officer, f"{day} 09:{10 + place}", "case.unmask", "case", case.id, "受理初审"))
        rows.append(
            (reviewer, f"{day} 14:{10 + place}", "subject.unmask", "subject", head, "审核复审")
        )
    rows.append((officer, EVENING, "subject.unmask", "subject", head, "与纸质材料比对"))
    values = [
        {
            "account_id": account_id,
            "at": dt.datetime.fromisoformat(at).replace(tzinfo=SHANGHAI),
            "verb": verb,
            "subject_kind": kind,
            "subject_id": id_,
            "reason": reason,
            "detail": {},
        }
        for account_id, at, verb, kind, id_, reason in rows
    ]
    db.session.execute(insert(AuditRow).inline(), values)
    return len(values)


def _keep_registers(month: Month, counts: Counts) -> None:
    """Undertakings of the staff but for the last one, a training that one person missed, devices."""
    plan, security = month.world.agency(COUNTY), month.world.actor("沙丽")
    blank = as_pdf([compose_undertaking(plan.name, rulebook(plan.id // 10_000).legal_basis)])
    with acting_for(plan.id):
        staff = [id_ for id_ in staff_of_agency() if id_ != security.account_id]
        for place, account_id in enumerate(staff[:-1]):
            first, last = dt.date(2025, 11, 1), ENDS[0] if place == 1 else ENDS[1]
            signed = undertakings.Signed(account_id, first, first, last, blank)
            counts["undertakings"] += done(undertakings.record_undertaking(signed, security))
        held = trainings.Held(
            *(dt.date(2026, 11, 18), "个人信息保护和数据安全", 120, "吉林省民政厅", ""), staff[:-1]
        )
        counts["trainings"] += done(trainings.record_training(held, security))
        for number, kind, model, place_name, is_encrypted in DEVICES:
            new = devices.NewDevice(
                *(number, kind, model, place_name, staff[0], is_encrypted, dt.date(2025, 3, 1))
            )
            (device,) = devices.record_device(new, security).done
        end = devices.Disposed("destroyed", month.day, staff[0], staff[1], "硬盘消磁后粉碎。")
        devices.dispose_device(device, end, security)
        counts["devices"] = len(DEVICES)


def _inspect(month: Month, agency_id: int) -> int:
    """The looks are inspected to the end; what was shared with units is under way."""
    auditor, officer = month.world.actor("谭勇"), month.world.actor("王芳")
    with acting_for(agency_id):
        opened = [
            service.open_inspection(about, 0, (FIRST, LAST), 5, "11月例行检查", auditor).done[0]
            for about in ("looks", "sharing")
        ]
    month.work()
    with acting_for(agency_id):
        items = list(
            db.session.scalars(
                select(InspectionItem).where(InspectionItem.inspection_id == opened[0])
            )
        )
        (evening,) = [row for row in items if row.flags]
        done(judging.ask(evening.id, _seen(evening.id), ASKED, auditor))
        done(judging.answer(evening.id, _seen(evening.id), SAID, officer))
        done(judging.judge(evening.id, _seen(evening.id), "explained", FOUND, auditor))
        others = [row.id for row in items if not row.flags]
        done(judging.judge_proper(opened[0], others, auditor))
        _conclude(opened[0], auditor)
    return len(items)


def _seen(item_id: int) -> int:
    return judging.item_of(item_id).rev


def _conclude(inspection_id: int, auditor: Actor) -> None:
    seen = service.inspection_of(inspection_id).rev
    said = ("抽查的查看都有工作事由，没有发现违规。", "提醒夜间办理急难事项的，当场写明事由。")
    done(service.conclude(inspection_id, seen, *said, auditor))


def _list_for(month: Month, cases: Iterable[Case]) -> None:
    clerk = month.clerk_of(DESK)
    case = next(case for case in cases if case.desk_id == clerk.actor.desk_id)
    with at_work(clerk) as actor:
        wanted = look_lists.Order(_head(case.id), "self", "id_card", FIRST, LAST)
        done(look_lists.order(case.id, wanted, actor))
