"""How much waits for the person at work, per kind of work, asked once per request."""

from collections.abc import Iterable
from typing import Any

from flask import g
from sqlalchemy import JSON, BigInteger, column, select, text

from app.accounts.actor import Actor
from app.notices.queries import UNREAD, unread_values
from app.report import judging
from app.report.lists import waiting_in
from app.report.readiness import sign_off_required
from app.web.running import RUNNING, Running, as_running, running_values
from tenants.calendar import business_date
from tenants.database import db

# A reply that leaves nothing open and waits for the operators is theirs to accept: meanwhile the
# request neither waits for its sharing unit nor is it overdue.
# Cases on which the person holds another step are somebody else's work (操作规程 五(一)).
_COUNTERS: dict[str, tuple[str, str]] = {
    "check": (
        "case.check",
        """SELECT count(*) FROM household_case c WHERE c.state = 'submitted'
           AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = c.agency_id
             AND d.case_id = c.id AND d.account_id = :me AND d.step <> 'intake_check')""",
    ),
    "addition": (
        "case.check",
        """SELECT count(*) FROM addition x WHERE x.state = 'proposed' AND x.recorded_by <> :me
           AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = x.agency_id
             AND d.case_id = x.case_id AND d.account_id = :me AND d.step <> 'intake_check')""",
    ),
    "review": (
        "case.review",
        """SELECT count(*) FROM household_case c WHERE c.state = 'accepted'
           AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = c.agency_id
             AND d.case_id = c.id AND d.account_id = :me AND d.step <> 'review')""",
    ),
    "seal": (
        "letter.seal",
        """SELECT count(*) FROM letter_out l WHERE l.state = 'prepared'
           AND EXISTS (SELECT FROM ask a WHERE a.agency_id = l.agency_id AND a.letter_id = l.id)""",
    ),
    "make": (
        "exchange.operate",
        """SELECT count(*) FROM exchange_request q WHERE q.state = 'draft'
           AND EXISTS (SELECT FROM ask a
             WHERE a.agency_id = q.agency_id AND a.request_id = q.id)""",
    ),
    "confirm": (
        "exchange.operate",
        "SELECT count(*) FROM exchange_request WHERE state = 'made' AND made_by <> :me",
    ),
    "deliver": (
        "exchange.operate",
        "SELECT count(*) FROM exchange_request WHERE state = 'confirmed' AND way <> 'store'",
    ),
    "overdue": (
        "exchange.operate",
        """SELECT count(*) FROM exchange_request q WHERE q.state = 'delivered' AND q.due_on < :today
           AND NOT EXISTS (SELECT FROM reply r WHERE r.agency_id = q.agency_id
             AND r.request_id = q.id AND r.missing = 0
             AND r.state IN ('received', 'unread', 'checked', 'accepted_once'))""",
    ),
    "columns": ("exchange.operate", "SELECT count(*) FROM reply WHERE state = 'unread'"),
    # Begun by this person; to be typed by another one; or typed by both, and settled by anybody.
    "paper": (
        "exchange.operate",
        """SELECT count(*) FROM paper_reply p WHERE p.reply_id IS NULL AND p.discarded_on IS NULL
           AND (p.second_done_at IS NOT NULL AND p.first_done_at IS NOT NULL
             OR p.first_by = :me AND p.first_done_at IS NULL
             OR p.first_by <> :me AND p.second_done_at IS NULL
               AND coalesce(p.second_by, :me) = :me)""",
    ),
    "accept": (
        "exchange.operate",
        """SELECT count(*) FROM reply WHERE state = 'checked'
           OR (state = 'accepted_once' AND first_by <> :me)""",
    ),
    # Whose columns anybody may explain; what another operator loaded or recorded.
    "stored": (
        "exchange.operate",
        """SELECT count(*) FROM returned_load WHERE ended_why = '' AND confirmed_at IS NULL
           AND (read_at IS NULL AND wants_columns OR read_at IS NOT NULL AND loaded_by <> :me)""",
    ),
    "registered": (
        "register.load",
        """SELECT count(*) FROM register_load WHERE ended_why = '' AND confirmed_at IS NULL
           AND (read_at IS NULL AND wants_columns OR read_at IS NOT NULL AND loaded_by <> :me)""",
    ),
    # What is due of those who are not insured; what nobody confirms who wrote it down.
    "insurance": (
        "insurance.act",
        """SELECT count(*) FROM insurance_task
           WHERE closed_on IS NULL AND next_due <= :today AND NOT has_reason""",
    ),
    "insurance_reason": (
        "insurance.confirm",
        """SELECT count(*) FROM insurance_task
           WHERE closed_on IS NULL AND has_reason AND step_by <> :me""",
    ),
    # Whatever is not answered yet; a drafted answer is somebody else's to confirm.
    "letter_inquiry": (
        "outward.operate",
        """SELECT count(*) FROM letter_inquiry WHERE handed_on IS NULL AND void_on IS NULL
           AND (drafted_by IS NULL OR drafted_by <> :me OR confirmed_at IS NOT NULL)""",
    ),
    "outward": (
        "outward.operate",
        """SELECT count(*) FROM outward_list WHERE ended_why = '' AND (
             sent_on IS NULL AND (confirmed_at IS NULL OR confirmed_by <> :me)
             OR received <> total AND explanation = '')""",
    ),
    "own_item": (
        "source.manage",
        """SELECT count(*) FROM own_item
           WHERE confirmed_at IS NULL AND NOT is_void AND recorded_by <> :me""",
    ),
    # What is here again, and what was written of a package that may not leave any more.
    "destroy": (
        "exchange.operate",
        """SELECT count(*) FROM medium m WHERE m.ended_on IS NULL AND (
             EXISTS (SELECT FROM custody_step c WHERE c.agency_id = m.agency_id
               AND c.medium_id = m.id AND c.step = 'received_back')
             OR EXISTS (SELECT FROM exchange_request q WHERE q.agency_id = m.agency_id
               AND q.id = m.request_id AND q.state = 'stopped'))""",
    ),
    # What others asked, all of it here, and not answered though the worker answers by itself.
    "inquiry": (
        "exchange.operate",
        """SELECT count(*) FROM inquiry WHERE answered_at IS NULL AND due_on IS NOT NULL""",
    ),
    # Filed by the other side, or by a colleague: nobody confirms their own, nor themselves.
    "filing": (
        "source.manage",
        """SELECT count(*) FROM filing WHERE confirmed_by IS NULL AND NOT is_void
           AND filed_by <> :me AND account_id <> :me""",
    ),
    "own_filing": (
        "request.answer",
        """SELECT count(*) FROM filing WHERE confirmed_by IS NULL AND NOT is_void
           AND side = 'agency'""",
    ),
    # What is for another named person: nobody signs what they wrote down or prepared themselves.
    "sign": (
        "matter.sign",
        """SELECT count(*) FROM matter m
           WHERE (m.state = 'explained' OR m.state = 'open' AND m.due_on < :today) AND :signing
             AND NOT EXISTS (SELECT FROM explanation x WHERE x.agency_id = m.agency_id
               AND x.matter_id = m.id AND x.account_id = :me)
             AND NOT EXISTS (SELECT FROM exclusion e WHERE e.agency_id = m.agency_id
               AND e.matter_id = m.id AND e.prepared_by = :me)""",
    ),
    # To be sent on, or answered by the source; nobody settles what they handled themselves.
    "match": ("objection.take", "SELECT count(*) FROM objection WHERE state = 'lodged'"),
    "recheck": (
        "objection.recheck",
        """SELECT count(*) FROM objection o WHERE o.state IN ('taken', 'rechecking')
           AND NOT EXISTS (SELECT FROM ask a WHERE o.state = 'rechecking'
             AND a.agency_id = o.agency_id AND a.case_id = o.case_id AND a.is_open
             AND a.subject_id = o.subject_id AND (a.source = o.source_unit_id
               OR a.source > 0 AND o.finding_id = 0 AND o.from_agency_id <> 0))""",
    ),
    "settle": (
        "objection.settle",
        """SELECT count(*) FROM objection o WHERE o.state = 'disputed'
           AND NOT EXISTS (SELECT FROM objection_duty d WHERE d.agency_id = o.agency_id
             AND d.objection_id = o.id AND d.account_id = :me AND d.step = 'handle')""",
    ),
    "tell": (
        "objection.tell",
        "SELECT count(*) FROM objection WHERE state IN ('concluded', 'settled')",
    ),
    # Nobody sees what accuses them, nor closes what they handled.
    "tip_assign": (
        "tipoff.manage",
        """SELECT count(*) FROM tip_off t WHERE t.state = 'registered'
           AND NOT EXISTS (SELECT FROM tip_off_duty d WHERE d.agency_id = t.agency_id
             AND d.tip_off_id = t.id AND d.account_id = :me
             AND d.step IN ('accused', 'involved'))""",
    ),
    "tip_handle": (
        "tipoff.handle",
        """SELECT count(*) FROM tip_off t WHERE t.state = 'assigned' AND t.handler_id = :me
           AND NOT EXISTS (SELECT FROM tip_off_duty d WHERE d.agency_id = t.agency_id
             AND d.tip_off_id = t.id AND d.account_id = :me
             AND d.step IN ('accused', 'involved'))""",
    ),
    "tip_close": (
        "tipoff.manage",
        """SELECT count(*) FROM tip_off t WHERE t.state = 'handled'
           AND NOT EXISTS (SELECT FROM tip_off_duty d WHERE d.agency_id = t.agency_id
             AND d.tip_off_id = t.id AND d.account_id = :me
             AND d.step IN ('accused', 'involved', 'handle'))""",
    ),
    "temporary_check": (
        "temporary.check",
        "SELECT count(*) FROM temporary_application WHERE state = 'visited'",
    ),
    # Whoever recorded an answer does not decide on it.
    "temporary_decide": (
        "temporary.determine",
        """SELECT count(*) FROM temporary_application x WHERE x.state = 'determining'
           AND NOT EXISTS (SELECT FROM temporary_verdict v WHERE v.agency_id = x.agency_id
             AND v.application_id = x.id AND v.side = 'civil')
           AND NOT EXISTS (SELECT FROM temporary_check k WHERE k.agency_id = x.agency_id
             AND k.application_id = x.id AND k.account_id = :me)""",
    ),
    "temporary_pay": (
        "temporary.pay",
        "SELECT count(*) FROM temporary_application WHERE state IN ('granted', 'returned')",
    ),
    "temporary_visit": (
        "temporary.apply",
        "SELECT count(*) FROM temporary_application WHERE state = 'applied'",
    ),
    "temporary_agree": (
        "temporary.agree",
        """SELECT count(*) FROM temporary_referral r WHERE r.outcome = ''
           AND NOT EXISTS (SELECT FROM temporary_verdict v WHERE v.agency_id = r.agency_id
             AND v.application_id = r.application_id)""",
    ),
    "integrity_confirm": (
        "integrity.confirm",
        """SELECT count(*) FROM integrity_entry i WHERE i.state = 'proposed'
           AND i.entered_by <> :me""",
    ),
    "integrity_serve": (
        "integrity.enter",
        "SELECT count(*) FROM integrity_entry i WHERE i.state = 'confirmed'",
    ),
    # Decided by neither who entered nor who confirmed; who got a notice is told of its end.
    "integrity_decide": (
        "integrity.decide",
        """SELECT count(*) FROM integrity_entry i
           WHERE (i.state = 'suspended' AND i.entered_by <> :me AND i.confirmed_by <> :me)
              OR (i.state = 'withdrawn' AND EXISTS (SELECT FROM integrity_dispatch d
                WHERE d.agency_id = i.agency_id AND d.entry_id = i.id AND d.kind = 'disclosed'
                  AND NOT EXISTS (SELECT FROM integrity_dispatch w
                    WHERE w.agency_id = d.agency_id AND w.entry_id = d.entry_id
                      AND w.recipient = d.recipient AND w.kind = 'withdrawn')))""",
    ),
    "explain": (
        "matter.answer",
        "SELECT count(*) FROM matter WHERE state = 'open'",
    ),
    # What one is asked to explain of one's own looks.
    "explain_look": (
        "own.manage",
        "SELECT count(*) FROM inspection_item WHERE state = 'asked' AND account_id = :me",
    ),
    "continue": (
        "list.prepare",
        "SELECT count(*) FROM household_draft WHERE account_id = :me",
    ),
    "submit": (
        "entrustment.submit",
        "SELECT count(*) FROM household_case WHERE state = 'prepared'",
    ),
    "returned": (
        "entrustment.submit",
        "SELECT count(*) FROM household_case WHERE state = 'returned'",
    ),
    "receive": (
        "report.receive",
        "SELECT count(*) FROM report WHERE kind = 'merged' AND state = 'issued'",
    ),
    "decision": (
        "decision.report",
        "SELECT count(*) FROM household_case WHERE origin = 'unit' AND state = 'reported'",
    ),
    "take": (
        "request.answer",
        "SELECT count(*) FROM exchange_request WHERE state = 'confirmed' AND way <> 'store'",
    ),
    "answer": (
        "request.answer",
        """SELECT count(*) FROM exchange_request q WHERE q.state = 'delivered' AND q.way <> 'store'
           AND NOT EXISTS (SELECT FROM reply r WHERE r.agency_id = q.agency_id
             AND r.request_id = q.id AND r.missing = 0
             AND r.state IN ('received', 'unread', 'checked', 'accepted_once'))""",
    ),
}

