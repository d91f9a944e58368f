"""待我办理: the things that wait, most urgent first, grouped per entrustment, request or letter."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import text

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.cases.messages import EVENT_TITLES
from app.intake.wording import title
from app.report.lists import by_entrustment
from app.report.readiness import sign_off_required
from app.web.formats import month
from app.web.home_messages import KIND_VERBS
from app.web.in_place import value_of
from app.web.navigation import is_open
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import say
from tenants.rulebook import rulebook

MOST_PER_KIND = 50

# Households per entrustment: who entrusted, what, and what happened last.
_DESK_CASES = text("""
SELECT w.*, e.number, e.period, coalesce(u.name, a.name) AS sender, last.action,
       last.account_id AS by, last.day AS on
FROM (
  SELECT c.entrustment_id AS ref, min(c.due_on) AS due_on, count(*) AS households,
         sum(c.size) AS people, array_agg(DISTINCT c.scheme) AS schemes, max(c.id) AS sample
  FROM household_case c
  WHERE c.state = :state
    AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = c.agency_id
                    AND d.case_id = c.id AND d.account_id = :me AND d.step <> :step)
  GROUP BY c.entrustment_id ORDER BY min(c.due_on), c.entrustment_id LIMIT :most
) w
JOIN entrustment e ON e.id = w.ref
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN agency a ON a.id = e.from_agency_id
LEFT JOIN LATERAL (
  SELECT v.action, v.account_id, v.day FROM event v
  WHERE v.machine = 'case' AND v.object_id = w.sample ORDER BY v.id DESC LIMIT 1
) last ON true
""")

_LAST_EVENTS = text("""
SELECT DISTINCT ON (v.object_id) v.object_id AS sample, v.action, v.account_id AS by, v.day AS on
FROM event v WHERE v.machine = 'case' AND v.object_id = ANY(:samples)
ORDER BY v.object_id, v.id DESC
""")

_ENTRUSTMENTS = text("""
SELECT e.id AS ref, e.number, e.period, coalesce(u.name, a.name) AS sender
FROM entrustment e
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN agency a ON a.id = e.from_agency_id
WHERE e.id = ANY(:refs)
""")

_PREPARED = text("""
SELECT c.desk_id AS ref, '' AS number, min(c.period) AS period, coalesce(min(u.name), '') AS sender,
       NULL::date AS due_on, count(*) AS households, sum(c.size) AS people,
       array_agg(DISTINCT c.scheme) AS schemes
FROM household_case c LEFT JOIN unit u ON u.id = c.desk_id
WHERE c.state = 'prepared' GROUP BY c.desk_id ORDER BY c.desk_id LIMIT :most
""")

_DRAFTED = text("""
SELECT d.id AS ref, '' AS number, 0 AS period, '' AS sender, NULL::date AS due_on
FROM household_draft d WHERE d.account_id = :me ORDER BY d.id LIMIT :most
""")

_RETURNED = text("""
SELECT e.id AS ref, e.number, e.period, '' AS sender, min(c.due_on) AS due_on,
       count(*) AS households, sum(c.size) AS people, array_agg(DISTINCT c.scheme) AS schemes
FROM household_case c JOIN entrustment e ON e.id = c.entrustment_id
WHERE c.state = 'returned' GROUP BY e.id, e.number, e.period ORDER BY min(c.due_on) LIMIT :most
""")

_ADDITIONS = text("""
SELECT x.id AS ref, e.number, c.period, coalesce(u.name, '') AS sender, c.due_on,
       1 AS households, ARRAY[c.scheme] AS schemes, x.recorded_by AS by,
       'propose_' || x.kind AS action,
       CAST(x.recorded_at AT TIME ZONE 'Asia/Shanghai' AS date) AS on
FROM addition x JOIN household_case c ON c.agency_id = x.agency_id AND c.id = x.case_id
LEFT JOIN entrustment e ON e.id = c.entrustment_id
LEFT JOIN unit u ON u.id = coalesce(nullif(c.desk_id, 0), c.unit_id)
WHERE x.state = 'proposed' AND x.recorded_by <> :me
  AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = x.agency_id
    AND d.case_id = x.case_id AND d.account_id = :me AND d.step <> 'intake_check')
