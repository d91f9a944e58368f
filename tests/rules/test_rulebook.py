"""Jilin's and Guangdong's law as data, and what follows from it for days and tiers."""

from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.calendar import is_working_day, working_days_between
from tenants.catalogue import catalogue
from tenants.regions import region
from tenants.rulebook import (
    LastDays,
    Moves,
    OnRestDay,
    Rulebook,
    Scheme,
    Stage,
    SubjectRole,
    Tier,
    Value,
    Window,
    Windows,
    last_days,
    load_rulebook,
    next_period,
    rulebook,
    rulebooks,
)
from tenants.rulebook.loading import FOLDER

JILIN, GUANGDONG = rulebook(22), rulebook(44)
SCALARS = [f.name for f in fields(JILIN) if isinstance(getattr(JILIN, f.name), Value)]
periods = st.builds(lambda y, m: y * 100 + m, st.integers(2024, 2028), st.integers(1, 12))


@pytest.mark.parametrize(
    ("name", "value", "article"),
    [
        ("reply_working_days", 7, "吉民发〔2017〕58号 第十二条"),
        ("extension_max_working_days", 5, "吉民发〔2017〕58号 第十二条"),
        ("human_resources_reply_working_days", 5, "民发〔2020〕95号 二（二）"),
        (
            "precedence",
            ("province", "city", "county", "township"),
            "吉民发〔2017〕58号 操作规程 三",
        ),
        ("duty_people", 3, "吉民发〔2017〕58号 操作规程 五（一）"),
        ("exchange_operators", 2, "吉民发〔2017〕58号 操作规程 五（二）"),
        ("intake_check_for_delegations", False, "吉民发〔2017〕58号 操作规程 三（二）2"),
        ("desks_may_entrust", False, ""),
    ],
)
def test_jilins_values_stand_beside_their_articles(name: str, value: object, article: str) -> None:
    assert JILIN.value(name).value == value
    assert JILIN.article(name) == article


def test_guangdong_checks_at_the_city_first_and_sets_no_window() -> None:
    assert GUANGDONG.precedence.value[0] is Tier.CITY
    assert GUANGDONG.article("precedence") == "粤民发〔2020〕143号 二"
    assert GUANGDONG.human_resources_reply_working_days.value == 5
    assert GUANGDONG.windows_in(date(2026, 11, 23)) == ()


@pytest.mark.parametrize("book", rulebooks().values(), ids=lambda book: book.name)
def test_a_value_has_an_article_or_says_that_and_why_it_is_ours(book: Rulebook) -> None:
    for name in SCALARS:
        value = book.value(name)
        assert value.note if value.is_ours else "〔20" in value.article, name
    assert all(v.note if v.is_ours else "〔20" in v.article for v in book.limits.values())


@pytest.mark.parametrize(("kind", "days"), [(1, 7), (5, 5), (16, 7)])
def test_human_resources_answers_by_the_national_notice(kind: int, days: int) -> None:
    assert JILIN.reply_days_of(kind).value == days
    assert ("95号" in JILIN.reply_days_of(kind).article) is (kind == 5)
    assert "人力资源" in catalogue().kinds[5].title


@pytest.mark.parametrize("book", rulebooks().values(), ids=lambda book: book.name)
def test_civil_affairs_answers_human_resources_as_fast_as_it_is_answered(book: Rulebook) -> None:
    """民发〔2020〕95号 二(二): both departments, at most 5 working days."""
    for kind in catalogue().kinds:
        answer, asked = book.answer_days_of(kind), book.agreed_reply_days_of(kind)
        assert (answer is not None) is (kind == 5)
        if answer is not None:
            assert (answer.value, answer.article) == (5, asked.article)
            assert asked.value == 5


def test_what_the_rulebook_does_not_know_is_an_error() -> None:
    for name in ("province", "reply_days", "article"):
        with pytest.raises(KeyError):
            JILIN.value(name)
    with pytest.raises(KeyError):
        rulebook(99)


@pytest.mark.parametrize(
    ("day", "stage", "period"),
    [
        (1, Stage.INTAKE, 202611),
        (10, Stage.INTAKE, 202611),
        (11, Stage.EXCHANGE, 202612),
        (20, Stage.EXCHANGE, 202612),
        (21, Stage.REPORT, 202612),
        (27, Stage.REPORT, 202612),
        (28, Stage.AFTER, 202612),
        (30, Stage.AFTER, 202612),
    ],
)
def test_jilins_month_and_what_comes_late_joins_the_next(
    day: int, stage: Stage, period: int
) -> None:
    assert JILIN.month(202611).stage_of(date(2026, 11, day)) is stage
    assert JILIN.period_of(date(2026, 11, day)) == period


