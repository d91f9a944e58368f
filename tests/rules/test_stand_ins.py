"""AB角 as a table of examples: B does A's work within these dates, or is told why not."""

import datetime as dt
from dataclasses import replace

import pytest

from app.accounts import messages as account_messages
from app.people import messages
from app.people.rules import Candidate, Period, RoleHeld, StandingIn, judge_stand_in
from tenants.messages import Fault

assert messages
assert account_messages
TODAY = dt.date(2026, 11, 5)
SINCE = Period(dt.date(2026, 1, 1))
DESK = ("staff", 0, 0)


def days(first, last):
    return Period(dt.date(2026, 11, first), dt.date(2026, 11, last))


def person(account_id, *roles, **other):
    held = tuple(RoleHeld(role, SINCE) for role in roles)
    return replace(Candidate(account_id, account_id, DESK, True, held), **other)


A, B, C, D = 1, 2, 3, 4
ABSENT, WHO = person(A, "reviewer"), person(B, "intake_officer")
ASKED = StandingIn(B, A, "reviewer", days(9, 13))


def fault(asked=ASKED, who=WHO, absent=ABSENT, filed=()):
    try:
        judge_stand_in(asked, who, absent, filed, TODAY)
    except Fault as raised:
        return raised.code if str(raised) else "unworded"
    return ""


def other(account_id, absent_id, role, first, last):
    return StandingIn(account_id, absent_id, role, days(first, last))


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        ("", {}),
        ("", {"asked": replace(ASKED, during=days(5, 5))}),
        ("stand_in.dates", {"asked": replace(ASKED, during=days(4, 8))}),
        ("stand_in.dates", {"asked": replace(ASKED, during=days(13, 9))}),
        ("stand_in.dates", {"asked": replace(ASKED, during=Period(TODAY))}),
        ("stand_in.oneself", {"who": replace(WHO, person_id=A)}),
        ("stand_in.inactive", {"who": replace(WHO, is_active=False)}),
        ("stand_in.inactive", {"absent": replace(ABSENT, is_active=False)}),
        ("stand_in.place", {"who": replace(WHO, place=("desk", 101, 102))}),
        ("stand_in.role_not_held", {"absent": person(A, "report_issuer")}),
        (
            "stand_in.role_not_held",
            {"absent": person(A, roles=(RoleHeld("reviewer", days(1, 12)),))},
        ),
        ("", {"absent": person(A, roles=(RoleHeld("reviewer", days(9, 13)),))}),
        ("hosted_role", {"who": replace(WHO, is_hosted=True)}),
        ("stand_in.holds_role", {"who": person(B, "reviewer")}),
        ("", {"who": person(B, roles=(RoleHeld("reviewer", days(1, 8)),))}),
        ("roles_conflict", {"who": person(B, "audit_administrator")}),
        (
            "roles_conflict",
            {
                "asked": replace(ASKED, role="system_administrator"),
                "absent": person(A, "system_administrator"),
            },
        ),
        (
            "",
            {
                "asked": replace(ASKED, role="system_administrator"),
                "absent": person(A, "system_administrator"),
                "who": person(B),
            },
        ),
        (
            "roles_conflict",
            {
                "who": person(B),
                "filed": [other(B, D, "system_administrator", 12, 20)],
            },
        ),
        ("stand_in.taken", {"filed": [other(C, A, "reviewer", 13, 14)]}),
        ("", {"filed": [other(C, A, "reviewer", 14, 15)]}),
        ("", {"filed": [other(C, A, "report_issuer", 9, 13)]}),
        ("stand_in.busy", {"filed": [other(B, D, "report_issuer", 1, 9)]}),
        ("", {"filed": [other(B, A, "report_issuer", 9, 13)]}),
        ("stand_in.absent_stands_in", {"filed": [other(A, D, "report_issuer", 10, 11)]}),
        ("stand_in.is_absent", {"filed": [other(D, B, "intake_officer", 10, 11)]}),
        ("", {"filed": [other(D, B, "intake_officer", 14, 20)]}),
    ],
)
def test_b_stands_in_for_a_or_is_told_why_not(expected, change):
    assert fault(**change) == expected