ORDER BY c.due_on, x.id LIMIT :most
""")

_MERGED = text("""
SELECT e.id AS ref, e.number, e.period, '' AS sender, NULL::date AS due_on, count(*) AS households,
       sum(c.size) AS people, array_agg(DISTINCT c.scheme) AS schemes, max(r.issued_on) AS on,
       max(r.id) AS sample, 'issue' AS action
FROM report r
JOIN household_case c ON c.id = r.case_id
JOIN entrustment e ON e.id = c.entrustment_id
WHERE r.kind = 'merged' AND r.state = 'issued' GROUP BY e.id, e.number, e.period
ORDER BY e.id LIMIT :most
""")

# A desk's households are entrusted by its department: the desk itself does not see the letter.
_MATTERS = text("""
SELECT c.entrustment_id AS ref, e.number, c.period, coalesce(min(u.name), '') AS sender,
       min(m.due_on) AS due_on, count(DISTINCT c.id) AS households,
       array_agg(DISTINCT c.scheme) AS schemes
FROM matter m JOIN household_case c ON c.id = m.case_id
LEFT JOIN entrustment e ON e.id = c.entrustment_id
LEFT JOIN unit u ON u.id = coalesce(nullif(c.desk_id, 0), c.unit_id)
WHERE CASE WHEN :signing
  THEN (m.state = 'explained' OR m.state = 'open' AND m.due_on < :today)
    AND NOT EXISTS (SELECT FROM explanation x WHERE x.agency_id = m.agency_id
                    AND x.matter_id = m.id AND x.account_id = :me)
  ELSE m.state = 'open' END
GROUP BY c.entrustment_id, e.number, c.period
ORDER BY min(m.due_on), c.entrustment_id LIMIT :most
""")

_LETTERS = text("""
SELECT l.id AS ref, l.number, l.period, p.name AS sender, x.households, x.people
FROM letter_out l JOIN agency p ON p.id = l.parent_id
CROSS JOIN LATERAL (
  SELECT count(DISTINCT a.case_id) AS households, count(DISTINCT a.subject_id) AS people
  FROM ask a WHERE a.agency_id = l.agency_id AND a.letter_id = l.id
) x
WHERE l.state = 'prepared' AND x.households > 0 ORDER BY l.period LIMIT :most
""")

_DRAFTS = text("""
SELECT q.id AS ref, q.number, q.period, u.name AS sender, x.households, x.people
FROM exchange_request q JOIN unit u ON u.id = q.unit_id
CROSS JOIN LATERAL (
  SELECT count(DISTINCT a.case_id) AS households, count(DISTINCT a.subject_id) AS people
  FROM ask a WHERE a.agency_id = q.agency_id AND a.request_id = q.id
) x
WHERE q.state = 'draft' AND x.households > 0 ORDER BY q.period, q.id LIMIT :most
""")

_REQUESTS = text("""
SELECT q.id AS ref, q.number, q.period, u.name AS sender, q.subjects AS people, q.due_on,
       CASE q.state WHEN 'made' THEN 'make' WHEN 'confirmed' THEN 'confirm' ELSE 'deliver' END
         AS action,
       CASE q.state WHEN 'made' THEN q.made_by WHEN 'confirmed' THEN q.confirmed_by END AS by,
       CASE q.state WHEN 'made' THEN q.made_on WHEN 'confirmed' THEN q.made_on
         ELSE q.delivered_on END AS on
FROM exchange_request q JOIN unit u ON u.id = q.unit_id
WHERE q.state = :state AND (:state <> 'made' OR q.made_by <> :me)
  AND (NOT :late OR q.due_on < :today)
  AND NOT (q.state = 'delivered' AND EXISTS (
    SELECT FROM reply r WHERE r.agency_id = q.agency_id AND r.request_id = q.id
      AND r.state IN ('received', 'checked', 'accepted_once') AND r.missing = 0))
