"""Reports down: findings as data beside the signed PDF, handed on unaltered, as a flat list.

An agency that checked nothing issues nothing; what nobody could check is said at once.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, insert, select, text

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move, note
from app.cases.models import Ask, Case, Subject
from app.cases.rounds import latest
from app.cases.sources import TO_PARENT
from app.delegation.answers import Answer, cases_from_below, count_upper, lock_cases, set_outcomes
from app.delegation.letters import OpenLetter, send_down
from app.findings.replacing import replaced_in, take_in_replaced
from app.findings.service import Fact, facts_of, keep
from app.notices.service import To, tell
from app.report.models import Report
from app.report.news import mark_told
from app.report.overtaken import not_overtaken, wanted
from tenants import files
from tenants.agency.tree import agency
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db, id_array
from tenants.scope import current_scope

Entry = tuple[Case, Sequence[Any], Sequence[Fact], Sequence[Any]]
"""A case, (subject, item, outcome) rows, findings, and reports as a letter carries them."""

# Several units may be asked for one item. The tier's own report has them one by one; the one
# outcome that goes down is what is still out, so that no unit's hit hides another's silence.
_WEIGHT = (
    Outcome.PENDING,
    Outcome.UNANSWERED,
    Outcome.WITHDRAWN,
    Outcome.CEASED,
    Outcome.REFUSED,
    Outcome.UNABLE,
    Outcome.HIT,
    Outcome.NO_RECORD,
)

_NEEDS_NO_REPORT = frozenset(
    {Outcome.UNCOVERED, Outcome.UNAUTHORISED, Outcome.TERMINATED, Outcome.WITHDRAWN, Outcome.CEASED}
)

_FINISHED = text("""
SELECT c.id FROM household_case c
WHERE c.id = ANY(:ids) AND c.state = 'checking' AND c.origin = 'below'
  AND NOT EXISTS (SELECT FROM ask a
                  WHERE a.agency_id = c.agency_id AND a.case_id = c.id AND a.is_open)
  AND (NOT EXISTS (SELECT FROM ask a
                   WHERE a.agency_id = c.agency_id AND a.case_id = c.id AND a.source > 0)
       OR EXISTS (SELECT FROM report r
                  WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'own'
                    AND r.state = 'issued' AND r.own_answers >= c.own_answers))
""")


def pass_down(ids: Sequence[int]) -> None:
    """Send issued own reports of delegated cases to the agencies that entrusted them."""
    reports = list(
        db.session.scalars(select(Report).where(Report.id.in_(ids), Report.state == "issued"))
    )
    cases = cases_from_below({report.case_id for report in reports})
    facts = facts_of(list(cases), own_only=True)
    asks = _asks(list(cases))
    shared = files.share([r.file_id for r in reports if r.file_id and r.case_id in cases])
    entries: list[Entry] = []
    for report in reports:
        if report.case_id not in cases or report.file_id is None:
            continue
        own = [a for a in asks if a.case_id == report.case_id and a.source > TO_PARENT]
        theirs = [f for f in facts if f.case == report.case_id]
        entries.append(
            (
                cases[report.case_id],
                _answers(own),
                theirs,
                [_report_content(report) | {"file": vars(shared[report.file_id])}],
            )
        )
    _send(entries)
    _finish(list(cases))


def settle(ids: Sequence[int]) -> None:
    """Tell the agency below at once what needs no report: uncovered, unauthorised,
    withdrawn, terminated."""
    cases = cases_from_below(set(ids))
    entries: list[Entry] = []
    asks: dict[int, list[Ask]] = {}
    for ask in _asks(list(cases)):
        asks.setdefault(ask.case_id, []).append(ask)
    for case in cases.values():
        # What own units were asked for as well is told with the own report.
        asked_here = {
            (a.subject_id, item)
            for a in asks.get(case.id, ())
            if a.source > TO_PARENT
            for item in a.items
        }
        told = [
            (a.subject_id, item, outcome)
            for a in asks.get(case.id, ())
            if a.source <= TO_PARENT
            for item, outcome in zip(a.items, a.outcomes, strict=True)
            if outcome in _NEEDS_NO_REPORT and (a.subject_id, item) not in asked_here
        ]
        if told:
            entries.append((case, told, [], []))
    _send(entries)
    _finish(list(cases))


def take_in(letter: OpenLetter) -> None:
    """A letter with reports: its outcomes end what went up, its findings and files are kept."""
    lock_cases(entry["ref"] for entry in letter.content["cases"])
    entries = not_overtaken(wanted(letter.content["cases"]))
    case_ids = [entry["ref"] for entry in entries]
    answers = [
        Answer(subject, item, outcome)
        for entry in entries
        for subject, item, outcome in entry["answers"]
    ]
    changed = set_outcomes(TO_PARENT, answers)
    facts = [_fact(entry["ref"], found) for entry in entries for found in entry["findings"]]
    keep(facts, letter_key=str(letter.key))
    take_in_replaced([told for entry in entries for told in entry.get("replaced", ())])
    for entry in entries:
        for content in entry["reports"]:
            _keep_report(entry["ref"], content)
    actor = system_actor(current_scope().agency_id)
    reported = [entry["ref"] for entry in entries if entry["reports"]]
    count_upper(sorted({*changed, *reported}))
    note("case", reported, "report_down", actor)
    if reported:
        tell("letter.answered", To(("report_issuer",)), count=len(reported))
    _hand_on(entries, facts)
    _finish(case_ids)


def _hand_on(entries: Sequence[dict[str, Any]], facts: Sequence[Fact]) -> None:
    """A middle tier hands on what it got, unopened in content and unaltered."""
    cases = cases_from_below({entry["ref"] for entry in entries})
    onward = []
    for entry in entries:
        if entry["ref"] in cases:
            theirs = [fact for fact in facts if fact.case == entry["ref"]]
            answers = [tuple(answer) for answer in entry["answers"]]
            onward.append((cases[entry["ref"]], answers, theirs, entry["reports"]))
    _send(onward)


def _answers(asks: Iterable[Ask]) -> list[tuple[int, int, int]]:
    """(subject, item, outcome) over all units asked: the weightiest of them."""
    found: dict[tuple[int, int], int] = {}
    for ask in asks:
        for item, outcome in zip(ask.items, ask.outcomes, strict=True):
            known = found.get((ask.subject_id, item), int(_WEIGHT[-1]))
            heavier = min(Outcome(outcome), Outcome(known), key=_WEIGHT.index)
            found[ask.subject_id, item] = int(heavier)
    return [(subject, item, outcome) for (subject, item), outcome in found.items()]


def _send(entries: Sequence[Entry]) -> None:
    """One letter per child, in the child's own ids."""
    origins = _origins({subject for _, answers, _, _ in entries for subject, _, _ in answers})
    letters: dict[tuple[int, int], list[dict[str, Any]]] = {}
    replaced = replaced_in(case.id for case, *_rest in entries)
    for case, answers, facts, reports in entries:
        letters.setdefault((case.from_agency_id, case.period), []).append(
            {
                "ref": case.origin_case,
                "answers": [[origins[s], item, outcome] for s, item, outcome in answers],
                "findings": [_fact_content(fact, origins[fact.subject]) for fact in facts],
                "reports": list(reports),
                "replaced": replaced.get(case.id, []),
            }
        )
    for (child_id, period), cases in letters.items():
        send_down(agency(child_id), "report", uuid.uuid4(), {"cases": cases}, period=period)


