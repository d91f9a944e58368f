"""Which looks are asked about, which are drawn, and when one may be judged how."""

import datetime as dt

import pytest

from app.audit.looks import LOOKS, person_key
from app.oversight.inspections.rules import Known, Look, draw, flags_of, judging_barred
from tenants.calendar import SHANGHAI
from tenants.rulebook import LookLimits, rulebooks
from tests.architecture.source import called, modules

LIMITS = LookLimits(7, 20, run=3, minutes=10, people=3, answer_working_days=5)
WANGFANG, ZHAOLEI, LUOLIN, ANOTHER_DESK = 1, 2, 3, 11
"""王芳 has a second account, of the desk where she worked before."""
MOTHER, SELF, NEIGHBOUR = 501, 502, 503
KNOWN = Known(
    human_of={WANGFANG: 100, ANOTHER_DESK: 100, ZHAOLEI: 200, LUOLIN: 300},
    own={100: frozenset({SELF})},
    kin={100: frozenset({MOTHER, SELF})},
    took_part={(7, WANGFANG), (8, WANGFANG), (9, WANGFANG), (7, ZHAOLEI)},
    staff={WANGFANG, ZHAOLEI},
)


def look(id_=1, at="2026-11-12 10:00", who=WANGFANG, case=7, people=(), reason="受理初审", **more):
    when = dt.datetime.fromisoformat(at).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)
    cases = frozenset({case} if case else ())
    given = {"verb": "subject.unmask", "kind": "subject", "object_id": 1} | more
    return Look(id_, when, who, reason=reason, cases=cases, people=frozenset(people), **given)


def flags(*looks, known=KNOWN):
    return flags_of(looks, known, LIMITS, lambda day: day.weekday() < 5)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (look(), ()),
        (look(at="2026-11-12 07:00"), ()),
        (look(at="2026-11-12 06:59"), ("night",)),
        (look(at="2026-11-12 20:00"), ("night",)),
        (look(at="2026-11-14 10:00"), ("rest_day",)),
        (look(at="2026-11-14 23:30"), ("night", "rest_day")),
        (look(reason="  "), ("no_reason",)),
        # a print or a search carries no reason of its own: the step is the reason
        (look(reason="", verb="print.list", kind="subject_list", case=0), ()),
        (look(people=[SELF]), ("own",)),
        (look(people=[SELF], who=ANOTHER_DESK, case=0), ("own",)),
        (look(people=[MOTHER]), ("kin",)),
        (look(people=[NEIGHBOUR]), ()),
        (look(people=[SELF], who=ZHAOLEI), ("colleague",)),
        (look(case=8, who=ZHAOLEI), ("outside",)),
        # a unit's own households are its task
        (look(case=8, who=LUOLIN), ()),
        (look(case=8, who=ZHAOLEI, verb="person.search", kind="person"), ()),
    ],
)
def test_what_is_asked_about(one, expected):
    assert flags(one).get(one.id, ()) == expected


def test_the_night_is_shanghais():
    """At 13:30 UTC it is half past nine in the evening here; at 00:30 UTC half past eight."""
    utc = dt.datetime(2026, 11, 12, 13, 30, tzinfo=dt.UTC)
    late = Look(1, utc, WANGFANG, "case.unmask", "case", 7, "受理初审", frozenset({7}))
    early = Look(2, utc.replace(hour=0), WANGFANG, "case.unmask", "case", 7, "受理初审")
    assert flags(late, early) == {1: ("night",)}


def test_many_households_in_a_row_are_counted_by_person_and_afresh_after_each_run():
    times = ["10:00", "10:03", "10:06", "10:07", "10:09", "10:30"]
    desks = [WANGFANG, ANOTHER_DESK, WANGFANG, WANGFANG, WANGFANG, WANGFANG]
    cases = [7, 8, 9, 7, 8, 9]
    rows = [
        look(n, f"2026-11-12 {at}", who, case)
        for n, (at, who, case) in enumerate(zip(times, desks, cases, strict=True), 1)
    ]
    assert flags(*rows) == {3: ("many",)}, "the third within ten minutes; then too few"
    same = [look(n, f"2026-11-12 10:0{n}") for n in range(1, 6)]
    assert flags(*same) == {}, "one household, opened five times"


def test_one_person_seen_by_many_people():
    rows = [look(n, who=who, people=[NEIGHBOUR], case=7) for n, who in ((1, 1), (2, 11), (3, 2))]
    assert flags(*rows) == {}, "two accounts of one person are one"
    rows.append(look(4, who=LUOLIN, people=[NEIGHBOUR], case=0))
    assert {id_ for id_, why in flags(*rows).items() if why == ("by_many",)} == {1, 2, 3, 4}


def test_the_sample_is_the_same_for_the_same_seed_and_leaves_out_what_is_flagged():
    ids, flagged = range(1, 101), {5, 6}
    first = draw(ids, flagged, 10, seed=42)
    assert first == draw(reversed(ids), flagged, 10, seed=42)
    assert first == sorted(first)
    assert len(set(first)) == 10
    assert not set(first) & flagged
    assert first != draw(ids, flagged, 10, seed=43)
    assert draw([1, 2, 3], {2}, 10, seed=1) == [1, 3]


DAY, NEXT = dt.date(2026, 11, 20), dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("verdict", "state", "today", "code"),
    [
        ("proper", "picked", DAY, ""),
        ("proper", "asked", DAY, ""),
        ("explained", "picked", DAY, "inspection.ask_first"),
        ("breach", "picked", NEXT, "inspection.ask_first"),
        ("explained", "asked", NEXT, "inspection.not_answered"),
        ("breach", "asked", DAY, "inspection.still_time"),
        ("breach", "asked", NEXT, ""),
        ("breach", "answered", DAY, ""),
        ("explained", "answered", DAY, ""),
    ],
)
def test_nothing_goes_against_somebody_who_was_not_heard(verdict, state, today, code):
    assert judging_barred(verdict, state, DAY, today) == code


def test_every_province_says_what_is_asked_about():
    for book in rulebooks().values():
        assert book.looks.is_ours
        assert "文件未规定" in book.looks.note
        assert book.undertaking_to_unmask.value is False


NO_LOOKS = {
    "agreement.download": "an agreement with a unit",
    "extension.download": "a letter about a date",
    "undertaking.download": "an undertaking of the staff",
    "own_item.download": "the basis of a data item",
    "print.archive_inventory": "numbers of files, to be destroyed",
    "print.inspection": "the report of an inspection",
}


def test_every_look_that_the_program_records_is_inspected():
    """Verbs of looks are found in the program: a new one that is not sorted is a gap."""
    words = (".unmask", ".download", "print.", ".export", ".search", ".password")
    found = set()
    for module in modules():
        for call in module.calls():
            if called(call) != "record":
                continue
            found |= {
                str(node.value)
                for node in [*call.args, *(each for a in call.args for each in ast_of(a))]
                if hasattr(node, "value") and isinstance(node.value, str)
            }
    looks = {verb for verb in found if any(word in verb for word in words) and "." in verb}
    looks -= {"password.change", "password.fail", "person.set_password", "print."}
    assert looks - LOOKS.keys() - NO_LOOKS.keys() == set()
    assert {"person.search", "report.download"} <= looks


def ast_of(node):
    return getattr(node, "elts", None) or getattr(getattr(node, "value", None), "elts", None) or ()


def test_a_key_of_a_person_is_no_hash_of_theirs_and_fits_a_column():
    digest = bytes(range(16))
    assert 0 < person_key(digest) < 2**63
    assert person_key(digest).to_bytes(8) not in digest
    assert person_key(digest) != person_key(digest[::-1])
