"""The intake check's two looks as rules: what is not ticked, what the machine sees, what follows."""

import datetime as dt
from dataclasses import replace

import pytest

from app.intake.paper_rules import Facts, Remark, held_back, missing_ticks, reasons_for, remarks
from tests.world.identity_numbers import id_number, with_wrong_check

TODAY, DUE = dt.date(2026, 11, 5), dt.date(2026, 11, 27)
NUMBER = id_number(220182, dt.date(1980, 3, 1), 7, male=True)
CHILD = id_number(220182, dt.date(2015, 3, 1), 7, male=True)
FINE = Facts(7, NUMBER, dt.date(2026, 10, 1), dt.date(2027, 3, 31), False, True, True, False)


def test_nothing_to_say_of_somebody_whose_papers_are_right() -> None:
    assert remarks([FINE], TODAY, DUE) == []


@pytest.mark.parametrize(
    ("changed", "code", "is_fault"),
    [
        ({"expires_on": dt.date(2026, 11, 4)}, "not_in_force", True),
        ({"signed_on": dt.date(2026, 11, 6)}, "not_in_force", True),
        ({"is_withdrawn": True}, "not_in_force", True),
        ({"expires_on": dt.date(2026, 11, 26)}, "ends_early", False),
        ({"has_authorisation": False}, "authorisation_missing", True),
        ({"has_card": False}, "id_card_missing", True),
        ({"id_number": with_wrong_check(NUMBER)}, "checksum", True),
        ({"id_number": CHILD}, "minor", False),
        ({"is_elsewhere": True}, "elsewhere", False),
    ],
)
def test_the_machine_sees(changed: dict, code: str, is_fault: bool) -> None:
    assert remarks([replace(FINE, **changed)], TODAY, DUE) == [Remark(7, code, is_fault)]


def test_a_number_that_is_not_open_is_not_judged() -> None:
    assert remarks([replace(FINE, id_number="")], TODAY, None) == []


ALL = {(0, "letter_seal"), (0, "list_seal"), (7, "signature"), (7, "thumbprint"), (7, "card_copy")}


def test_every_paper_wants_its_tick() -> None:
    assert missing_ticks([7], ALL) == []
    assert missing_ticks([7, 8], ALL) == [(8, "signature"), (8, "thumbprint"), (8, "card_copy")]
    assert missing_ticks([7], ALL - {(0, "list_seal")}) == [(0, "list_seal")]


@pytest.mark.parametrize(
    ("unticked", "seen", "reasons"),
    [
        ([], [], []),
        ([(0, "list_seal")], [], ["letter_irregular"]),
        ([(7, "signature"), (7, "thumbprint")], [], ["authorisation_invalid"]),
        ([(7, "card_copy")], [Remark(7, "minor", False)], ["identity_scan_missing"]),
        (
            [(7, "signature"), (7, "thumbprint")],
            [Remark(7, "authorisation_missing")],
            ["authorisation_missing"],
        ),
        (
            [(8, "thumbprint")],
            [Remark(7, "authorisation_missing")],
            ["authorisation_missing", "authorisation_invalid"],
        ),
        ([], [Remark(7, "checksum")], ["person_incomplete"]),
    ],
)
def test_the_reasons_of_a_return_follow(unticked: list, seen: list, reasons: list[str]) -> None:
    assert reasons_for(unticked, seen) == reasons


@pytest.mark.parametrize(
    ("wants_all", "held"),
    [
        (False, {2: "sample_not_ticked"}),
        (True, {1: "papers_not_ticked", 2: "sample_not_ticked"}),
    ],
)
def test_a_sampled_household_waits_for_its_ticks_whatever_the_rulebook_says(
    wants_all: bool, held: dict[int, str]
) -> None:
    assert held_back({1, 2}, {2, 3}, wants_all=wants_all) == held