def _origins(subject_ids: Iterable[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Subject.id, Subject.origin_subject).where(
            Subject.id == any_of(sorted(set(subject_ids)))
        )
    )
    return dict(rows.tuples().all())


def _fact_content(fact: Fact, subject: int) -> dict[str, Any]:
    return {
        "origin": fact.origin,
        "subject": subject,
        "item": fact.item,
        "by": fact.by_agency_id,
        "source": fact.source_name,
        "request": fact.request_number,
        "as_of": fact.as_of.isoformat(),
        "fields": fact.fields,
    }


def _fact(case_id: int, found: dict[str, Any]) -> Fact:
    return Fact(
        subject=found["subject"],
        case=case_id,
        item=found["item"],
        by_agency_id=found["by"],
        source_name=found["source"],
        request_number=found["request"],
        as_of=dt.date.fromisoformat(found["as_of"]),
        fields=found["fields"],
        origin=found["origin"],
    )


def _report_content(report: Report) -> dict[str, Any]:
    return {
        "by": report.by_agency_id,
        "number": report.number,
        "version": report.version,
        "supplements": report.supplements,
        "code": report.code,
        "pages": report.pages,
        "issuer": report.issuer_name,
        "issued_on": report.issued_on.isoformat() if report.issued_on else None,
        "findings": report.findings,
        "outcomes": report.outcomes,
    }


def _keep_report(case_id: int, content: dict[str, Any]) -> None:
    """Keep a higher tier's report exactly as it came; it supplements its older version, or takes
    the place of all of them."""
    older = list(
        db.session.scalars(
            select(Report).where(
                Report.case_id == case_id,
                Report.kind == "upper",
                Report.by_agency_id == content["by"],
                Report.state == "issued",
            )
        )
    )
    shared = files.SharedFile(**content["file"])
    db.session.execute(
        insert(Report)
        .values(
            kind="upper",
            state="issued",
            case_id=case_id,
            by_agency_id=content["by"],
            number=content["number"],
            version=content["version"],
            supplements=content["supplements"],
            code=content["code"],
            pages=content["pages"],
            issuer_name=content["issuer"],
            issued_on=dt.date.fromisoformat(content["issued_on"]),
            findings=content["findings"],
            outcomes=content["outcomes"],
            file_id=files.adopt([shared])[0],
            digest=bytes.fromhex(shared.digest),
        )
        .inline()
    )
    if older and content["supplements"]:
        for report in older:
            if report.number == content["supplements"]:
                report.supplemented_by = content["number"]
        db.session.flush()
    elif older:
        actor = system_actor(current_scope().agency_id)
        move("report", "replace", Chosen.of(r.id for r in older), actor)
        for report in older:
            report.replaced_by = content["number"]
        db.session.flush()


def _finish(case_ids: Sequence[int]) -> None:
    """A delegated case whose every answer has gone down is reported."""
    done = list(db.session.execute(_FINISHED, {"ids": list(case_ids)}).scalars())
    if done:
        move("case", "report", Chosen.of(done), system_actor(current_scope().agency_id))
    mark_told(case_ids)


def _asks(case_ids: Sequence[int]) -> list[Ask]:
    ids = id_array(case_ids)
    return latest(db.session.scalars(select(Ask).where(Ask.case_id == func.any(ids))))
