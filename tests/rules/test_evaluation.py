"""目标责任制考评: what counts come to, also where a small one is withheld."""

import pytest

from app.oversight.analysis.measures import AtLeast, told
from app.oversight.evaluation.rules import Rate, ranges, ranks, rate_of, suggested, tenths_for
from tenants.rulebook import EvaluationItem, rulebook

LEAST = 5
ON_TIME = EvaluationItem("on_time", "按期反馈", "on_time", 35, 98)


@pytest.mark.parametrize(
    ("reported", "over", "rate", "points"),
    [
        (200, 0, Rate(100.0, 100.0), (350, 350)),
        (200, 20, Rate(90.0, 90.0), (321, 321)),
        (200, None, Rate(98.0, 99.5), (350, 350)),
        (40, None, Rate(90.0, 97.5), (321, 348)),
        (None, None, Rate(0.0, 75.0), (0, 268)),
        (0, 0, None, (350, 350)),
    ],
)
def test_what_is_withheld_counts_as_a_range(reported, over, rate, points) -> None:
    counts = ranges([{"reported": reported, "over": over}], LEAST)
    assert rate_of("on_time", counts) == rate
    assert suggested(ON_TIME, rate) == points


def test_months_add_up_and_what_a_person_judges_has_no_points() -> None:
    months = [{"answered": 30, "answered_late": 2, "unanswered": 1}, {"answered": 9}]
    counts = ranges(months, LEAST)
    assert rate_of("exchange", counts) == Rate(92.5, 92.5)
    assert suggested(EvaluationItem("management", "管理", "", 20, 0), None) is None


def test_points_are_in_proportion_below_the_target() -> None:
    assert tenths_for(98, 35, 98) == tenths_for(100, 35, 98) == 350
    assert tenths_for(49, 35, 98) == 175
    assert ranks({1: 900, 2: 950, 3: 900, 4: 100}) == {2: 1, 1: 2, 3: 2, 4: 4}


def test_small_counts_of_households_are_not_told_and_a_sum_says_at_least() -> None:
    counts = told({"open": 12, "late": 3, "requests": 2}, LEAST)
    assert (counts["open"], counts["late"], counts["requests"]) == (12, None, 2)
    assert AtLeast.of([12, None, 0]) == AtLeast(12, is_exact=False)
    assert AtLeast.of([12, 0]) == AtLeast(12, is_exact=True)


@pytest.mark.parametrize("province", [22, 44])
def test_the_items_of_a_province_come_to_a_hundred_points_and_are_ours(province) -> None:
    items = rulebook(province).evaluation_items
    assert sum(item.value.weight for item in items.values()) == 100
    assert all(item.is_ours for item in items.values())