def test_late_in_december_joins_january() -> None:
    assert JILIN.period_of(date(2026, 12, 11)) == 202701
    assert next_period(202612) == 202701
    assert next_period(202611) == 202612


def test_jilins_dates_of_a_period() -> None:
    assert JILIN.cut_off(202611) == date(2026, 11, 20)
    assert JILIN.report_by(202611) == date(2026, 11, 27)
    assert [(first.day, last.day) for _, first, last in JILIN.windows_in(date(2026, 11, 3))] == [
        (1, 10),
        (11, 20),
        (21, 27),
    ]


def test_without_windows_everything_is_open_and_nothing_has_a_date() -> None:
    assert GUANGDONG.month(202611).stage_of(date(2026, 11, 30)) is Stage.OPEN
    assert GUANGDONG.period_of(date(2026, 11, 30)) == 202611
    assert GUANGDONG.cut_off(202611) is None
    assert GUANGDONG.report_by(202611) is None
    assert last_days(GUANGDONG, 202611, 3) == (LastDays(),) * 3


def test_one_window_alone_is_possible() -> None:
    windows = Value(Windows(report=Window("反馈", 1, 25)), "示例")
    book = replace(JILIN, windows=windows)
    assert book.month(202611).stage_of(date(2026, 11, 25)) is Stage.REPORT
    assert book.month(202611).stage_of(date(2026, 11, 26)) is Stage.AFTER
    assert book.period_of(date(2026, 11, 26)) == 202611
    assert book.cut_off(202611) is None


@pytest.mark.parametrize(("first", "last"), [(0, 3), (5, 4), (20, 29)])
def test_a_window_is_days_that_every_month_has(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="every month"):
        Window("受理", first, last)


def test_november_in_three_tiers_counted_back_from_the_27th() -> None:
    county, city, province = last_days(JILIN, 202611, 3)
    assert [d.report_by and d.report_by.day for d in (county, city, province)] == [27, 26, 25]
    assert [d.send_by and d.send_by.day for d in (county, city, province)] == [18, 17, 16]
    assert [d.delegate_by and d.delegate_by.day for d in (county, city, province)] == [12, 13, None]
    assert [d.review_by and d.review_by.day for d in (county, city, province)] == [12, 13, 16]


