"""The report desk of 榆树市: 赵国强's household, what was found, and who seals."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from app.report.paper.compose_merged import compose_merged
from app.report.paper.compose_own import compose_own
from app.report.paper.content import (
    AskedLine,
    ComparisonLine,
    Conflict,
    FoundFact,
    IncompleteDecision,
    MergedReport,
    Outstanding,
    OwnReport,
    ReportSubject,
    TierReport,
)
from app.report.paper.paging import paginate
from app.report.paper.particulars import attach_reports
from app.report.paper.render import render_many
from app.report.paper.signing import AgencySeal, sign_pdf
from tenants.catalogue.outcomes import Outcome
from tests.world.pki import Authority, issue_agency_certificate, make_demo_authority

COUNTY = "榆树市社会救助家庭经济状况核对中心"
CITY = "长春市社会救助家庭经济状况核对中心"
PROVINCE = "吉林省社会救助家庭经济状况核对中心"
LANES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 90"><g fill="#1c4f8a">'
    '<circle cx="40" cy="60" r="4"/><text x="40" y="40">受理</text></g></svg>'
)

_ENDS = {
    ("不动产登记", "榆树市自然资源局"): Outcome.HIT,
    ("住房公积金", "榆树市住房公积金管理部"): Outcome.NO_RECORD,
    ("在编", "榆树市委编办"): Outcome.UNABLE,
    ("存款", "榆树农村商业银行"): Outcome.REFUSED,
    ("个体工商户和企业登记", "榆树市市场监督管理局"): Outcome.UNANSWERED,
    ("证券交易", ""): Outcome.UNCOVERED,
}


def own_report(number: str = "榆核报〔2026〕1184号", **changes: object) -> OwnReport:
    """赵国强's household as the county checked it; 赵一鸣 gave no authorisation."""
    answered = date(2026, 11, 15)
    asked = [
        AskedLine("赵国强", item, source, outcome, answered if outcome <= 2 else None)
        for (item, source), outcome in _ENDS.items()
    ]
    asked.append(AskedLine("赵一鸣", "不动产登记", "榆树市自然资源局", Outcome.UNAUTHORISED))
    report = OwnReport(
        number=number,
        agency_name=COUNTY,
        tier="county",
        case_no="榆委 2026-11-000184",
        household_head="赵国强",
        scheme_title="最低生活保障",
        application_title="新申请",
        entrusted_by="榆树市五棵树镇人民政府",
        entrusted_on=date(2026, 11, 6),
        issued_on=date(2026, 11, 20),
        issuer_name="孙丽",
        verify_url="https://hedui.example.cn/v/220182/7f3kq9x2m4",
        legal_basis="吉民发〔2017〕58号第六条、第十一条",
        subjects=(
            ReportSubject("赵国强", "220182********4519", "户主", "共同生活的家庭成员", "有效"),
            ReportSubject("赵一鸣", "220182********0033", "长子", "赡（抚、扶）养义务人", "未授权"),
        ),
        asked=tuple(asked),
        findings=(
            FoundFact(
                "赵国强",
                "不动产登记",
                "榆树市自然资源局",
                "榆交〔2026〕11-0001",
                answered,
                "截至查询日",
                (("坐落", "五棵树镇向阳大街 118 号"), ("建筑面积", "68.40 平方米")),
            ),
        ),
    )
    return replace(report, **changes)


def many_asked(count: int) -> OwnReport:
    """A report with ``count`` items without record, each with a number of its own."""
    lines = tuple(
        AskedLine("赵国强", f"事项{at:04d}", "榆树市民政局", Outcome.NO_RECORD)
        for at in range(count)
    )
    return own_report(asked=lines, findings=())


@lru_cache
def authority() -> Authority:
    """The demonstration's authority, one for the test run."""
    return make_demo_authority()


@lru_cache
def seal_of(agency: str) -> AgencySeal:
    """An agency's seal by the demonstration's authority."""
    return issue_agency_certificate(authority(), agency, "220182")


def issue(report: OwnReport, seal: AgencySeal | None = None) -> bytes:
    """Lay out, draw and seal one report."""
    paged = paginate(compose_own(report))
    [drawn] = render_many([paged])
    return sign_pdf(
        drawn, seal or seal_of(report.agency_name), "出具核对报告", "榆树市", paged.seal
    )


@lru_cache
def tier_reports() -> tuple[TierReport, ...]:
    """The signed reports of the county and the province."""
    told = (
        ("county", COUNTY, "榆核报〔2026〕1184号"),
        ("province", PROVINCE, "吉核报〔2026〕31号"),
    )
    reports = []
    for tier, agency, number in told:
        report = own_report(number, agency_name=agency, tier=tier)
        outcomes = {Outcome.HIT: 1, Outcome.NO_RECORD: 1}
        name = f"{tier}.pdf"
        pdf = issue(report)
        reports.append(TierReport(tier, agency, number, report.issued_on, 1, outcomes, name, pdf))
    return tuple(reports)


def merged_report(**changes: object) -> MergedReport:
    """The county's covering document over both reports."""
    head = own_report("榆核馈〔2026〕1184号")
    shared = {name: getattr(head, name) for name in vars(head) if name not in ("asked", "findings")}
    report = MergedReport(
        **shared,
        lanes_svg=LANES,
        tier_reports=tier_reports(),
        comparison=(
            ComparisonLine(
                "月收入",
                "全户",
                "1,200.00 元",
                "1,463.00 元",
                "143.00 + 1,320.00 = 1,463.00 元",
                "人均不超过 680.00 元",
                "榆民发〔2026〕12号第四条",
                "查得数高于申报数 263.00 元，请调查核实。",
            ),
        ),
        conflicts=(Conflict("赵国强", "就业登记", (("省人社厅", "失业"), ("税务局", "有申报"))),),
        outstanding=(Outstanding("赵国强", "证券交易", "—", Outcome.UNCOVERED),),
        incomplete=IncompleteDecision("孙丽", date(2026, 11, 26), "来源书面告知延期"),
        authorisation_remarks=("赵一鸣未签署查询授权书。",),
    )
    return replace(report, **changes)


def issue_merged(report: MergedReport, attach: tuple[TierReport, ...] | None = None) -> bytes:
    """Lay out, draw, attach and seal; ``attach`` other files than the report lists."""
    paged = paginate(compose_merged(report))
    [drawn] = render_many([paged])
    cover = attach_reports(drawn, report.tier_reports if attach is None else attach)
    return sign_pdf(cover, seal_of(report.agency_name), "统一反馈", "榆树市", paged.seal)
