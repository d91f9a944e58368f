"""The commissioning unit reports what it decided, which closes the case (操作规程 四)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, text

from app.accounts.actor import Actor
from app.cases.chunks import in_chunks
from app.cases.lifecycle import Chosen, Moved, Skip, move, note
from app.cases.models import Case
from app.decisions.messages import Fault
from app.decisions.models import Decision
from app.decisions.rules import (
    LONGEST_REASON,
    OPEN,
    SHORTEST_REASON,
    Entry,
    Known,
    Wrong,
    wrong_in,
)
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.outbox import post
from tenants.rulebook import Scheme, rulebook
from tenants.scope import current_scope
from tenants.vault import vault

_REPORTS = text("""
SELECT DISTINCT ON (case_id) case_id, id, issued_on FROM report
WHERE case_id = ANY(:cases) AND kind = 'merged' AND state IN ('issued', 'received')
ORDER BY case_id, id DESC
""")

_REPLACE = text("""
UPDATE decision d SET replaced_by = o.newer
FROM unnest(CAST(:old AS bigint[]), CAST(:newer AS bigint[])) AS o(id, newer)
WHERE d.id = o.id AND d.replaced_by = 0
""")


@dataclass(frozen=True)
class Standing:
    """A household that a decision is about: its rows, and what the rules want to know of it."""

    case: Case
    known: Known
    report_id: int = 0
    decision: Decision | None = None


class Refused(Fault):
    """A decision that cannot be, with the column in which that is."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.code, **wrong.values)
        self.column = wrong.column


def standings(case_ids: Sequence[int], *, lock: bool = False) -> dict[int, Standing]:
    """Those of these cases that a unit entrusted here, each as it stands; three statements."""
    query = select(Case).where(Case.id == any_of(case_ids), Case.origin == "unit").order_by(Case.id)
    query = query.execution_options(populate_existing=True)
    cases = list(db.session.scalars(query.with_for_update() if lock else query))
    ids = [case.id for case in cases]
    reports = {row.case_id: row for row in db.session.execute(_REPORTS, {"cases": ids})}
    current = current_decisions(ids)
    amounts = rulebook(current_scope().agency_id // 10_000).decision_amounts.value
    found = {}
    for case in cases:
        report, decision = reports.get(case.id), current.get(case.id)
        known = Known(
            state=case.state,
            lane=case.lane,
            amount=amounts[Scheme(case.scheme)],
            reported_on=report.issued_on if report else None,
            current=entry_of(decision) if decision else None,
        )
        found[case.id] = Standing(case, known, report.id if report else 0, decision)
    return found


def current_decisions(case_ids: Sequence[int]) -> dict[int, Decision]:
    """Case → the decision that stands, of those that have one."""
    query = select(Decision).where(Decision.case_id == any_of(case_ids), Decision.replaced_by == 0)
    query = query.execution_options(populate_existing=True)
    return {row.case_id: row for row in db.session.scalars(query)}


def reason_of(row: Decision) -> str:
    """Why it is still open; empty for one that was decided."""
    return str(vault().open("decision", row.id, row.sealed)["reason"]) if row.sealed else ""


def entry_of(row: Decision) -> Entry:
    """A decision as it was written down."""
    return Entry(row.outcome, row.decided_on, row.amount_fen, row.from_period, reason_of(row))


def decide(case_id: int, entry: Entry, actor: Actor, why: str = "") -> Moved:
    """Report one household's decision, or correct it (``why``), from its page.

    Raises ``LookupError``, ``Refused`` for what cannot be, and ``Fault`` for a correction without
    a reason or that corrects nothing.
    """
    found = standings([case_id], lock=True)
    if case_id not in found:
        raise LookupError(f"no case {case_id}")
    standing = found[case_id]
    if wrong := wrong_in(entry, standing.known, business_date()):
        raise Refused(wrong)
    if entry == standing.known.current:
        raise Fault("decision.same")
    corrects = standing.case.state == "closed"
    if corrects and not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise Fault("decision.why")
    return record({case_id: entry}, found, actor, "page", why)


def record(
    entries: Mapping[int, Entry],
    found: Mapping[int, Standing],
    actor: Actor,
    way: str,
    why: str = "",
) -> Moved:
    """Write decisions that were judged, of locked cases; what is the same as before is skipped.

    The former revision stays and names the new one. Decided households are closed and handed up.
    """
    actor.must("decision.report")
    new = {id_: entry for id_, entry in entries.items() if entry != found[id_].known.current}
    same = tuple(Skip(id_, "decided_already") for id_ in entries if id_ not in new)
    if not new:
        return Moved((), same)
    ids = dict(zip(new, take_ids(len(new)), strict=True))
    replace({row.id: ids[id_] for id_ in new if (row := found[id_].decision)})
    rows = [_row(ids[id_], entry, found[id_], actor, way) for id_, entry in new.items()]
    db.session.execute(insert(Decision).inline(), rows)
    _tell(new, found, actor, why)
    for kind in ("decision.hand_up", "register.decided"):
        post(
            kind,
            {"ids": sorted(new)},
            unit_id=actor.unit_id,
            desk_id=actor.desk_id,
            account_id=actor.account_id,
        )
    return Moved(tuple(new), same)


def replace(by: Mapping[int, int]) -> None:
    """Former revisions (id) name the ones that take their place."""
    if by:
        db.session.execute(_REPLACE, {"old": list(by), "newer": list(by.values())})


def _row(id_: int, entry: Entry, standing: Standing, actor: Actor, way: str) -> dict[str, Any]:
    case, before = standing.case, standing.decision
    sealed = vault().seal("decision", id_, {"reason": entry.reason}) if entry.reason else None
    return {
        **{"id": id_, "case_id": case.id, "unit_id": case.unit_id, "scheme": case.scheme},
        **{"version": before.version + 1 if before else 1, "report_id": standing.report_id},
        **{"outcome": entry.outcome, "amount_fen": entry.amount_fen, "sealed": sealed},
        **{"decided_on": entry.decided_on, "decided_month": entry.month},
        **{"from_period": entry.from_period, "way": way},
        **{"recorded_by": actor.account_id, "recorder_name": actor.name},
        **{"recorded_on": business_date(), "recorded_at": instant()},
    }


def _tell(new: Mapping[int, Entry], found: Mapping[int, Standing], actor: Actor, why: str) -> None:
    """Close what is decided, and say what happened to the others."""
    decided = [id_ for id_, entry in new.items() if entry.outcome != OPEN]
    closing = [id_ for id_ in decided if found[id_].case.state == "reported"]
    in_chunks(Chosen.of(closing), lambda part: move("case", "decide", part, actor))
    units = {found[id_].case.unit_id for id_ in new}
    for unit_id in units:
        here = [id_ for id_ in new if found[id_].case.unit_id == unit_id]
        still = [id_ for id_ in here if new[id_].outcome == OPEN]
        note("case", still, "leave_open", actor, unit_id=unit_id)
        again = [id_ for id_ in here if id_ in set(decided) - set(closing)]
        note("case", again, "correct_decision", actor, reason=why, unit_id=unit_id)
