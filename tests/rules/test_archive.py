"""What a complete file needs, how long it is kept, what bars its destruction, what was altered."""

import datetime as dt
from dataclasses import replace

import pytest

from app.oversight.archive.rules import (
    BASES,
    Altered,
    Held,
    barred,
    basis_of,
    compare,
    digest_of,
    keep_until,
    manifest,
    missing_of,
)
from tenants.rulebook import rulebook

WHOLE = Held(
    state="closed",
    origin="unit",
    has_letter=True,
    papers=0,
    asked_own=True,
    reports=frozenset({"own", "upper", "merged"}),
    outcome="granted",
    open_objections=0,
    open_asks=0,
)
ENDED = replace(WHOLE, state="terminated", reports=frozenset(), outcome="", open_asks=3)


@pytest.mark.parametrize(
    ("held", "missing", "basis"),
    [
        (WHOLE, (), "granted"),
        (replace(WHOLE, was_contested=True), (), "contested"),
        (replace(WHOLE, has_letter=False, papers=2), ("letter", "papers"), "granted"),
        (replace(WHOLE, reports=frozenset({"upper", "merged"})), ("own_report",), "granted"),
        # An agency that asked nobody of its own issues no report of its own.
        (replace(WHOLE, asked_own=False, reports=frozenset({"upper", "merged"})), (), "granted"),
        (replace(WHOLE, reports=frozenset({"own"})), ("merged_report",), "granted"),
        (replace(WHOLE, origin="below", reports=frozenset({"own"})), (), "granted"),
        (replace(WHOLE, outcome="open"), ("decision",), "ended"),
        (replace(WHOLE, open_objections=1, open_asks=1), ("objection", "answers"), "granted"),
        (ENDED, (), "ended"),
        (replace(ENDED, papers=1), ("papers",), "ended"),
    ],
)
def test_what_a_file_lacks_and_how_its_case_ended(
    held: Held, missing: tuple[str, ...], basis: str
) -> None:
    assert (missing_of(held), basis_of(held)) == (missing, basis)


def test_a_term_counts_from_the_year_after() -> None:
    assert keep_until(dt.date(2026, 1, 1), 10) == dt.date(2036, 12, 31)
    assert keep_until(dt.date(2026, 12, 31), 30) == dt.date(2056, 12, 31)
    assert keep_until(dt.date(2026, 12, 31), None) is None
    for province in (22, 44):
        years = rulebook(province).archive_years
        assert years.value.keys() == set(BASES)
        assert years.is_ours


@pytest.mark.parametrize(
    ("until", "held", "objected", "code"),
    [
        (dt.date(2036, 12, 31), False, False, ""),
        (dt.date(2037, 1, 1), False, False, "archive_not_due"),
        (None, False, False, "archive_not_due"),
        (dt.date(2036, 12, 31), True, False, "archive_held"),
        (dt.date(2036, 12, 31), False, True, "archive_held"),
    ],
)
def test_what_keeps_a_file(until: dt.date | None, held: bool, objected: bool, code: str) -> None:
    today = dt.date(2037, 1, 1)
    assert barred(keep_until=until, today=today, is_held=held, has_objection=objected) == code


def test_the_digest_of_a_file_knows_no_order() -> None:
    one, other = ("report", bytes(32)), ("paper", bytes([1]) * 32)
    assert digest_of([one, other]) == digest_of([other, one])
    assert digest_of([one, other]) != digest_of([one]) != digest_of([("paper", bytes(32))])


def test_every_change_of_a_package_is_told_with_its_name() -> None:
    files = {"index.html": b"1", "文件/001.pdf": b"2"}
    listed = manifest(files)
    assert compare(listed, files) == []
    changed = {"文件/001.pdf": b"3", "文件/002.pdf": b"4"}
    assert compare(listed, changed) == [
        Altered("index.html", "missing"),
        Altered("文件/002.pdf", "unknown"),
        Altered("文件/001.pdf", "altered"),
    ]
    with pytest.raises(ValueError, match="no manifest"):
        compare("not a list", files)
