"""The month ribbon at the top of every page."""

from datetime import date

from app.web.shell import RibbonSegment, build_ribbon


def november(day: int) -> date:
    return date(2026, 11, day)


JILIN = [
    ("1–10 受理", november(1), november(10)),
    ("11–20 数据交换", november(11), november(20)),
    ("27 日前反馈", november(21), november(27)),
]


def test_the_ribbon_shows_the_windows_and_today():
    ribbon = build_ribbon(JILIN, november(15))
    assert ribbon.segments == (
        RibbonSegment("1–10 受理", 0.0, 33.33, False, "1–10 受理"),
        RibbonSegment("11–20 数据交换", 33.33, 33.33, True, "11–20 数据交换"),
        RibbonSegment("27 日前反馈", 66.67, 23.33, False, "27 日前反馈"),
        RibbonSegment("", 90.0, 10.0, False),
    )
    assert ribbon.today_at == 48.33


def test_the_last_days_of_the_month_belong_to_no_window():
    assert not any(part.current for part in build_ribbon(JILIN, november(28)).segments)


def test_a_province_without_windows_shows_only_the_date():
    ribbon = build_ribbon([], november(15))
    assert ribbon.segments == ()
    assert ribbon.today == november(15)


def test_windows_are_cut_at_the_month_and_gaps_stay_empty():
    ribbon = build_ribbon(
        [("旧", date(2026, 10, 25), november(3)), ("新", november(10), date(2026, 12, 5))],
        november(2),
    )
    assert [(part.title, part.current) for part in ribbon.segments] == [
        ("旧", True),
        ("", False),
        ("新", False),
    ]
    assert abs(sum(part.width for part in ribbon.segments) - 100) < 0.05


def test_a_window_of_another_month_is_left_out():
    assert build_ribbon([("旧", date(2026, 10, 1), date(2026, 10, 10))], november(2)).segments == ()


def windows(last: int) -> list[tuple[str, date, date]]:
    return [
        ("11–20 数据交换", date(2026, 12, 11), date(2026, 12, 20)),
        (f"21–{last} 反馈结果", date(2026, 12, 21), date(2026, 12, last)),
    ]


def test_a_narrow_window_squeezes_its_words_and_a_narrower_one_leaves_its_days_out():
    segments = {
        last: build_ribbon(windows(last), date(2026, 12, 2)).segments for last in (27, 25, 23)
    }
    told = {
        last: next((p.label, p.squeezed) for p in parts if "反馈" in p.title)
        for last, parts in segments.items()
    }
    assert told == {
        27: ("21–27 反馈结果", False),
        25: ("21–25 反馈结果", True),
        23: ("反馈结果", True),
    }
