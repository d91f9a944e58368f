"""死亡、迁出: somebody is no member of the household any more; nothing more is asked about them."""

import datetime as dt
from collections.abc import Sequence

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip
from app.changes.following import tell_worker
from app.changes.marking import mark_left
from app.changes.messages import DEPARTURE_REASONS
from app.changes.recording import case_of, check_day, record, subject_of


def record_departure(
    case_id: int,
    subject_id: int,
    actor: Actor,
    *,
    on: dt.date,
    reason: str,
    remark: str = "",
    scans: Sequence[bytes] = (),
) -> Moved:
    """Record a death or a move (``reason``: a code of ``DEPARTURE_REASONS``) as of a day.

    Whoever left already is skipped. What was found before stays; from that day the person does
    not count as a member. Raises ``LookupError``, and ``Fault`` for a day to come.
    """
    actor.must("member.leave")
    case = case_of(case_id, actor)
    subject = subject_of(case, subject_id)
    check_day(on)
    if not mark_left({subject.id: on}, reason):
        return Moved((), (Skip(subject_id, "left_already"),))
    record(
        "departure",
        case,
        actor,
        on=on,
        action=f"member_{reason}",
        reason=DEPARTURE_REASONS[reason],
        subject=subject,
        sealed={"remark": remark},
        scans=scans,
    )
    audit.record(
        actor.account_id,
        "member.leave",
        kind="subject",
        subject_id=subject.id,
        unit_id=actor.unit_id,
    )
    tell_worker(subject.id, actor)
    return Moved((subject_id,))