_REPORTS = ("issue", "merge", "decide")

KINDS: dict[str, str] = {
    kind: permission for kind, (permission, _) in _COUNTERS.items()
} | dict.fromkeys(_REPORTS, "report.issue")
"""Every kind of work with the permission that makes it somebody's."""


def kinds_of(who: Actor) -> list[str]:
    """The kinds of work that this person does."""
    return [kind for kind, permission in KINDS.items() if who.may(permission)]


def counts(who: Actor) -> dict[str, int]:
    """How much of each of the person's kinds waits: households, letters, requests, replies.

    Asked once per request, however many parts of the page want it.
    """
    if "waiting" not in g:
        g.waiting = _counted(who, kinds_of(who))
        g.unread_notices = g.waiting.pop("unread")
        g.running_work = as_running(g.waiting.pop("running"))
    known: dict[str, int] = g.waiting
    return known


def unread_notices(who: Actor) -> int:
    """How many notices this person has not read; the same statement counts them."""
    counts(who)
    unread: int = g.unread_notices
    return unread


def running_work(who: Actor) -> tuple[Running, ...]:
    """What is under way for this person; the same statement finds it."""
    counts(who)
    found: tuple[Running, ...] = g.running_work
    return found


def _counted(who: Actor, kinds: Iterable[str]) -> dict[str, int]:
    counters = [kind for kind in kinds if kind in _COUNTERS]
    statement = select(
        *(_scalar(_COUNTERS[kind][1]).label(kind) for kind in counters),
        _scalar(UNREAD).label("unread"),
        text(RUNNING).columns(column("running", JSON)).scalar_subquery().label("running"),
    )
    values = {
        **unread_values(who),
        **running_values(who),
        "today": business_date(),
        "signing": sign_off_required(),
    }
    asks_reports = who.may("report.issue") and not judging.are_known(who.account_id)
    if asks_reports:
        statement = statement.add_columns(judging.judged_for(who.account_id).label("judged"))
    found = dict(db.session.execute(statement, values).one()._mapping)
    if asks_reports:
        judged = judging.groups_of(found.pop("judged"))
        judging.remember(who.account_id, judged)
        found |= waiting_in(judged)
    elif who.may("report.issue"):
        found |= waiting_in(judging.groups(who.account_id))
    return found


def _scalar(counter: str) -> Any:
    return text(counter).columns(column("count", BigInteger)).scalar_subquery()
