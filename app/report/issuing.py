"""出具报告 and 统一反馈: a third person issues; the worker composes, renders, signs.

Verbs draft reports for a set of cases; the rendering jobs finish them a chunk at a time.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, text

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.history import acting_name
from app.cases.lifecycle import Moved, Skip, take_duty
from app.cases.models import Case
from app.delegation.answers import lock_cases
from app.matters.comparing import compare_cases
from app.report.models import Report
from app.report.readiness import blocked_from_issue, blocked_from_merge
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import Fault
from tenants.numbers import take_numbers
from tenants.outbox import post

PER_JOB = 50
"""Households per rendering job: seconds of work, one engine start for all of them."""

_LAST_VERSIONS = text("""
SELECT case_id, max(version) AS version FROM report
WHERE case_id = ANY(:ids) AND kind = :kind GROUP BY case_id
""")


def issue_own(case_ids: Sequence[int], actor: Actor) -> Moved:
    """Issue this agency's own report for cases whose own requests have all ended.

    Skipped, each with its reason: what is still open, what has nothing of its own to report, what
    is reported already, and cases on which this person holds another step (操作规程 五(一)).
    """
    return _draft("own", case_ids, actor, blocked_from_issue, {})


def merge(
    case_ids: Sequence[int],
    actor: Actor,
    *,
    incomplete_reason: str = "",
    replacing_reason: str = "",
) -> Moved:
    """Make the merged report for the commissioning unit, of cases that it entrusted here.

    A household is heard first: a case with a matter that is not settled is skipped. With
    ``incomplete_reason`` a named person decides, after the due date, to hand over although
    something is still out; the report says who decided, when and why. A later version
    supplements the former one, unless the rulebook or a named person (``replacing_reason``) has it
    replaced.
    """
    reasons = {"incomplete_reason": incomplete_reason, "replacing_reason": replacing_reason}
    return _draft("merged", case_ids, actor, blocked_from_merge, reasons)


def _draft(
    kind: str, case_ids: Sequence[int], actor: Actor, judge: Any, reasons: Mapping[str, str]
) -> Moved:
    actor.must("report.issue")
    if len(case_ids) > 5_000:
        raise Fault("too_many_at_once", most=5_000)
    lock_cases(case_ids)
    if kind == "merged":
        compare_cases(case_ids)
    blocked: dict[int, str] = judge(
        case_ids, incomplete=bool(reasons.get("incomplete_reason", "").strip())
    )
    fitting = [id_ for id_ in case_ids if id_ not in blocked]
    barred = take_duty("issue", fitting, actor)
    skipped = [Skip(id_, code) for id_, code in blocked.items()]
    skipped += [Skip(id_, barred[id_]) for id_ in fitting if id_ in barred]
    done = [id_ for id_ in fitting if id_ not in barred]
    if done:
        _insert(kind, done, actor, reasons)
    return Moved(tuple(done), tuple(skipped))


def _insert(kind: str, case_ids: Sequence[int], actor: Actor, reasons: Mapping[str, str]) -> None:
    last = dict(
        db.session.execute(_LAST_VERSIONS, {"ids": list(case_ids), "kind": kind}).tuples().all()
    )
    cases = {
        case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(case_ids)))
    }
    rows = [
        {
            "kind": kind,
            "state": "drafted",
            "case_id": id_,
            "unit_id": cases[id_].unit_id if kind == "merged" else 0,
            "by_agency_id": actor.agency_id,
            "number": number,
            "version": last.get(id_, 0) + 1,
            "code": secrets.token_urlsafe(16),
            "issued_by": actor.account_id,
            "issuer_name": acting_name(actor.name, actor.absent_name("report.issue")),
            "issued_on": business_date(),
            "own_answers": cases[id_].own_answers,
            "upper_answers": cases[id_].upper_answers,
            "incomplete_reason": reasons.get("incomplete_reason", ""),
            # A first version has nothing to replace.
            "replacing_reason": reasons.get("replacing_reason", "") if id_ in last else "",
        }
        for id_, number in zip(case_ids, take_numbers(kind, len(case_ids)), strict=True)
    ]
    report_ids = list(db.session.execute(insert(Report).returning(Report.id), rows).scalars())
    for start in range(0, len(report_ids), PER_JOB):
        chunk = report_ids[start : start + PER_JOB]
        post(
            f"report.render_{kind}",
            {"ids": chunk},
            account_id=actor.account_id,
            total=len(chunk),
        )
    why = "".join(reasons.values())
    audit.record(
        actor.account_id, f"report.issue_{kind}", kind="report", reason=why, count=len(rows)
    )
