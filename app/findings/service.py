"""Accepted replies become outcomes and findings, in one transaction, so none is ever missing."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import system_actor
from app.cases.lifecycle import note
from app.cases.models import Ask, Subject
from app.delegation.answers import Answer, count_own, lock_cases, set_outcomes
from app.delegation.consent import barred_among
from app.exchange.models import RECHECK
from app.exchange.service import finish_if_answered, reply_of, request_of
from app.findings.messages import from_store
from app.findings.models import Finding, FindingReplaced
from app.findings.replacing import replace_older
from tenants import files
from tenants.agency.models import Unit
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db, take_ids
from tenants.progress import tell_done
from tenants.scope import current_scope
from tenants.vault import vault

_of_finding = (Subject.agency_id == Finding.agency_id) & (Subject.id == Finding.subject_id)

_replaced = select(FindingReplaced.finding_id).where(
    FindingReplaced.agency_id == Finding.agency_id, FindingReplaced.finding_id == Finding.id
)


@dataclass(frozen=True)
class Fact:
    """One finding in the clear: ``subject`` is this agency's subject id, ``fields`` typed as in
    JSON (money in fen, dates as ISO text), ``origin`` its row at the agency that checked, ``id``
    this agency's own."""

    subject: int
    case: int
    item: int
    by_agency_id: int
    source_name: str
    request_number: str
    as_of: dt.date
    fields: dict[str, Any]
    origin: int = 0
    id: int = 0


def take_reply(reply_id: int) -> None:
    """Count an accepted reply: its answers end the asks, its records become findings.

    The job that calls this is done in the same transaction; a second one finds nothing to change.
    """
    reply = reply_of(reply_id)
    if reply.state != "accepted" or reply.second_by is None or reply.rows_file_id is None:
        return
    request = request_of(reply.request_id)
    unit = db.session.scalars(select(Unit).where(Unit.id == reply.unit_id)).one()
    content = json.loads(files.read(reply.rows_file_id, "reply_rows").data)
    subjects = _subjects_by_line(request.id)
    lock_cases(case for _, case in subjects.values())
    content = _usable(content, subjects, _given_up(request.id))
    answers = [Answer(subjects[a["line"]][0], a["item"], a["outcome"]) for a in content["answers"]]
    changed = set_outcomes(unit.id, answers, request_id=request.id)
    if not changed:
        # Counted before: a reply that passed the check answers something that was open.
        return
    facts = [
        Fact(
            subject=subjects[r["line"]][0],
            case=subjects[r["line"]][1],
            item=r["item"],
            by_agency_id=current_scope().agency_id,
            source_name=from_store(unit.name) if request.way == "store" else unit.name,
            request_number=request.number,
            as_of=dt.date.fromisoformat(r["as_of"]),
            fields=r["fields"],
        )
        for r in content["records"]
    ]
    tell_done(len(answers))
    keep(facts, request_id=request.id, reply_id=reply_id)
    if request.lane == RECHECK:
        replace_older(request.id)
    count_own(changed)
    request.items_answered = request.items_answered + len(answers)
    db.session.flush()
    finish_if_answered(request.id)


def _usable(
    content: Any, subjects: Mapping[int, tuple[int, int]], given_up: Collection[tuple[int, int]]
) -> dict[str, list[Any]]:
    """The rows of a reply without those about people of whom nothing more is used: the
    file stays as it was received, but nothing that it says about them is used."""
    barred = barred_among(subject for subject, _ in subjects.values())
    if barred:
        unused = {subjects[a["line"]] for a in content["answers"]}
        cases = sorted({case for subject, case in unused if subject in barred})
        note("case", cases, "answer_not_used", system_actor(current_scope().agency_id))
    return {
        kind: [
            row
            for row in content[kind]
            if subjects[row["line"]][0] not in barred and (row["line"], row["item"]) not in given_up
        ]
        for kind in ("answers", "records")
    }


def _subjects_by_line(request_id: int) -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(Ask.line_no, Ask.subject_id, Ask.case_id).where(Ask.request_id == request_id)
    )
    return {line: (subject, case) for line, subject, case in rows if line is not None}


def _given_up(request_id: int) -> set[tuple[int, int]]:
    """(line, item) of what is not waited for any more, because a consent was taken back or
    somebody left: an answer that still comes is not used, even if it is asked again elsewhere."""
    rows = db.session.execute(
        select(Ask.line_no, Ask.items, Ask.outcomes).where(Ask.request_id == request_id)
    )
    return {
        (line, item)
        for line, items, outcomes in rows
        for item, outcome in zip(items, outcomes, strict=True)
        if outcome in (Outcome.WITHDRAWN, Outcome.CEASED)
    }


def keep(
    facts: Sequence[Fact],
    *,
    request_id: int | None = None,
    reply_id: int | None = None,
    letter_key: str | None = None,
) -> None:
    """Write findings: append-only, each sealed under this agency's key."""
    if not facts:
        return
    keys, ids = vault(), take_ids(len(facts))
    db.session.execute(
        insert(Finding).on_conflict_do_nothing().inline(),
        [
            {
                "id": finding_id,
                "case_id": fact.case,
                "subject_id": fact.subject,
                "item": fact.item,
                "by_agency_id": fact.by_agency_id,
                "source_name": fact.source_name,
                "request_number": fact.request_number,
                "request_id": request_id,
                "reply_id": reply_id,
                "letter_key": letter_key,
                "origin_finding": fact.origin,
                "as_of": fact.as_of,
                "sealed": keys.seal("finding", finding_id, fact.fields),
            }
            for finding_id, fact in zip(ids, facts, strict=True)
        ],
    )


def facts_of(case_ids: Iterable[int], *, own_only: bool = False) -> list[Fact]:
    """The findings of these cases in the clear, by case, subject, item and age."""
    # What was told under a wrong number is about somebody else, and what its source answered anew
    # is over: kept, and never used.
    query = (
        select(Finding)
        .join(Subject, _of_finding)
        .where(Finding.case_id == any_of(sorted(case_ids)), Subject.left_reason != "corrected")
        .where(~_replaced.exists())
    )
    if own_only:
        query = query.where(Finding.request_id.is_not(None))
    keys = vault()
    return [
        Fact(
            subject=row.subject_id,
            case=row.case_id,
            item=row.item,
            by_agency_id=row.by_agency_id,
            source_name=row.source_name,
            request_number=row.request_number,
            as_of=row.as_of,
            fields=keys.open("finding", row.id, row.sealed),
            origin=row.origin_finding or row.id,
            id=row.id,
        )
        for row in db.session.scalars(
            query.order_by(Finding.case_id, Finding.subject_id, Finding.item, Finding.id)
        )
    ]