@given(periods, st.integers(1, 5))
def test_each_tier_above_finishes_earlier_and_leaves_a_full_reply_term(
    period: int, agencies: int
) -> None:
    line = last_days(JILIN, period, agencies)
    legal = date(period // 100, period % 100, 27)
    assert line[-1].delegate_by is None
    for own in line:
        assert known(own.review_by) <= known(own.send_by)
        assert known(own.report_by) <= known(legal)
        assert is_working_day(known(own.review_by))
        left = working_days_between(known(own.send_by), known(own.report_by))
        assert left >= JILIN.reply_working_days.value
    for below, above in pairwise(line):
        assert known(above.report_by) < known(below.report_by)
        assert known(below.delegate_by) < known(above.review_by)


@pytest.mark.parametrize(
    ("period", "intake", "exchange", "report"),
    [
        (202610, 10, (11, 20), (21, 27)),  # the 10th is a make-up Saturday: offices work
        (202605, 11, (12, 20), (21, 27)),  # the 10th is a Sunday
        (202602, 10, (11, 14), (21, 27)),  # the 15th to the 23rd are holidays, the 14th works
        (202609, 10, (11, 20), (21, 24)),  # the 20th is a make-up Sunday, 25 to 27 a holiday
        (202606, 10, (11, 18), (19, 26)),  # a holiday from the 19th to the 21st; 27 a Saturday
    ],
)
def test_windows_move_out_of_holidays_as_the_rulebook_says(
    period: int, intake: int, exchange: tuple[int, int], report: tuple[int, int]
) -> None:
    found = JILIN.windows_in(date(period // 100, period % 100, 1))
    days = [(first.day, last.day) for _, first, last in found]
    assert days[0] == (1, intake)
    assert days[1] == exchange
    assert days[2][1] == report[1]


def test_what_comes_on_the_working_day_after_a_rest_day_still_joins_the_month() -> None:
    assert JILIN.period_of(date(2026, 5, 11)) == 202605
    assert JILIN.period_of(date(2026, 5, 12)) == 202606
    stays = replace(JILIN, windows_on_rest_days=Value(Moves(), "示例"))
    assert stays.period_of(date(2026, 5, 11)) == 202606
    assert stays.report_by(202609) == date(2026, 9, 27)
    after = replace(JILIN, windows_on_rest_days=Value(Moves(report=OnRestDay.AFTER), "示例"))
    assert after.report_by(202609) == date(2026, 9, 28)


@pytest.mark.parametrize("book", rulebooks().values(), ids=lambda book: book.name)
@given(period=periods)
def test_no_window_is_a_value_and_a_window_never_closes_on_a_rest_day(
    book: Rulebook, period: int
) -> None:
    month = book.month(period)
    assert len(month.windows) == len(book.windows.value.known())
    for dated in month.windows:
        stays = book.windows_on_rest_days.value.of(dated.stage) is OnRestDay.STAY
        assert stays or is_working_day(dated.last)
        assert dated.first <= dated.last
    for earlier, later in pairwise(month.windows):
        assert earlier.last < later.first
    has_dates = {name: getattr(book, name)(period) is not None for name in ("cut_off", "report_by")}
    assert has_dates["cut_off"] is (book.windows.value.exchange is not None)
    assert has_dates["report_by"] is (book.windows.value.report is not None)
    if not has_dates["report_by"]:
        assert last_days(book, period, 3) == (LastDays(),) * 3


def known(day: date | None) -> date:
    assert day is not None
    return day


@pytest.mark.parametrize("book", rulebooks().values(), ids=lambda book: book.name)
def test_every_scheme_asks_known_items_and_less_of_obligors(book: Rulebook) -> None:
    for scheme in Scheme:
        asked = {role: book.items_for(scheme, role) for role in SubjectRole}
        assert all(asked.values())
        assert set().union(*asked.values()) <= catalogue().items.keys()
        assert len(asked[SubjectRole.OBLIGOR]) < len(asked[SubjectRole.MEMBER])


def test_subsistence_asks_more_than_education() -> None:
    assert JILIN.items_for("subsistence", "member") > JILIN.items_for("education", "member")
    assert 1601 not in JILIN.items_for("subsistence", "obligor")


@pytest.mark.parametrize(
    ("place", "limit_of"),
    [(220112, 220112), (220122, 220100), (220100, 220100), (220581, 220000), (222401, 222400)],
)
def test_a_countys_limit_else_its_citys_else_the_provinces(place: int, limit_of: int) -> None:
    assert JILIN.limits_for("subsistence", place).value.region == limit_of


@pytest.mark.parametrize("book", rulebooks().values(), ids=lambda book: book.name)
def test_limits_are_of_places_that_exist(book: Rulebook) -> None:
    assert all(region(code) for _, code in book.limits)
    for scheme in Scheme:
        assert book.limits_for(scheme, book.province * 10000 + 9999).value.scheme is scheme


def test_a_scheme_may_set_no_limit() -> None:
    assert JILIN.limits_for("temporary", 220112).value.monthly_income_fen is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "reply_working_days]\nvalue = 7",
            "reply_working_days]\nvalue = 0",
            "reply_working_days: 0",
        ),
        ("value = 7\n", 'value = "7"\n', "reply_working_days: '7'"),
        ("value = 3\n", "value = 2\n", "duty_people: 2"),
        ("value = 7\narticle", 'value = 7\nsource = "ours"\narticle', "needs an article, or"),
        ('value = 12\nsource = "ours"', "value = 12", "authorisation_max_months: needs an article"),
        (
            'source = "ours"\nnote = "法规',
            'source = "guess"\nnote = "法规',
            "source can only be ours",
        ),
        ('["province", "city",', '["city", "city",', "precedence: names every tier once"),
        ("[reply_working_days]", "[reply_days]", "reply_working_days is missing"),
        ("province = 22\n", "province = 22\ncolour = 1\n", "unknown .*colour"),
        ("first = 11,", "first = 10,", "exchange begins before intake ends"),
        ("101, 102, 103,", "101, 102, 199,", "item_sets.wide: unknown .199"),
        ("[matrix.education]", "[matrix.sports]", "matrix: needs every scheme"),
        ('obligor = "medical_obligor"', 'obligor = "nobody"', "matrix: unknown .'nobody'"),
        ("region = 220112", "region = 440112", "440112 lies elsewhere"),
        ("region = 220112", "region = 220100", "limits of .* in 220100: exist twice"),
        ("monthly_income_fen = 72_000", "monthly_income_fen = 720.0", "720.0 is not 0 to"),
    ],
)
def test_a_rulebook_that_does_not_hold_together_is_refused_by_name(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    text = (FOLDER / "jilin.toml").read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "jilin.toml"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=f"jilin.toml: .*{problem}"):
        load_rulebook(changed)
