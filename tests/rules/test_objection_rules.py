"""How a recheck can end, and until when one may contest: examples."""

import datetime as dt

import pytest

from app.objections.rules import is_same, last_day_to_object, outcomes_open
from tenants.catalogue.outcomes import Outcome

HOUSE, SOLD = {"area": 80, "status": "1"}, {"area": 80, "status": "2"}
CAR = {"plate": "吉A"}


@pytest.mark.parametrize(
    ("outcome", "was", "now", "ends"),
    [
        (Outcome.HIT, [HOUSE], [HOUSE], ("upheld", "source_correcting")),
        (Outcome.HIT, [HOUSE], [SOLD], ("corrected",)),
        (Outcome.HIT, [HOUSE, CAR], [CAR, HOUSE], ("upheld", "source_correcting")),
        (Outcome.HIT, [HOUSE], [HOUSE, HOUSE], ("corrected",)),
        (Outcome.NO_RECORD, [HOUSE], [], ("corrected",)),
        (Outcome.UNABLE, [HOUSE], [HOUSE], ("source_correcting", "unanswered")),
        (Outcome.REFUSED, [HOUSE], [], ("source_correcting", "unanswered")),
        (Outcome.UNANSWERED, [HOUSE], [], ("source_correcting", "unanswered")),
    ],
)
def test_the_answer_of_the_source_says_how_it_ends(outcome, was, now, ends) -> None:
    assert outcomes_open(outcome, was, now) == ends


@pytest.mark.parametrize(
    ("before", "outcome", "now", "ends"),
    [
        (Outcome.NO_RECORD, Outcome.HIT, [CAR], ("corrected",)),
        (Outcome.NO_RECORD, Outcome.NO_RECORD, [], ("upheld", "source_correcting")),
        (Outcome.NO_RECORD, Outcome.UNABLE, [], ("source_correcting", "unanswered")),
        (Outcome.UNABLE, Outcome.NO_RECORD, [], ("corrected",)),
        (Outcome.UNABLE, Outcome.UNABLE, [], ("source_correcting", "unanswered")),
    ],
)
def test_who_found_nothing_can_be_asked_again(before, outcome, now, ends) -> None:
    assert outcomes_open(outcome, [], now, before) == ends


def test_the_order_of_a_record_s_fields_tells_nothing() -> None:
    assert is_same([{"area": 80, "status": "1"}], [{"status": "1", "area": 80}])


def test_days_to_contest_are_working_days() -> None:
    assert last_day_to_object(dt.date(2026, 11, 27), 15) == dt.date(2026, 12, 18)