ORDER BY q.due_on, q.id LIMIT :most
""")

_REPLIES = text("""
SELECT r.id AS ref, q.number, q.period, r.part, u.name AS sender, q.subjects AS people,
       CASE r.state WHEN 'checked' THEN 'pass_check' ELSE 'accept_first' END AS action,
       coalesce(r.first_by, r.received_by) AS by, r.received_on AS on
FROM reply r JOIN exchange_request q ON q.id = r.request_id JOIN unit u ON u.id = r.unit_id
WHERE r.state = 'checked' OR (r.state = 'accepted_once' AND r.first_by <> :me)
ORDER BY r.id LIMIT :most
""")


@dataclass(frozen=True)
class Waiting:
    """One line of 待我办理; ``url`` is None where the program has no page for it yet, ``value``
    what its box sends where many lines can be worked off at once."""

    kind: str
    what: str
    sender: str
    scheme: str
    households: int | None
    people: int | None
    due_on: dt.date | None
    last_step: str
    url: str | None
    button: str
    value: str = ""


def work(who: Actor, kinds: Iterable[str]) -> list[Waiting]:
    """What waits for this person of these kinds, most urgent first; one query per kind."""
    found = [(kind, row) for kind in kinds for row in _READERS[kind](kind, who)]
    names = names_of(row.get("by") for _, row in found)
    lines = [_line(kind, row, names) for kind, row in found]
    return sorted(lines, key=lambda line: (line.due_on is None, line.due_on or dt.date.max))


Row = dict[str, Any]


def _rows(statement: Any, **values: Any) -> list[Row]:
    found = db.session.execute(statement, {"most": MOST_PER_KIND, **values})
    return [dict(row) for row in found.mappings()]


def _cases(kind: str, who: Actor) -> list[Row]:
    state, step = {"check": ("submitted", "intake_check"), "review": ("accepted", "review")}[kind]
    return _rows(_DESK_CASES, state=state, step=step, me=who.account_id)


def _reports(kind: str, who: Actor) -> list[Row]:
    groups = by_entrustment(kind, who.account_id, MOST_PER_KIND)
    refs = [group.entrustment_id for group in groups]
    samples = [group.newest for group in groups]
    entrustments = db.session.execute(_ENTRUSTMENTS, {"refs": refs}).mappings()
    events = db.session.execute(_LAST_EVENTS, {"samples": samples}).mappings()
    heads = {row["ref"]: row for row in entrustments}
    last = {row["sample"]: row for row in events}
    return [
        {
            **vars(group),
            **heads.get(group.entrustment_id, {}),
            **last.get(group.newest, {"sample": group.newest}),
        }
        for group in groups
    ]


def _matters(kind: str, who: Actor) -> list[Row]:
    signing = kind == "sign"
    if signing and not sign_off_required():
        return []
    return _rows(_MATTERS, me=who.account_id, today=business_date(), signing=signing)


def _letters(_kind: str, who: Actor) -> list[Row]:
    return _until_cut_off(_rows(_LETTERS), who)


def _drafts(_kind: str, who: Actor) -> list[Row]:
    return _until_cut_off(_rows(_DRAFTS), who)


def _requests(kind: str, who: Actor) -> list[Row]:
    state = {"confirm": "made", "deliver": "confirmed", "take": "confirmed"}.get(kind, "delivered")
    values = {"me": who.account_id, "late": kind == "overdue", "today": business_date()}
    rows = _rows(_REQUESTS, state=state, **values)
    return rows if state == "delivered" else _until_cut_off(rows, who)


def _until_cut_off(rows: list[Row], who: Actor) -> list[Row]:
    """What goes out is due by the end of the exchange window (操作规程 四)."""
    windows = rulebook(who.agency_id // 10_000).windows.value
    return [{**row, "due_on": windows.cut_off(row["period"])} for row in rows]


def _plain(statement: Any) -> Callable[[str, Actor], list[Row]]:
    def read(_kind: str, who: Actor) -> list[Row]:
        known = statement.compile().params
        return _rows(statement, **({"me": who.account_id} if "me" in known else {}))

    return read


_READERS: dict[str, Callable[[str, Actor], list[Row]]] = {
    "check": _cases,
    "review": _cases,
    "issue": _reports,
    "merge": _reports,
    "decide": _reports,
    "seal": _letters,
    "make": _drafts,
    "confirm": _requests,
    "deliver": _requests,
    "overdue": _requests,
    "take": _requests,
    "answer": _requests,
    "accept": _plain(_REPLIES),
    "continue": _plain(_DRAFTED),
    "submit": _plain(_PREPARED),
    "returned": _plain(_RETURNED),
    "addition": _plain(_ADDITIONS),
    "receive": _plain(_MERGED),
    "sign": _matters,
    "explain": _matters,
}

_PAGES: dict[str, tuple[str, str]] = {
    "check": ("intake.check", "entrustment_id"),
    "addition": ("changes.addition", "addition_id"),
    "review": ("review.waiting", ""),
    "seal": ("delegation.show_letter", "letter_id"),
    "make": ("exchange.show_request", "request_id"),
    "confirm": ("exchange.show_request", "request_id"),
    "deliver": ("exchange.show_request", "request_id"),
    "overdue": ("exchange.show_request", "request_id"),
    "accept": ("exchange.show_reply", "reply_id"),
    "issue": ("report.show", ""),
    "merge": ("report.show", ""),
    "decide": ("report.show", ""),
    "continue": ("preparation.show", "draft_id"),
    "submit": ("intake.new_entrustment", ""),
    "returned": ("intake.returned", ""),
    "receive": ("report.feedback", ""),
    "sign": ("matters.index", ""),
    "explain": ("matters.to_explain", ""),
    "take": ("liaison.show_request", "request_id"),
    "answer": ("liaison.show_request", "request_id"),
}
"""Kind → the endpoint where it is done, and the argument that takes the line's id."""


