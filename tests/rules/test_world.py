"""The demonstration world holds together: plan, households, lists, answers, and what is expected."""

import ast
import datetime as dt
import inspect
from collections import Counter
from types import SimpleNamespace

import pytest
from flask import Flask

from app.accounts.models import STAFF_ROLES
from app.accounts.permissions import ADMINISTRATORS, may_hold_together
from app.exchange.medium.asked import AskedLine, AskedRequest, ListLine, PackageHead
from app.exchange.medium.package import make_package
from app.exchange.medium.replies import ReplyLimits
from app.exchange.medium.reply_file import read_reply
from app.intake.places import known_regions
from app.intake.rules import check_list
from app.intake.sheet import read_sheet
from tenants.catalogue import catalogue
from tenants.identity import check_id_number, id_number_fault
from tenants.messages import Fault
from tenants.rulebook import Scheme
from tests.world import expected as expected_module
from tests.world.answers import Habits, fill_reply, open_disc
from tests.world.builder import build_world
from tests.world.demo import STEPS
from tests.world.expected import expected
from tests.world.households import Household, bad_households, households
from tests.world.lists import desk_list, desks_with_lists
from tests.world.plan import AgencyPlan, agencies, month

GOOD, BAD = households(), bad_households()
EVERY_AGENCY = tuple(agencies().values())
COUNTIES = tuple(plan for plan in EVERY_AGENCY if plan.tier == "county")
PASSWORD = "AAAAA-BBBBB-CCCCC-DDDDD"
STAMP = "ABCD-EFGH"
TODAY = month().day_of("collect_replies")


def _named(plan: AgencyPlan) -> str:
    return plan.region_name


def _numbered(household: Household) -> str:
    return household.no


@pytest.mark.parametrize("household", GOOD, ids=_numbered)
def test_what_was_worked_out_by_hand_is_what_the_facts_come_to(household: Household) -> None:
    by_hand, by_rule = household.expect, expected(household)
    late = expected(household, late_replies=True)
    found = {name: figure.found for name, figure in by_rule.figures.items() if figure.found}
    over = tuple(name for name, figure in by_rule.figures.items() if figure.is_over)
    tiers = ("province", "city", "county")
    hits = {tier: n for tier in tiers if (n := by_rule.outcomes(tier)["hit"])}
    out = [
        {"name": line.name, "item": line.item, "unit": line.unit, "outcome": line.outcome}
        for line in by_rule.out
    ]
    assert found == by_hand.found
    assert over == by_hand.over
    assert hits == by_hand.hits
    assert late.outcomes("county")["hit"] - by_rule.outcomes("county")["hit"] == by_hand.late_hits
    assert by_rule.reports == by_hand.reports
    assert out == list(by_hand.out)
    assert list(by_rule.conflicts) == list(by_hand.conflicts)
    assert by_rule.relations == by_hand.relations


@pytest.mark.parametrize("household", GOOD, ids=_numbered)
def test_every_planted_fact_is_asked_for_somewhere(household: Household) -> None:
    asked = {(line.name, line.item, line.unit) for line in expected(household).lines}
    for subject in household.subjects:
        for fact in subject.facts:
            units = {
                unit for name, item, unit in asked if (name, item) == (subject.name, fact.item)
            }
            assert units, f"{subject.name} is not asked about {fact.item}"
            assert fact.unit in units or (not fact.unit and len(units) == 1)


def test_the_expectations_come_from_no_code_of_the_product() -> None:
    tree = ast.parse(inspect.getsource(expected_module))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in modules if name and name.split(".")[0] in ("app", "tenants")]


def test_some_thirty_households_of_every_scheme_and_kind() -> None:
    assert len(GOOD) == 34
    assert 75 <= sum(len(household.subjects) for household in GOOD) <= 90
    assert {household.scheme for household in GOOD} == set(Scheme)
    assert {household.application for household in GOOD} == {"new", "periodic"}
    assert {s.role for h in GOOD for s in h.subjects} == {"applicant", "member", "obligor"}
    assert any(not subject.phone for household in GOOD for subject in household.subjects)
    stories = Counter(household.story for household in GOOD if household.story)
    told = {"return", "terminate_at_review", "terminate_at_province", "hand_back", "withdraw"}
    assert stories == dict.fromkeys(told, 1)
    assert len({household.no for household in (*GOOD, *BAD)}) == len(GOOD) + len(BAD)


