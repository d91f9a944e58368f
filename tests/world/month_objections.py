"""An objection that changes a report: what a source said wrongly is rechecked at the tier that found
it, its new version comes down, the old one gives way, and the department tells the person."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import select

from app.cases.models import Subject
from app.findings.models import Finding
from app.objections import concluding, lodging, rechecking
from app.objections.models import Objection
from app.report import issuing
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import vault
from tests.world import month_exchange as second_half
from tests.world.households import Household
from tests.world.month import Counts, Month, at_work, case_of, done
from tests.world.papers import explanation

RECHECKED = "登记中心复核：该房屋已于2024年9月办理转移登记，原反馈未含注销信息，现更正为历史登记。"
TO_SOURCE = "函告登记中心核查数据更新不及时的原因。"
TOLD = "已电话告知复核结果和新版核对反馈，当事人无异议。"


def contest(month: Month) -> Counts:
    """What people contest is written down, goes up to who found it, and the source is asked again."""
    counts: Counts = Counter()
    for household in _contested(month):
        agency = month.world.agency(household.agency)
        counts["lodged"] += _lodge(month, household)
        with acting_for(agency.id):
            officer, found = month.one(agency, "intake_officer"), _finding(household)
            for row in _in_state("lodged"):
                counts["taken"] += done(lodging.match(row.id, row.rev, str(found.id), officer))
    for tier in ("county", "city", "province"):
        for agency in month.agencies(tier):
            with acting_for(agency.id):
                ids = [row.id for row in _in_state("taken")]
                if ids:
                    pursued = rechecking.pursue(ids, month.one(agency, "reviewer"))
                    counts["sent_up" if tier == "county" else "rechecked"] += done(pursued)
        month.work()
    return counts + second_half.make_requests(month) + second_half.deliver(month)


def _lodge(month: Month, household: Household) -> int:
    """The desk writes down what the person says, with the form that they signed."""
    said = household.contested
    row = [subject.name for subject in household.subjects].index(said["name"])
    with at_work(month.clerk_of(household.desk)) as actor:
        case_id = case_of(household)
        people = select(Subject.id).where(Subject.case_id == case_id).order_by(Subject.row_no)
        subject = db.session.scalars(people.offset(row).limit(1)).one()
        scans = [explanation(said["words"], month.day.isoformat())]
        given = (case_id, subject, said["item"] // 100, said["words"], month.day)
        return done(lodging.lodge(*given, actor, scans))


def conclude_rechecks(month: Month) -> Counts:
    """The source takes back what it said; who rechecked concludes, and new reports are issued."""
    counts = second_half.collect(month, {"in_time", "late"}, "delivered")
    counts.update(second_half.accept_replies(month))
    for agency in month.agencies("city"):
        with acting_for(agency.id):
            reviewer = month.one(agency, "reviewer")
            concluded = [
                (row.id, row.case_id)
                for row in _in_state("rechecking")
                if done(concluding.conclude(row.id, row.rev, "corrected", RECHECKED, reviewer))
            ]
            for id_, _case in concluded:
                done(concluding.tell_source(id_, month.day, TO_SOURCE, reviewer))
            issuer = month.one(agency, "report_issuer")
            again = issuing.issue_own([case for _id, case in concluded], issuer)
            counts.update(concluded=len(concluded), new_reports=done(again))
        month.work()
    for household in _contested(month):
        agency = month.world.agency(household.agency)
        with acting_for(agency.id):
            issuer = month.one(agency, "report_issuer")
            counts["new_merged"] += done(issuing.merge([case_of(household)], issuer))
        month.work()
    counts["handed_over"] = second_half.receive(month)["received"]
    return counts


def tell_outcomes(month: Month) -> Counts:
    """The department, whose decision rests on the data, tells the person, and says when and how."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        with at_work(clerk) as actor:
            for row in _in_state("concluded"):
                told = concluding.tell_person(row.id, row.rev, month.day, "phone", TOLD, actor)
                counts["told"] += done(told)
    month.work()
    return counts


def _contested(month: Month) -> list[Household]:
    """The households that contest something, of those that are there."""
    with_words = (h for h in month.world.households if h.contested)
    return [h for h in with_words if _is_reported(month, h)]


def _is_reported(month: Month, household: Household) -> bool:
    with acting_for(month.world.agency(household.agency).id, read_only=True):
        known = select(Finding.id).where(Finding.case_id == case_of(household)).limit(1)
        return db.session.scalar(known) is not None


def _finding(household: Household) -> Finding:
    said = household.contested
    rows = db.session.scalars(
        select(Finding).where(Finding.case_id == case_of(household), Finding.item == said["item"])
    )
    keys, (field, value) = vault(), next(iter(said["record"].items()))
    return next(r for r in rows if keys.open("finding", r.id, r.sealed)[field] == value)


def _in_state(state: str) -> list[Objection]:
    query = select(Objection).where(Objection.state == state).order_by(Objection.id)
    return list(db.session.scalars(query))


STEPS: dict[str, Callable[[Month], Counts]] = {
    "contest": contest,
    "conclude_rechecks": conclude_rechecks,
    "tell_outcomes": tell_outcomes,
}
