"""What a report says: complete, coherent, neutral, and nobody else's findings."""

from dataclasses import replace

import pytest

from app.report.messages import Fault, outcome_title, say, tier_title
from app.report.paper.completeness import completeness
from app.report.paper.compose_merged import compose_merged
from app.report.paper.compose_own import compose_own
from app.report.paper.content import AskedLine, NewAnswer
from app.report.paper.drawing import checked_drawing
from app.report.paper.paging import paginate
from tenants.catalogue.outcomes import Outcome
from tests.rules.report_desk import merged_report, own_report

VERDICTS = ("隐瞒", "骗取", "欺诈", "造假", "不符合救助条件", "超标", "虚报")


def text_of(draft: object) -> str:
    return repr(draft)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in (Outcome.PENDING, Outcome.HIT)])
def test_every_outcome_but_a_hit_is_named_with_item_source_and_person(outcome: Outcome) -> None:
    line = AskedLine("刘桂兰", "船舶", "长春海事局", outcome)
    said = completeness((line, replace(line, subject="赵国强")))
    assert said.counts == {outcome: 2}
    assert outcome_title(outcome) in said.sentences[1]
    assert "船舶〔长春海事局〕（刘桂兰、赵国强）" in said.sentences[1]


def test_counts_add_up_to_what_was_asked() -> None:
    report = own_report()
    said = completeness(report.asked)
    assert sum(said.counts.values()) == len(report.asked) == 7
    assert "共核对 7 项" in said.sentences[0]


def test_a_waiting_item_stops_the_report() -> None:
    report = own_report()
    waiting = replace(report.asked[1], outcome=Outcome.PENDING)
    with pytest.raises(Fault) as stopped:
        compose_own(replace(report, asked=(*report.asked, waiting)))
    assert stopped.value.code == "report.pending"
    assert "1 项" in str(stopped.value)


@pytest.mark.parametrize("drop", ["findings", "asked"])
def test_hits_and_findings_must_answer_each_other(drop: str) -> None:
    report = own_report()
    torn = replace(report, findings=()) if drop == "findings" else replace(report, asked=())
    with pytest.raises(Fault) as stopped:
        compose_own(torn)
    assert stopped.value.code == "report.incoherent"


def test_a_finding_carries_source_request_date_and_period() -> None:
    said = text_of(compose_own(own_report()))
    for words in (
        "来源：榆树市自然资源局",
        "申请编号：榆交〔2026〕11-0001",
        "截至：2026-11-15",
        "期间：截至查询日",
        "坐落：五棵树镇向阳大街 118 号",
    ):
        assert words in said


def test_the_words_are_neutral() -> None:
    said = text_of(compose_own(own_report())) + text_of(compose_merged(merged_report()))
    assert "不构成对核对对象是否如实申报" in said
    assert not [word for word in VERDICTS if word in said]


def test_the_covering_document_refers_to_reports_and_does_not_retell_them() -> None:
    report = merged_report()
    said = text_of(compose_merged(report).blocks)
    for tier in report.tier_reports:
        assert tier.number in said
        assert tier.agency_name in said
        assert tier.sha256[:16] in said
        assert tier_title(tier.tier) in said
    assert "哪一级核对由哪一级出具核对报告" in said
    assert "五棵树镇向阳大街" not in said


def test_the_covering_document_shows_arithmetic_limit_conflict_and_decision() -> None:
    said = text_of(compose_merged(merged_report()))
    for words in (
        "计算：143.00 + 1,320.00 = 1,463.00 元",
        "限额：人均不超过 680.00 元（榆民发〔2026〕12号第四条）",
        "省人社厅：失业",
        "税务局：有申报",
        "下列 1 项尚未取得结果",
        "经孙丽于2026年11月26日决定",
        "赵一鸣未签署查询授权书。",
    ):
        assert words in said


def test_an_empty_section_says_so() -> None:
    bare = merged_report(
        comparison=(),
        conflicts=(),
        outstanding=(),
        incomplete=None,
        authorisation_remarks=(),
        tier_reports=(),
    )
    said = text_of(compose_merged(bare))
    for code in ("comparison", "conflicts", "outstanding", "authorisation", "tiers", "attachments"):
        assert say(f"report.{code}.none") in said


def test_a_supplementary_report_says_so_first_and_lists_what_is_new() -> None:
    new = NewAnswer("赵国强", "机动车辆权属", "吉林省公安厅", "未反馈", "有记录")
    draft = compose_own(own_report(version=2, supplements="榆核报〔2026〕0990号", news=(new,)))
    assert draft.title.endswith("核对补充报告")
    assert draft.particulars["supplements"] == "榆核报〔2026〕0990号"
    said = text_of(draft)
    assert "一、补充内容" in said
    assert "榆核报〔2026〕0990号 出具后收到反馈或追加核对，下列 1 项" in said
    assert "原报告继续有效" in said
    assert said.index("未反馈") < said.index("有记录")


def test_a_first_version_supplements_nothing() -> None:
    said = text_of(compose_own(own_report()))
    assert "补充" not in said


def test_a_replacing_version_names_what_it_replaces() -> None:
    said = text_of(compose_own(own_report(version=2, replaces="榆核报〔2026〕0990号")))
    assert "第 2 版" in said
    assert "替代 榆核报〔2026〕0990号" in said


def test_two_attachments_of_one_name_are_refused() -> None:
    report = merged_report()
    with pytest.raises(Fault, match="重名"):
        compose_merged(replace(report, tier_reports=report.tier_reports * 2))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="file:///etc/passwd"/>',
        '<text onload="x()">赵</text>',
        "<style>section{display:none}</style>",
        '<rect style="fill:url(http://example.com/x)"/>',
        '<use href="#x"/>',
        "<foreignObject/>",
        '<a href="http://example.com"><text>赵</text></a>',
        "<html:meta xmlns:html='http://www.w3.org/1999/xhtml' name='pdfkit-x' content='y'/>",
    ],
)
def test_a_drawing_is_only_lines_shapes_and_text(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{inside}</svg>'
    with pytest.raises(Fault) as refused:
        checked_drawing(svg)
    assert refused.value.code == "report.drawing_unsafe"


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 1"/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    ],
)
def test_a_drawing_that_cannot_be_measured_is_refused(svg: str) -> None:
    with pytest.raises(Fault):
        checked_drawing(svg)


def test_markers_within_a_drawing_are_allowed_and_it_keeps_its_shape() -> None:
    drawing = checked_drawing(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 624 200">'
        '<path d="M0 0L9 9" marker-end="url(#tip)"/><text>赵&lt;强</text></svg>'
    )
    assert drawing.height_mm == pytest.approx(50.0)
    assert "赵&lt;强" in drawing.svg


def test_a_report_of_an_unknown_tier_is_not_composed() -> None:
    with pytest.raises(KeyError):
        paginate(compose_own(own_report(tier="ministry")))
