"""The month's second half: exchange with the sharing units, reports, hand-over."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import Select, select

from app.accounts.actor import Actor
from app.cases.models import Case
from app.exchange import service as exchange
from app.exchange.models import RECHECK, ExchangeRequest, Reply
from app.report import issuing
from app.report import service as reports
from app.report.models import Report
from tenants.database import db
from tenants.scope import acting_for
from tests.world import by_wire, month_media, month_own
from tests.world.answers import Habits, fill_reply, open_disc
from tests.world.households import Household
from tests.world.month import Counts, Month, at_work, case_of, done
from tests.world.plan import AgencyPlan
from tests.world.world import UnitHere

TIERS = ("county", "city", "province")
DISC, ONLINE = "光盘当面送达", "联络员在线签收"
OVERDUE = "信息共享单位超过规定期限仍未反馈，经电话催办后决定不再等待。"
INCOMPLETE = "个别信息共享单位逾期未反馈，为不影响其他家庭按时审批，先行反馈。"


def everywhere(month: Month) -> Iterator[AgencyPlan]:
    """Every agency, from below."""
    for tier in TIERS:
        yield from month.agencies(tier)


def operators(month: Month, agency: AgencyPlan) -> tuple[Actor, Actor]:
    """The two people of an exchange."""
    return month.one(agency, "exchange_operator"), month.one(agency, "exchange_operator", 1)


def requests(state: str) -> list[ExchangeRequest]:
    """The requests of this scope in a state."""
    query = select(ExchangeRequest).where(ExchangeRequest.state == state)
    return list(db.session.scalars(query.order_by(ExchangeRequest.id)))


def unit_of(month: Month, request: ExchangeRequest) -> UnitHere:
    """The sharing unit that a request goes to."""
    return next(
        unit
        for unit in month.world.units.values()
        if (unit.agency_id, unit.id) == (request.agency_id, request.unit_id)
    )


def make_requests(month: Month) -> Counts:
    """One operator makes each package, another one confirms it."""
    counts: Counts = Counter()
    for agency in everywhere(month):
        with acting_for(agency.id):
            first, second = operators(month, agency)
            for request in requests("draft"):
                counts["made"] += done(exchange.make(request.id, request.rev, first))
        month.work()
        with acting_for(agency.id):
            for request in requests("made"):
                counts["confirmed"] += done(exchange.confirm(request.id, request.rev, second))
                counts.update(subjects=request.subjects, items=request.items_asked)
    return counts


def deliver(month: Month) -> Counts:
    """The receipt is recorded: by the liaison who signs in, or by the operator with the disc."""
    counts: Counts = Counter()
    for agency in everywhere(month):
        counts["by_wire"] += by_wire.carry(month, agency, by_wire.RECEIVED)
        with acting_for(agency.id):
            waiting = [(unit_of(month, r), r.id, r.rev) for r in requests("confirmed")]
        for unit, request_id, revision in waiting:
            liaison = month.world.liaison_of(unit.name)
            if liaison:
                with at_work(liaison) as actor:
                    moved = exchange.deliver(request_id, revision, actor, on=month.day, how=ONLINE)
                counts["online"] += done(moved)
            else:
                with acting_for(agency.id):
                    actor = operators(month, agency)[0]
                    request = exchange.request_of(request_id)
                    moved = month_media.hand_over(request, revision, actor, DISC)
                counts["disc"] += done(moved)
    return counts


def collect_replies(month: Month) -> Counts:
    """The units' clerks fill in the template; liaisons upload it, operators load discs."""
    return collect(month, {"in_time"}, "delivered")


def collect(month: Month, answering: Collection[str], state: str) -> Counts:
    """Replies to the requests in ``state``, of the units that answer so (``in_time``, …)."""
    counts: Counts = Counter()
    for agency in everywhere(month):
        counts["by_wire"] += by_wire.carry(month, agency, by_wire.TAKEN)
        with acting_for(agency.id):
            waiting = [
                (unit_of(month, request), request.id)
                for request in requests(state)
                if not by_wire.goes_by_wire(request)
            ]
        for unit, request_id in waiting:
            if unit.answers in answering:
                answer(month, agency, unit, request_id)
                counts["received"] += 1
    month.work()
    return counts


def answer(month: Month, agency: AgencyPlan, unit: UnitHere, request_id: int) -> None:
    """The unit's clerk opens the disc, fills in the template, and it comes back."""
    operator = operators(month, agency)[0]
    with acting_for(agency.id):
        password = exchange.package_password(request_id, operator)
        disc = exchange.download_package(request_id, operator).data
        is_recheck = exchange.request_of(request_id).lane == RECHECK
        habits = Habits(rechecked=is_recheck, on=month.day)
    files = open_disc(disc, password)
    if month_own.answers_otherwise(unit):
        month_own.answer(month, unit, request_id, files, operators(month, agency))
        with acting_for(agency.id):
            month_media.take_back(request_id, operator)
        return
    filled = fill_reply(files, habits)
    liaison = month.world.liaison_of(unit.name)
    if liaison is None:
        with acting_for(agency.id):
            exchange.receive_reply(request_id, filled, "反馈.xlsx", operator)
            month_media.take_back(request_id, operator)
        return
    with at_work(liaison) as actor:
        exchange.receive_reply(request_id, filled, "反馈.xlsx", actor)


