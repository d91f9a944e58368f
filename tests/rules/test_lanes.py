"""The lanes drawing: everything in its place, whatever the tree and however busy the month."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.cases.lane_text import SUB_SIZE, TITLE_SIZE, break_name, break_text, text_width
from app.cases.lanes import Arrow, Lane, Lanes, Mark, draw
from app.web.formats import FILTERS

ROOT = Path(__file__).parents[2]
TIERS = (
    ("province", "省"),
    ("city", "市"),
    ("county", "县"),
    ("township", "乡镇"),
    ("village", "村"),
)


def november(day: int) -> date:
    return date(2026, 11, day)


FIRST, LAST, TODAY = november(1), november(30), november(15)
WINDOWS = [
    ("11-01 至 10 受理", november(1), november(10)),
    ("11-11 至 20 数据交换", november(11), november(20)),
    ("11-27 前反馈", november(21), november(27)),
]


def county_marks():
    return (
        Mark("accept", "受理", "11-06 孙丽", november(6), "done"),
        Mark("check", "初审", "11-07 王芳", november(7), "done"),
        Mark("review", "复审", "11-08 李敏", november(8), "done"),
        Mark("ask", "发出 4 家", "11-11 周洋、吴刚", november(11), "done"),
        Mark("reply", "已反馈 3 / 4", "逾期 1 天", november(14), "late"),
        Mark("own", "本级报告", "最迟 11-20", november(20), "open"),
        Mark("merge", "合并", "", None, "open"),
        Mark("hand", "反馈委托单位", "最迟 11-27", november(27), "open"),
    )


def upper_marks(received: int):
    return (
        Mark("review", "复审", f"11-{received:02d} 郑伟", november(received), "done"),
        Mark("ask", "发出 6 家 · 已反馈 5", "11-11", november(11), "done"),
        Mark("own", "本级报告", "最迟 11-22", november(22), "open"),
    )


def tree(depth: int) -> Lanes:
    """A county and the tiers above it: 1 is the county alone."""
    tiers = TIERS[:depth]
    bottom = tiers[-1][0]
    lanes = [
        Lane(tier, title, f"{title}核对中心", upper_marks(10) if tier != bottom else county_marks())
        for tier, title in tiers
    ]
    up = [
        Arrow(low[0], "review", high[0], "review", "done", "letter")
        for high, low in pairwise(tiers)
    ]
    down = [Arrow(tier, "own", bottom, "merge", "open", "report") for tier, _ in tiers[:-1]]
    return Lanes(tuple(lanes), tuple(up + down))


def picture(lanes: Lanes, today: date = TODAY):
    return draw(lanes, WINDOWS, today, FIRST, LAST)


def boxes(lane):
    """Every label of a lane as (left, right, baseline)."""
    for placed in lane.marks:
        for size, lines in ((TITLE_SIZE, placed.title), (SUB_SIZE, placed.sub)):
            for line in lines:
                half = text_width(line.text, size) / 2
                yield line.x - half, line.x + half, line.y


def assert_legible(drawing):
    for lane in drawing.lanes:
        labels = sorted(boxes(lane))
        for i, (left, right, y) in enumerate(labels):
            assert left >= drawing.left - 0.01
            assert right <= drawing.right + 0.01
            assert lane.top <= y <= lane.top + lane.height
            for other_left, _, other_y in labels[i + 1 :]:
                assert abs(other_y - y) >= 10 or other_left >= right - 0.01
        xs = [placed.x for placed in lane.marks]
        assert xs == sorted(xs)
    for above, below in pairwise(drawing.lanes):
        assert above.top + above.height < below.top


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5])
def test_any_number_of_tiers_is_legible_with_the_highest_on_top(depth):
    drawing = picture(tree(depth))
    assert [lane.lane.tier for lane in drawing.lanes] == [tier for tier, _ in TIERS[:depth]]
    assert_legible(drawing)


def test_today_parts_what_is_done_from_what_is_to_come_and_crosses_no_label():
    drawing = picture(tree(3))
    for lane in drawing.lanes:
        for placed in lane.marks:
            assert (placed.x > drawing.today_at) == (placed.mark.state == "open")
        assert not any(left < drawing.today_at < right for left, right, _ in boxes(lane))


def test_the_next_step_of_each_lane_is_pointed_out_unless_it_is_late():
    drawing = picture(tree(2))
    pointed = [[placed.mark.key for placed in lane.marks if placed.next] for lane in drawing.lanes]
    assert pointed == [["own"], []]


def test_the_way_is_solid_only_where_it_lies_behind_us():
    county = picture(tree(1)).lanes[0]
    assert [part.done for part in county.segments] == [True, True, True, False, False, False, False]


def test_a_letter_rises_between_its_two_marks():
    drawing = picture(tree(2))
    province, county = drawing.lanes
    letter = next(way for way in drawing.arrows if way.arrow.kind == "letter")
    start, stop = county.marks[2], province.marks[0]
    turn = float(re.search(r" ([\d.]+) [\d.]+V", letter.path).group(1))
    assert start.x < turn < stop.x
    assert letter.head[1] == (stop.x - stop.reach - 2, stop.y)


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_every_report_comes_down_to_the_merging_mark_side_by_side(depth):
    drawing = picture(tree(depth))
    merge = next(p for p in drawing.lanes[-1].marks if p.mark.key == "merge")
    reports = [way for way in drawing.arrows if way.arrow.kind == "report"]
    tips = [way.head[1] for way in reports]
    assert len(tips) == depth - 1
    assert all(abs(x - merge.x) <= merge.reach and y < merge.y for x, y in tips)
    assert len({x for x, _ in tips}) == len(tips)
    assert [x for x, _ in tips] == sorted((x for x, _ in tips), reverse=True), (
        "the highest outermost"
    )


def test_the_label_of_the_merging_mark_makes_room_for_the_reports():
    merge = next(p for p in picture(tree(2)).lanes[-1].marks if p.mark.key == "merge")
    assert all(line.y > merge.y for line in merge.title)


def test_no_way_down_crosses_a_label_of_a_lane_between():
    drawing = picture(tree(4))
    for way in drawing.arrows:
        if way.arrow.kind == "report":
            x = way.head[1][0]
            tiers = [lane.lane.tier for lane in drawing.lanes]
            for lane in drawing.lanes[tiers.index(way.arrow.from_lane) : -1]:
                assert not any(left < x < right for left, right, _ in boxes(lane))


def test_windows_follow_one_another_and_hold_the_marks_of_their_days():
    drawing = picture(tree(3))
    assert [window.current for window in drawing.windows] == [False, True, False]
    for one, two in pairwise(drawing.windows):
        assert one.stop == two.start
    for lane in drawing.lanes:
        for placed in lane.marks:
            if placed.mark.on:
                window = next(i for i, w in enumerate(WINDOWS) if w[1] <= placed.mark.on <= w[2])
                assert drawing.windows[window].start < placed.x < drawing.windows[window].stop


def test_a_busy_month_breaks_labels_before_it_grows_wider():
    busy = tuple(
        Mark(f"m{n}", "农商银行 已反馈", f"11-{n:02d} 周洋、吴刚", november(n), "done")
        for n in range(1, 13)
    )
    drawing = picture(Lanes((Lane("county", "县", "榆树市核对中心", busy),)))
    assert drawing.width <= 1210
    assert all(len(placed.title) == 2 for placed in drawing.lanes[0].marks)
    assert_legible(drawing)


def test_a_month_too_busy_for_the_page_grows_wider_and_stays_legible():
    busy = tuple(
        Mark(f"m{n}", "农商银行 已反馈", "周洋", november(n), "done") for n in range(1, 29)
    )
    drawing = picture(Lanes((Lane("county", "县", "榆树市核对中心", busy),)))
    assert drawing.width > 1210
    assert_legible(drawing)


def test_what_runs_into_the_next_month_stretches_the_axis():
    marks = (
        *county_marks(),
        Mark("back", "审批情况反馈", "最迟 12-10", date(2026, 12, 10), "open"),
    )
    drawing = picture(Lanes((Lane("county", "县", "榆树市核对中心", marks),)))
    assert drawing.lanes[0].marks[-1].x > drawing.windows[-1].stop


def test_today_is_not_drawn_once_nothing_waits():
    marks = tuple(Mark(m.key, m.title, m.sub, m.on, "done") for m in county_marks())
    assert picture(Lanes((Lane("county", "县", "榆树市", marks),)), november(28)).today_at is None


@pytest.mark.parametrize(
    ("lanes", "why"),
    [
        (Lanes((tree(1).lanes[0], tree(1).lanes[0])), "given twice"),
        (
            Lanes(tree(2).lanes, (Arrow("county", "review", "city", "no", "done", "letter"),)),
            "no mark",
        ),
        (
            Lanes(
                tree(1).lanes, (Arrow("province", "accept", "province", "hand", "open", "report"),)
            ),
            "within lane",
        ),
    ],
)
def test_a_drawing_that_makes_no_sense_is_refused(lanes, why):
    with pytest.raises(ValueError, match=why):
        picture(lanes)


marks = st.lists(
    st.tuples(
        st.sampled_from(
            ["受理", "发出 6 家 · 已反馈 5", "反馈委托单位", "公安厅、人社厅未反馈", "复审"]
        ),
        st.sampled_from(["", "11-10 冯涛", "最迟 11-22", "11-11 周洋、吴刚"]),
        st.none() | st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n)),
        st.sampled_from(["done", "open", "late", "skipped"]),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(marks, min_size=1, max_size=4), st.integers(0, 40))
def test_whatever_the_data_no_two_labels_touch(rows, day):
    lanes = tuple(
        Lane(tier, title, f"{title}核对中心", tuple(Mark(f"m{i}", *m) for i, m in enumerate(row)))
        for (tier, title), row in zip(TIERS, rows, strict=False)
    )
    arrows = []
    for high, low in pairwise(lanes):
        arrows.append(Arrow(low.tier, "m0", high.tier, "m0", "done", "letter"))
        arrows.append(
            Arrow(high.tier, high.marks[-1].key, low.tier, low.marks[-1].key, "open", "report")
        )
    assert_legible(picture(Lanes(lanes, tuple(arrows)), FIRST + timedelta(days=day)))


@pytest.fixture(scope="module")
def template():
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(FILTERS)
    return environment.get_template("cases/_lanes.svg").module


def test_the_picture_is_also_a_list_from_the_lowest_tier_up(template):
    text = re.sub(r"<[^>]+>", "|", str(template.lanes_list(picture(tree(2)))))
    assert text.index("市 市核对中心") < text.index("省 省核对中心")
    assert "已反馈 3 / 4：逾期（逾期 1 天）" in text
    assert "合并：待办|" in text


def test_the_svg_uses_presentation_attributes_only_and_escapes(template):
    lane = Lane("county", "县", "<b>&", (Mark("a", "<script>", "", TODAY, "done"),))
    svg = str(template.lanes_svg(picture(Lanes((lane,))), font="WenQuanYi Micro Hei"))
    assert not re.search(r"style=|var\(|<script|<b>", svg)
    assert 'font-family="WenQuanYi Micro Hei"' in svg


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("受理", 60, ("受理",)),
        ("发出 6 家 · 已反馈 5", 76, ("发出 6 家", "已反馈 5")),
        ("公安局、教育局", 60, ("公安局、", "教育局")),
        ("审批情况反馈", 52, ("审批情", "况反馈")),
        ("2026-11-000184", 20, ("2026-11-000184",)),
        ("", 60, ()),
    ],
)
def test_labels_break_where_a_reader_would(text, limit, lines):
    assert break_text(text, limit, TITLE_SIZE) == lines


def test_a_long_agency_name_fills_lines_and_is_cut_at_the_last():
    assert break_name("吉林省核对中心", 78, SUB_SIZE, 3) == ("吉林省核对中心",)
    assert break_name("五棵树镇受理窗口", 78, SUB_SIZE, 3) == ("五棵树镇", "受理窗口")
    assert break_name("", 78, SUB_SIZE, 3) == ()
    assert break_name("长白山保护开发区管委会核对中心", 78, SUB_SIZE, 2) == (
        "长白山保护开发",
        "区管委会核对…",
    )
