"""Who is insured and who is not, by what the sources say: a table of examples."""

import datetime as dt
from typing import Any

import pytest

from app.assistance.insurance.names import part_of
from app.assistance.insurance.rules import (
    INSURANCES,
    Judged,
    Load,
    Record,
    age_in,
    judged,
    rate,
    sources_of,
)
from tenants.rulebook import rulebook

TODAY, DAYS = dt.date(2026, 11, 12), 62
FRESH, OLD = dt.date(2026, 10, 31), dt.date(2026, 9, 10)
BOTH = (Load(1, "employees", FRESH), Load(2, "residents", dt.date(2026, 11, 5)))
PAID = {"insurance": "1", "contribution_status": "1"}
PAUSED = {"insurance": "1", "contribution_status": "2"}
ENDED = {"insurance": "1", "contribution_status": "3"}
DRAWS = {"insurance": "1", "contribution_status": "3", "benefit_status": "1"}
JOBLESS = {"insurance": "2", "contribution_status": "1", "benefit_status": "1"}


def stands(
    *fields: tuple[int, dict[str, str]],
    born: int = 198503,
    reason: str = "",
    loads: Any = BOTH,
    insurance: str = "pension",
) -> Judged:
    records = [Record(load, FRESH, said) for load, said in fields]
    parts, sources = {one.id: one.part for one in loads}, sources_of(loads, TODAY, DAYS)
    rule, about = rulebook(22).insurance_rule.value, INSURANCES[insurance]
    return judged(about, rule, born, 202611, records, parts, reason, sources)


@pytest.mark.parametrize(
    ("found", "result", "why"),
    [
        (stands(), "not_insured", "nothing"),
        (stands((1, PAID)), "insured", "employees"),
        (stands((2, PAID)), "insured", "residents"),
        (stands((1, PAID), (2, PAID)), "insured", "both"),
        (stands((2, PAUSED)), "insured", "paused"),
        (stands((1, ENDED)), "not_insured", "nothing"),
        (stands((1, JOBLESS)), "not_insured", "nothing"),
        (stands((1, DRAWS)), "not_meant", "drawing"),
        (stands(born=201011), "not_insured", "nothing"),
        (stands(born=201012), "not_meant", "young"),
        (stands(born=0), "unknown", "no_number"),
        (stands(loads=()), "unknown", "not_held"),
        (stands(loads=BOTH[:1]), "unknown", "not_held"),
        (stands(loads=(BOTH[0], Load(2, "residents", OLD))), "unknown", "too_old"),
        (stands((1, PAID), loads=(BOTH[0], Load(2, "residents", OLD))), "insured", "employees"),
        (stands(loads=(Load(3, "", FRESH),)), "not_insured", "nothing"),
        (stands((3, PAID), loads=(Load(3, "", FRESH),)), "insured", "residents"),
        (stands(reason="pupil"), "not_meant", "pupil"),
        (stands((2, PAID), reason="pupil"), "insured", "residents"),
        (stands(reason="elsewhere"), "insured", "elsewhere"),
        (stands(reason="refuses"), "not_insured", "refuses"),
        (stands(born=201512, insurance="medical"), "not_insured", "nothing"),
        (stands((1, PAUSED | {"insurance": "2"}), insurance="medical"), "insured", "paused"),
    ],
)
def test_what_a_source_says_of_a_person(found: Judged, result: str, why: str) -> None:
    assert (found.result, found.why) == (result, why)


def test_nobody_is_uninsured_as_of_a_later_day_than_the_older_part() -> None:
    assert stands().as_of == FRESH
    assert stands(loads=()).as_of is None


def test_the_age_the_part_and_the_rate() -> None:
    assert [age_in(201011, period) for period in (202610, 202611, 202612)] == [15, 16, 16]
    assert [part_of(n) for n in ("城镇职工", "城乡居民养老", "全部", "")] == [
        *("employees", "residents"),
        *("", ""),
    ]
    assert (rate(1, 2), rate(0, 3), rate(0, 0)) == (33.3, 0.0, None)