def test_identity_numbers_are_valid_and_nobody_has_anothers() -> None:
    numbers = [s.id_number for household in (*GOOD, *BAD) for s in household.subjects]
    assert [check_id_number(number, TODAY) for number in numbers] == numbers
    assert len(set(numbers)) == len(numbers)
    (wrong,) = (s.wrong["id_number"] for h in BAD for s in h.subjects if "id_number" in s.wrong)
    fault = id_number_fault(wrong, TODAY)
    assert fault is not None
    assert fault.code == "id_number_checksum"


@pytest.mark.parametrize("desk", desks_with_lists())
def test_a_desks_list_passes_but_for_the_households_planted_as_bad(desk: str) -> None:
    name, data = desk_list(desk)
    (plan,) = (p for p in COUNTIES if desk in {d.name for d in p.desks})
    checked = check_list(
        read_sheet(data, name),
        schemes=frozenset(Scheme),
        today=month().day_of("upload_lists"),
        authorisation_max_days=366,
        known_regions=known_regions(plan.id // 10000),
    )
    good = [household for household in GOOD if household.desk == desk]
    bad = [household for household in BAD if household.desk == desk]
    assert [(f.column, f.code) for f in checked.faults] == [
        (household.bad["column"], household.bad["code"]) for household in bad
    ]
    assert (checked.households.good, checked.households.held_back) == (len(good), len(bad))
    assert checked.good["name"].to_list() == [
        s.name for h in good for s in h.subjects if not s.joined
    ]
    head = checked.good.filter(checked.good["role"] == "applicant")
    assert head["deposits_fen"].to_list() == [int(h.declared("deposits") * 100) for h in good]


def test_the_tree_and_its_strangers() -> None:
    parents = {plan.region_name: plan.parent for plan in EVERY_AGENCY}
    assert parents == {
        "吉林省": None, "长春市": 220000, "双阳区": 220100, "榆树市": 220100, "吉林市": 220000,
        "永吉县": 220200, "蛟河市": 220200, "梅河口市": 220000,
        "广东省": None, "广州市": 440000, "增城区": 440100,
    }  # fmt: skip


@pytest.mark.parametrize("plan", EVERY_AGENCY, ids=_named)
def test_every_agency_has_people_for_its_seven_roles(plan: AgencyPlan) -> None:
    held = [role for person in plan.staff for role in person.roles]
    assert set(held) == set(STAFF_ROLES)
    assert held.count("exchange_operator") == 2
    assert all(may_hold_together(person.roles) for person in plan.staff)
    business = [person for person in plan.staff if not ADMINISTRATORS & set(person.roles)]
    assert len(plan.staff) - len(business) == 3
    at_desks = [person for person in business if "director" not in person.roles]
    assert 3 <= len(at_desks) <= (6 if plan.tier == "province" else 5)
    on_a_case = {p.name for p in plan.staff for role in p.roles[:1] if role in STAFF_ROLES[:3]}
    assert len(on_a_case) >= 3
    assert len(plan.desks) == (2 if plan.tier == "county" else 0)


def test_nobody_shares_a_name_or_a_login_and_units_are_named_apart() -> None:
    people = [person for plan in EVERY_AGENCY for person in plan.staff]
    people += [desk.clerk for plan in EVERY_AGENCY for desk in (plan.department, *plan.desks)]
    units = [unit for plan in EVERY_AGENCY for unit in plan.units]
    people += [unit.liaison for unit in units if unit.liaison]
    names = [person.name for person in people] + [p.also for p in people if p.also]
    subjects = [s.name for household in (*GOOD, *BAD) for s in household.subjects]
    for repeated in (names + subjects, [p.login for p in people], [u.name for u in units]):
        assert [thing for thing, times in Counter(repeated).items() if times > 1] == []


def test_sharing_units_answer_what_their_kind_holds() -> None:
    units = [unit for plan in EVERY_AGENCY for unit in plan.units]
    assert len({unit.category for unit in units}) >= 6
    assert all(item // 100 == unit.category for unit in units for item in unit.items)
    assert all(item in catalogue().items for unit in units for item in unit.items)
    assert {bool(unit.liaison) for unit in units} == {True, False}
    covered = {item for unit in units for item in unit.items}
    assert {1604, 1605, 1101} & covered == set()


@pytest.mark.parametrize("plan", EVERY_AGENCY, ids=_named)
def test_what_a_units_clerk_fills_in_is_read_as_planted(plan: AgencyPlan) -> None:
    for unit in plan.units:
        lines = _asked_of(unit.name)
        if lines:
            checked = _reply(unit.name, lines, Habits())
            outcomes = {(a.line_no, a.item): a.outcome.name.lower() for a in checked.answers}
            assert checked.faults == ()
            assert checked.reconciliation.missing == ()
            assert outcomes == _planted(unit.name, lines)


@pytest.mark.parametrize(
    ("habits", "code"),
    [
        (Habits(wrong_id=1), "reply_id_differs"),
        (Habits(stranger=True), "reply_line_not_asked"),
        (Habits(blank_as_of=1), "reply_as_of_missing"),
    ],
)
def test_a_careless_clerks_reply_is_refused(habits: Habits, code: str) -> None:
    unit = "吉林省公安厅"
    assert code in {fault.code for fault in _reply(unit, _asked_of(unit), habits).faults}


def test_a_clerk_may_answer_in_parts_but_not_another_request() -> None:
    unit = "吉林榆树农村商业银行"
    lines = _asked_of(unit)
    part = _reply(unit, lines, Habits(withhold=frozenset({1})))
    assert {line_no for line_no, _ in part.reconciliation.missing} == {1}
    with pytest.raises(Fault) as told:
        _reply(unit, lines, Habits(stamp="ZZZZ-ZZZZ"))
    assert told.value.code == "reply_stamp_wrong"


def test_the_month_is_played_in_order_and_every_step_is_written() -> None:
    days = [step.day for step in month().steps]
    assert days == sorted(days)
    assert {step.code for step in month().steps} == set(STEPS)


def test_production_never_opens_the_world() -> None:
    portal = Flask("production")
    portal.extensions["hedui.settings"] = SimpleNamespace(is_production=True)
    with pytest.raises(PermissionError):
        build_world(portal)


def _asked_of(unit: str) -> list[ListLine]:
    """The lines of a unit's request, as the planted households make them."""
    asked: dict[str, set[int]] = {}
    people = {s.id_number: s for household in GOOD for s in household.subjects}
    for household in GOOD:
        numbers = {subject.name: subject.id_number for subject in household.subjects}
        for line in expected(household, late_replies=True).lines:
            if line.unit == unit:
                asked.setdefault(numbers[line.name], set()).add(line.item)
    return [
        ListLine(
            line_no,
            people[number].name,
            "居民身份证",
            number,
            tuple(sorted(items)),
            people[number].authorised_on,
            people[number].authorisation_expires_on,
        )
        for line_no, (number, items) in enumerate(asked.items(), start=1)
    ]


def _planted(unit: str, lines: list[ListLine]) -> dict[tuple[int, int], str]:
    """Outcome by line and item; a unit that does not answer in time knows its answers too."""
    planted = {}
    people = {s.id_number: s for household in GOOD for s in household.subjects}
    for line in lines:
        for item in line.items:
            facts = people[line.id_number].facts_at(unit, item)
            usual = "hit" if item in month().defaults else "no_record"
            planted[line.line_no, item] = facts[0].outcome if facts else usual
    return planted


def _reply(unit: str, lines: list[ListLine], habits: Habits):
    items = {item: catalogue().item(item) for line in lines for item in line.items}
    head = PackageHead(
        agency_code="220000",
        agency_name="演示核对中心",
        unit_id=1,
        unit_name=unit,
        request_no="演示请求 2026-11-000001",
        period=month().period,
        made_on=dt.date(2026, 11, 12),
        due_in_working_days=7,
        legal_basis="演示",
        stamp=STAMP,
    )
    package = make_package(head, lines, items, PASSWORD)
    filled = fill_reply(open_disc(package, PASSWORD), habits)
    asked = AskedRequest(
        request_no=head.request_no,
        stamp=STAMP,
        unit_name=unit,
        lines={line.line_no: AskedLine(line.name, line.id_number, line.items) for line in lines},
        items=items,
    )
    return read_reply(filled, "反馈.xlsx", asked, None, ReplyLimits(), today=TODAY)
