"""撤回申请: the commissioning unit takes a household back; it is not checked any further."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select, text

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.history import latest_reasons
from app.cases.lifecycle import Chosen, Moved, move
from app.cases.models import Case, Subject
from app.cases.telling import tell_staff
from app.changes.messages import APPLICATION_REASONS
from app.changes.recording import case_of, check_day, record
from app.changes.stopping import stop_asking
from app.delegation.answers import close_answered
from app.delegation.recalling import send_recall
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.outbox import post

_WAITED_FOR_ABOVE = text("""
UPDATE ask a SET outcomes = array_replace(a.outcomes, 0::smallint, :ceased)
FROM letter_out l, household_case c
WHERE a.case_id = ANY(:cases) AND a.source = 0 AND a.is_open
  AND l.agency_id = a.agency_id AND l.id = a.letter_id AND l.state = 'sent'
  AND c.agency_id = a.agency_id AND c.id = a.case_id
RETURNING a.case_id, a.letter_id, l.parent_id, c.period
""")


def withdraw_application(
    case_id: int,
    actor: Actor,
    *,
    on: dt.date,
    reason: str,
    remark: str = "",
    scans: Sequence[bytes] = (),
) -> Moved:
    """Take a household's application back, until its result has been handed over.

    ``reason``: a code of ``APPLICATION_REASONS``. Skipped when the case has ended. Raises
    ``LookupError``, and ``Fault`` for a day to come.
    """
    actor.must("application.withdraw")
    case = case_of(case_id, actor)
    check_day(on)
    title = APPLICATION_REASONS[reason]
    moved = move("case", "withdraw", Chosen.of([case.id]), actor, reason=title)
    if not moved.done:
        return moved
    record("application", case, actor, on=on, reason=title, sealed={"remark": remark}, scans=scans)
    audit.record(
        actor.account_id,
        "application.withdraw",
        kind="case",
        subject_id=case.id,
        unit_id=actor.unit_id,
    )
    post(
        "application.withdrawn",
        {"ids": [case.id]},
        unit_id=actor.unit_id,
        account_id=actor.account_id,
    )
    return moved


def follow(ids: Sequence[int]) -> None:
    """Stop what is under way about withdrawn households, and call them back from above.

    Acts only on cases that are withdrawn, whoever left the message. Idempotent.
    """
    withdrawn = select(Case.id).where(Case.id == any_of(ids), Case.state == "withdrawn")
    cases = list(db.session.scalars(withdrawn))
    tell_staff("case.withdrawn", ["intake_officer", "reviewer", "report_issuer"], cases)
    people = select(Subject.id).where(Subject.case_id == any_of(cases))
    stop_asking(list(db.session.scalars(people)))
    values = {"cases": cases, "ceased": int(Outcome.CEASED)}
    rows = db.session.execute(_WAITED_FOR_ABOVE, values).all()
    close_answered(sorted({row.letter_id for row in rows}))
    why = latest_reasons(cases, "withdraw")
    letters: dict[tuple[int, str, int], set[int]] = {}
    for row in rows:
        key = (row.parent_id, why[row.case_id].reason, row.period)
        letters.setdefault(key, set()).add(row.case_id)
    for (parent_id, reason, period), theirs in letters.items():
        send_recall(parent_id, sorted(theirs), reason, period)
