"""The daily job: make the lists that are due, once each, as a difference or whole (desk)."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import replace

from sqlalchemy import select, text

from app.assistance.outward import carrying, feedback, names
from app.assistance.outward.cover import Head, as_cover
from app.assistance.outward.holding import let_go
from app.assistance.outward.issue import Issue, of_register
from app.assistance.outward.messages import say
from app.assistance.outward.models import OutwardList
from app.assistance.outward.packing import package, stamp_of
from app.assistance.outward.recipients import (
    Recipient,
    recipient_of,
    region_names,
    tells_held,
)
from app.assistance.outward.rows import REFERENCES, Row, to_lines
from app.assistance.outward.rules import day_told, is_full_due
from app.assistance.outward.settling import acknowledged, last_full, overtake
from app.assistance.outward.states import Asked, anybody
from app.assistance.register.loading import law
from app.audit import service as audit
from app.exchange.medium.password import make_password
from tenants import files
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.numbers import take_numbers
from tenants.outbox import post
from tenants.progress import tell_done
from tenants.rulebook.outward import OutwardFlow
from tenants.scope import current_scope
from tenants.vault import vault

FILE_KIND = "package"
_LOCK = text("SELECT pg_advisory_xact_lock(7003, current_setting('app.agency_id')::int)")


def make_due() -> None:
    """Record that today's lists are to be made, of every flow that has none yet."""
    let_go()
    for code, value in law().outward_flows.items():
        as_of = day_due(value.value)
        if as_of is not None and is_due(value.value, as_of):
            post("outward.make", {"flow": code})


def day_due(flow: OutwardFlow) -> dt.date | None:
    """The day that the next list of a flow is of: of the register yesterday, of a comparison the
    newest day on which one was due; None where none was yet."""
    return feedback.due_on(flow) if feedback.is_of_round(flow) else day_told(business_date())


def is_due(flow: OutwardFlow, as_of: dt.date) -> bool:
    """Whether a list of this flow is still to be made here of a day."""
    there = select(OutwardList.id).where(
        OutwardList.flow == flow.code,
        OutwardList.as_of >= as_of,
        OutwardList.ended_why == "",
    )
    if db.session.scalar(there.limit(1)) is not None or recipient_of(flow) is None:
        return False
    return has_people(flow, as_of)


def has_people(flow: OutwardFlow, as_of: dt.date) -> bool:
    """Whether there is, or ever was, somebody whom a list of a day would be about."""
    if feedback.is_of_round(flow):
        return feedback.has_people(flow)
    return anybody(asked_of(flow, as_of))


def asked_of(flow: OutwardFlow, as_of: dt.date, base_as_of: dt.date | None = None) -> Asked:
    """Whom a list of this agency is about."""
    return Asked(flow, law().working_age.value, as_of, base_as_of, tells_held(flow))


def make(flow: str, is_early: bool = False, by: int = 0) -> None:
    """Make the list of a flow that is due, once (the job's call). ``is_early``: of today, since all
    that is awaited is there. ``by``: the operator who asked for it, 0 for the daily job."""
    db.session.execute(_LOCK)
    value = law().outward_flows.get(flow)
    if value is None:
        return
    as_of = business_date() if is_early else day_due(value.value)
    if as_of is None or not is_due(value.value, as_of):
        return
    issue = _issue(value.value, as_of)
    overtake(flow)
    row = _keep(issue, value.article, by)
    audit.record(
        *(by, "outward.make"),
        kind="outward_list",
        subject_id=row.id,
        unit_id=row.unit_id,
        flow=flow,
        added=row.added,
        changed=row.changed,
        ended=row.ended,
        total=row.total,
    )
    if issue.flow.way == "letter":
        carrying.send(row, issue.base)


def _issue(flow: OutwardFlow, as_of: dt.date) -> Issue:
    if feedback.is_of_round(flow):
        return feedback.of_round(flow, as_of)
    is_full = is_full_due(flow, last_full(flow.code), business_date())
    base = None if is_full else acknowledged(flow.code)
    return of_register(asked_of(flow, as_of, base.as_of if base else None), base)


def _keep(issue: Issue, article: str, by: int) -> OutwardList:
    flow, base, rows, schemes = issue.flow, issue.base, issue.rows, issue.schemes
    changes = Counter(row["change"] for row in rows)
    total = sum(count["persons"] for count in schemes.values())
    told_counts = {name: changes[name] for name in ("added", "changed", "ended")}
    (id_,), (number,) = take_ids(1), take_numbers("outward", 1)
    to = recipient_of(flow) or Recipient(0, "")
    head = Head(
        number=number,
        agency=agency(current_scope().agency_id).name,
        recipient=to.name,
        flow=flow,
        basis=article,
        as_of=issue.as_of.isoformat(),
        base=base.number if base else "",
        counts={**told_counts, "total": total},
        made_on=business_date().isoformat(),
        words=issue.words,
    )
    data = to_lines(rows)
    head = replace(head, stamp=stamp_of(head, data))
    row = OutwardList(
        **{"id": id_, "flow": flow.code, "number": number, "key": uuid.uuid4()},
        **{"unit_id": to.unit_id, "as_of": issue.as_of},
        **{"base_id": base.id if base else 0, "base_as_of": base.as_of if base else None},
        **{**told_counts, "total": total, "unknown": issue.unknown, "schemes": schemes},
        **{"round_id": issue.round_id, "left_out": issue.left_out},
        **{"stamp": head.stamp, "made_by": by, "made_on": business_date(), "made_at": instant()},
        rows_file_id=_store(names.ROWS_FILE, head, data, to.unit_id),
        **(_as_file(head, rows, id_, to.unit_id) if flow.way != "letter" else _by_letter()),
        **({"confirmed_by": 0, "confirmed_at": instant()} if flow.confirm == "job" else {}),
    )
    db.session.add(row)
    db.session.flush()
    tell_done(len(rows))
    return row


def _store(name: str, head: Head, data: bytes, unit_id: int) -> int:
    called = name.format(title=head.flow.title, number=head.number)
    return files.store(FILE_KIND, called, data, unit_id=unit_id)


def _as_file(head: Head, rows: list[Row], id_: int, unit_id: int) -> dict[str, object]:
    password = make_password()
    regions = region_names({row["region"] for row in rows})
    plain = [
        {name: row[name] for name in row if name not in REFERENCES}
        | {"region": regions[row["region"]]}
        for row in rows
    ]
    data = package(head, plain, as_cover(head), password)
    return {
        "package_file_id": _store(names.PACKAGE_FILE, head, data, unit_id),
        "password_sealed": vault().seal("outward_list", id_, {"password": password}),
    }


def _by_letter() -> dict[str, object]:
    return {"sent_by": 0, "sent_on": business_date(), "sent_how": say("outward.by_letter")}


def head_of(row: OutwardList) -> Head:
    """What a list said of itself when it was made."""
    value = law().outward_flows[row.flow]
    base = db.session.get(OutwardList, (row.agency_id, row.base_id)) if row.base_id else None
    to = recipient_of(value.value)
    return Head(
        number=row.number,
        agency=agency(row.agency_id).name,
        recipient=to.name if to else value.value.recipient,
        flow=value.value,
        basis=value.article,
        as_of=row.as_of.isoformat(),
        base=base.number if base else "",
        counts={**{n: getattr(row, n) for n in ("added", "changed", "ended")}, "total": row.total},
        made_on=row.made_on.isoformat(),
        stamp=row.stamp,
        words=feedback.words_of(row),
    )