def accept_replies(month: Month) -> Counts:
    """Two operators accept each checked reply; its answers and findings count from then on."""
    counts: Counts = Counter()
    for agency in everywhere(month):
        for operator, state in zip(
            operators(month, agency), ("checked", "accepted_once"), strict=True
        ):
            with acting_for(agency.id):
                for reply in db.session.scalars(select(Reply).where(Reply.state == state)).all():
                    done(exchange.accept_reply(reply.id, reply.rev, operator))
                    if state == "accepted_once":
                        counts.update(
                            accepted=1,
                            hits=reply.hits,
                            no_records=reply.no_records,
                            unable=reply.unable,
                            refused=reply.refused,
                        )
    month.work()
    for agency in everywhere(month):
        with acting_for(agency.id):
            month_media.destroy(*operators(month, agency))
    return counts


def decide_incomplete(month: Month) -> Counts:
    """A named person stops waiting for what is overdue; it ends as unanswered, and is said so."""
    counts: Counts = Counter()
    for agency in everywhere(month):
        with acting_for(agency.id):
            for request in requests("delivered"):
                operator = operators(month, agency)[0]
                moved = exchange.close(request.id, request.rev, operator, OVERDUE)
                counts["closed"] += done(moved)
    month.work()
    return counts


def report_province(month: Month) -> Counts:
    return _report(month, "province")


def report_city(month: Month) -> Counts:
    return _report(month, "city")


def report_county(month: Month) -> Counts:
    return _report(month, "county")


def _report(month: Month, tier: str) -> Counts:
    """A third person issues this tier's own reports; the worker renders and signs them."""
    counts: Counts = Counter()
    for agency in month.agencies(tier):
        with acting_for(agency.id):
            ids = list(db.session.scalars(_open_cases()))
            moved = issuing.issue_own(ids, month.one(agency, "report_issuer"))
            counts["reports"] += len(moved.done)
            counts.update(skip.code for skip in moved.skipped)
        month.work()
    return counts


def merge(month: Month) -> Counts:
    """Comparison and merged report; where something stayed unanswered, a named person decides."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        own = [h for h in month.world.households if h.agency == agency.region_name]
        lacking = [h for h in own if any(o["outcome"] == "unanswered" for o in h.expect.out)]
        whole = [h for h in own if h not in lacking and h.expect.reports]
        with acting_for(agency.id):
            counts["merged"] += _merge(month, agency, whole, "")
            counts["incomplete"] += _merge(month, agency, lacking, INCOMPLETE)
        month.work()
    return counts


def _merge(month: Month, agency: AgencyPlan, chosen: Sequence[Household], reason: str) -> int:
    if not chosen:
        return 0
    issuer = month.one(agency, "report_issuer")
    ids = [case_of(household) for household in chosen]
    return done(issuing.merge(ids, issuer, incomplete_reason=reason))


def receive(month: Month) -> Counts:
    """The commissioning unit opens each merged report and records its receipt."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        with at_work(clerk) as actor:
            for report_id, revision in merged_reports():
                report = reports.report_of(report_id)
                keep(month, agency, report, reports.download(report_id, actor).data)
                counts["pages"] += report.pages
                counts["received"] += done(reports.receive(report_id, revision, actor))
    return counts


def keep(month: Month, agency: AgencyPlan, report: Report, data: bytes) -> None:
    """Write a merged report where visitors of the demonstration find it."""
    if month.folder is not None:
        name = f"{agency.region_name} {report.number} v{report.version}.pdf"
        month.folder.mkdir(parents=True, exist_ok=True)
        (month.folder / name.replace("/", "-")).write_bytes(data)


def merged_reports() -> list[tuple[int, int]]:
    """Id and revision of the merged reports that wait for their receipt in this scope."""
    query = select(Report.id, Report.rev).where(Report.kind == "merged", Report.state == "issued")
    return list(db.session.execute(query.order_by(Report.id)).tuples())


def late_reply(month: Month) -> Counts:
    """A reply after the hand-over: supplementary reports, from the tier that asked."""
    counts = collect(month, {"late"}, "closed")
    counts.update(accept_replies(month))
    for agency in month.agencies("county"):
        with acting_for(agency.id):
            issuer, ids = (
                month.one(agency, "report_issuer"),
                list(db.session.scalars(_open_cases())),
            )
            again = issuing.issue_own(ids, issuer)
            counts["new_reports"] += len(again.done)
        month.work()
        if again.done:
            with acting_for(agency.id):
                counts["new_merged"] += done(issuing.merge(list(again.done), issuer))
            month.work()
    counts["handed_over"] = receive(month)["received"]
    return counts


def _open_cases() -> Select[tuple[int]]:
    return select(Case.id).where(Case.state.in_(("checking", "reported"))).order_by(Case.id)


STEPS: dict[str, Callable[[Month], Counts]] = {
    "make_requests": make_requests,
    "deliver": deliver,
    "collect_replies": collect_replies,
    "accept_replies": accept_replies,
    "decide_incomplete": decide_incomplete,
    "report_province": report_province,
    "report_city": report_city,
    "report_county": report_county,
    "merge": merge,
    "receive": receive,
    "late_reply": late_reply,
}