def page_of(kind: str, ref: int | None = None) -> str | None:
    """Where a kind of work is done; with ``ref`` the page of one thing."""
    endpoint, argument = _PAGES[kind]
    if not is_open(endpoint) or (argument and ref is None):
        return None
    values: dict[str, Any] = {argument: ref} if argument else {}
    if endpoint == "report.show":
        values["list"] = kind
    return url_for(endpoint, **values)


def _line(kind: str, row: Row, names: dict[int, str]) -> Waiting:
    return Waiting(
        kind=kind,
        what=_what(kind, row),
        sender=row.get("sender") or "",
        scheme=_schemes(row.get("schemes") or ()),
        households=row.get("households"),
        people=row.get("people"),
        due_on=row.get("due_on"),
        last_step=_last_step(row, names),
        url=page_of(kind, row.get("ref")),
        button=KIND_VERBS[kind],
        value=value_of(kind, row.get("ref"), row.get("sample")),
    )


def _what(kind: str, row: Row) -> str:
    if kind == "submit":
        return say("home.prepared")
    if kind == "continue":
        return say("home.draft")
    if kind == "accept":
        return say("home.reply", number=row["number"], part=row["part"])
    if kind == "seal":
        return say("home.letter", period=month(row["period"]), parent=row["sender"])
    return row.get("number") or say(
        "home.request", unit=row.get("sender", ""), period=month(row["period"])
    )


def _schemes(codes: Sequence[str]) -> str:
    if not codes:
        return ""
    first = title("scheme", codes[0])
    return first if len(codes) == 1 else say("home.schemes", first=first, count=len(codes))


def _last_step(row: Row, names: dict[int, str]) -> str:
    """Who did what when, as far as it is known: ``王芳 11-14 受理初审通过``."""
    on = row.get("on")
    if on is None:
        return ""
    name = names.get(row.get("by") or 0, "")
    return f"{name} {on:%m-%d} {EVENT_TITLES.get(row.get('action', ''), '')}".strip()
