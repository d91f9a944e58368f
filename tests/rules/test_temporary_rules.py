"""What the four questions come to, and what the ledger knows of somebody (143号 三)."""

import datetime as dt
from itertools import product

import pytest

from app.assistance.temporary.forms import fen_of
from app.assistance.temporary.rules import (
    CHECKS,
    EVER,
    OUTCOMES,
    Answer,
    all_met,
    claim_hash,
    insured_outcome,
    ledger_key,
    period_of,
    standing,
    still_unknown,
    subsistence_outcome,
)
from app.prints.papers.temporary import Paid, PayList, Refused, compose_list, compose_refusal

NUMBER = "220182198803121235"
DAY = dt.date(2026, 12, 10)


def test_what_is_not_known_counts_neither_as_met_nor_as_not_met() -> None:
    for given in product(OUTCOMES, repeat=len(CHECKS)):
        found = standing(Answer(k, o) for k, o in zip(CHECKS, given, strict=True))
        assert all_met(found) == (set(given) == {"met"})
        assert bool(still_unknown(found)) == ("unknown" in given)
    assert still_unknown(standing([])) == CHECKS
    later = standing([Answer("income", "met"), Answer("income", "unknown")])
    assert later["income"] == "unknown", "the latest counts"


RECORDS = [
    ([], True, "met"),
    ([], False, "unknown"),
    ([{"insurance": "1", "contribution_status": "1"}], True, "met"),
    ([{"insurance": "2", "contribution_status": "1"}], False, "not_met"),
    ([{"insurance": "2", "contribution_status": "3", "benefit_status": "1"}], True, "not_met"),
    ([{"insurance": "2", "contribution_status": "3", "benefit_status": "3"}], True, "met"),
    ([{"insurance": "2", "contribution_status": "3", "benefit_status": "3"}], False, "unknown"),
]


@pytest.mark.parametrize(("records", "has_day", "outcome"), RECORDS)
def test_insurance(records: list[dict[str, str]], has_day: bool, outcome: str) -> None:
    assert insured_outcome(records, has_day) == outcome


@pytest.mark.parametrize(
    ("is_listed", "has_day", "is_local", "outcome"),
    [
        (True, False, False, "not_met"),
        (False, True, True, "met"),
        (False, True, False, "unknown"),
        (False, False, True, "unknown"),
    ],
)
def test_subsistence(is_listed: bool, has_day: bool, is_local: bool, outcome: str) -> None:
    found = subsistence_outcome(is_listed=is_listed, has_day=has_day, is_local=is_local)
    assert found == outcome


def test_the_ledger_has_a_key_of_its_own_for_each_province() -> None:
    key, other = ledger_key(b"m" * 32, 22), ledger_key(b"m" * 32, 44)
    hashes = {
        claim_hash(key, 2026, NUMBER),
        claim_hash(key, 2027, NUMBER),
        claim_hash(other, 2026, NUMBER),
        claim_hash(ledger_key(b"n" * 32, 22), 2026, NUMBER),
        claim_hash(key, 2026, NUMBER[:-1] + "X"),
    }
    assert len(hashes) == 5
    assert claim_hash(key, 2026, NUMBER) in hashes
    assert (period_of(DAY, "year"), period_of(DAY, "ever")) == (2026, EVER)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("2000", 200_000), ("2,000.50", 200_050), ("0.001", 0), ("", 0), ("二千", 0), ("NaN", 0)],
)
def test_amounts(typed: str, fen: int) -> None:
    assert fen_of(typed) == fen


def test_the_papers_say_why_and_how_much() -> None:
    refused = Refused(
        *("榆树市核对中心", "粤民发〔2020〕143号 三", "榆临助 2026-12-000001", "郭建平", NUMBER),
        *(DAY, DAY, "已在省内其他地方领取同一救助", [("民政部门", "见登记。")], "18号", True),
    )
    said = repr(compose_refusal(refused, DAY))
    for words in (
        "不予救助告知书",
        "郭建平",
        NUMBER,
        "不掌握发放的地点",
        "行政复议",
        "民政部门：见登记",
    ):
        assert words in said
    rows = [Paid(f"榆临助 {n}", "田玉梅", NUMBER, "农商银行", "6221", 200_050) for n in range(2)]
    made = PayList("榆树市核对中心", "143号", "榆临发 1", DAY, "ABCD-EFGH", "刘洋", rows)
    said = repr(compose_list(made))
    for words in ("4,001.00", "2 人", "ABCD-EFGH", "不得手工增删"):
        assert words in said
