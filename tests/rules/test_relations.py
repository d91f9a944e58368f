"""Registered marriages against the declared household: a table of examples."""

import datetime as dt
from typing import Any

import pytest

from app.findings.persons import Person, Told
from app.findings.relations import MARRIAGE, couples_without_record, undeclared_spouses
from tenants.catalogue.outcomes import Outcome

HIT, NO_RECORD, UNABLE = Outcome.HIT, Outcome.NO_RECORD, Outcome.UNABLE
WEDDING: dict[str, Any] = {"status": "1", "registered_on": "2015-05-20"}
DIVORCE: dict[str, Any] = {"status": "2", "registered_on": "2019-01-08"}


def person(name: str, *records: dict[str, Any], **given: Any) -> Person:
    told = [Told(fields, "榆树市民政局", left_out=given.pop("left_out", 0)) for fields in records]
    return Person(name, "member", {}, {MARRIAGE: told} if told else {}, id=7, **given)


def wed(name: str = "", number: str = "", **changed: Any) -> dict[str, Any]:
    return {**WEDDING, "spouse_name": name, "spouse_id_number": number, **changed}


@pytest.mark.parametrize(
    ("others", "records", "found"),
    [
        ([], [wed("郭长海")], ["郭*海"]),
        ([person("郭长海")], [wed("郭长海")], []),
        ([person("郭长海", id_number="22018219600101001x")], [wed("", "22018219600101001X")], []),
        ([person("郭长海", id_number="220182196001010010")], [wed("郭长海", "110")], ["郭*海"]),
        ([], [wed("", "110")], [""]),
        ([], [wed()], []),
        ([], [wed("郭长海"), DIVORCE], []),
        ([], [{**DIVORCE, "registered_on": "2009-04-16"}, wed("郭长海")], ["郭*海"]),
        ([], [wed("郭长海", registered_on=None)], ["郭*海"]),
        ([], [], []),
    ],
)
def test_a_registered_spouse_who_was_not_declared(
    others: list[Person], records: list[dict[str, Any]], found: list[str]
) -> None:
    people = [person("周玉兰", *records), *others]
    assert [each.spouse for each in undeclared_spouses(people)] == found


def test_an_obligor_and_an_excluded_record_are_no_finding() -> None:
    assert not undeclared_spouses([person("孟繁星", wed("于静"), uncounted="obligor")])
    assert not undeclared_spouses([person("周玉兰", wed("郭长海"), left_out=1)])


def test_the_fact_carries_its_day_and_source_and_no_whole_name() -> None:
    (found,) = undeclared_spouses([person("周玉兰", wed("郭长海"))])
    assert (found.subject, found.person, found.source) == (7, "周玉兰", "榆树市民政局")
    assert found.registered_on == dt.date(2015, 5, 20)


@pytest.mark.parametrize(
    ("head", "spouse", "remarked"),
    [
        ({NO_RECORD}, {NO_RECORD}, True),
        ({NO_RECORD}, {HIT}, False),
        ({NO_RECORD}, {UNABLE}, False),
        ({NO_RECORD, UNABLE}, {NO_RECORD}, False),
        (set(), set(), False),
    ],
)
def test_a_declared_couple_without_registration_is_a_remark(
    head: set[Outcome], spouse: set[Outcome], remarked: bool
) -> None:
    """Only where everybody who was asked about both has no record."""
    couple = [
        Person(name, "member", {}, {}, relation=relation,
               ended={MARRIAGE: frozenset(int(o) for o in outcomes)} if outcomes else {})
        for name, relation, outcomes in (("张海波", "02", head), ("何丽娟", "10", spouse))
    ]  # fmt: skip
    assert bool(couples_without_record(couple)) is remarked
