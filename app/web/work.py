"""待我办理: the things that wait, most urgent first, grouped per entrustment, request or letter."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.assistance.insurance.messages import INSURANCE_TITLES
from app.cases.messages import EVENT_TITLES
from app.decisions.queries import waiting_decisions
from app.exchange.custody.messages import STEP_TITLES
from app.intake.wording import title
from app.report.lists import by_entrustment
from app.report.readiness import sign_off_required
from app.web import work_queries as statements
from app.web.formats import month
from app.web.home_messages import KIND_VERBS
from app.web.in_place import value_of
from app.web.navigation import is_open
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.messages import say
from tenants.remembering import remembered
from tenants.rulebook import rulebook

MOST_PER_KIND, MOST_SELDOM = 40, 20
_LANE_WORDS = {"expedited": say("home.emergency"), "recheck": say("home.recheck")}
_STEPS = {**STEP_TITLES, **EVENT_TITLES}


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
    found = db.session.execute(statement, {"most": MOST_PER_KIND} | values)
    return [dict(row) for row in found.mappings()]


def _cases(kind: str, who: Actor) -> list[Row]:
    state, step = {"check": ("submitted", "intake_check"), "review": ("accepted", "review")}[kind]
    return _rows(statements.DESK_CASES, state=state, step=step, me=who.account_id)


def _reports(kind: str, who: Actor) -> list[Row]:
    found = remembered(("reports", who.account_id), lambda: _all_reports(who))
    return [row for row in found if row["which"] == kind]


def _all_reports(who: Actor) -> list[Row]:
    """The groups of every list of reports, with what is known of their entrustments."""
    kinds = ("issue", "merge", "decide")
    groups = [
        group for kind in kinds for group in by_entrustment(kind, who.account_id, MOST_PER_KIND)
    ]
    refs = [group.entrustment_id for group in groups]
    samples = [group.newest for group in groups]
    entrustments = db.session.execute(statements.ENTRUSTMENTS, {"refs": refs}).mappings()
    events = db.session.execute(statements.LAST_EVENTS, {"samples": samples}).mappings()
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
    return _rows(statements.MATTERS, me=who.account_id, today=business_date(), signing=signing)


def _letters(_kind: str, who: Actor) -> list[Row]:
    return _until_cut_off(_rows(statements.LETTERS), who)


def _drafts(_kind: str, who: Actor) -> list[Row]:
    return _until_cut_off(_rows(statements.DRAFTS), who)


def _requests(kind: str, who: Actor) -> list[Row]:
    kinds = ["take", "answer"] if who.unit_id else ["confirm", "deliver", "overdue"]
    values = {"kinds": kinds, "me": who.account_id, "today": business_date()}
    found = remembered(("requests", who.account_id), lambda: _rows(statements.REQUESTS, **values))
    rows = [row for row in found if row["kind"] == kind]
    return rows if kind in ("overdue", "answer") else _until_cut_off(rows, who)


def _until_cut_off(rows: list[Row], who: Actor) -> list[Row]:
    """What goes out is due by the end of the exchange window (操作规程 四)."""
    law = rulebook(who.agency_id // 10_000)
    today = business_date()
    return [
        {**row, "due_on": today if row["lane"] != "regular" else law.cut_off(row["period"])}
        for row in rows
    ]


def _plain(statement: Any) -> Callable[[str, Actor], list[Row]]:
    def read(_kind: str, who: Actor) -> list[Row]:
        known = statement.compile().params
        return _rows(statement, **({"me": who.account_id} if "me" in known else {}))

    return read


def _insurance(kind: str, who: Actor) -> list[Row]:
    values = {"me": who.account_id, "today": business_date()}
    read = partial(_rows, statements.INSURANCE, **values)
    return [row for row in remembered(("insurance", who.account_id), read) if row["kind"] == kind]


def _seldom(kind: str, who: Actor) -> list[Row]:
    read = partial(_rows, statements.SELDOM, me=who.account_id, most=MOST_SELDOM)
    return [row for row in remembered(("seldom", who.account_id), read) if row["kind"] == kind]


def _own_looks(kind: str, who: Actor) -> list[Row]:
    return _rows(statements.OWN_LOOKS, me=who.account_id) if who.unit_id else _seldom(kind, who)


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
    "columns": _plain(statements.UNREAD_REPLIES),
    "paper": _plain(statements.PAPERS),
    "accept": _plain(statements.REPLIES),
    "stored": _seldom,
    "registered": _seldom,
    "insurance": _insurance,
    "insurance_reason": _insurance,
    "outward": _seldom,
    "letter_inquiry": _seldom,
    "own_item": _seldom,
    "destroy": _seldom,
    "inquiry": _seldom,
    "filing": _seldom,
    "integrity_confirm": _seldom,
    "integrity_serve": _seldom,
    "integrity_decide": _seldom,
    "tip_assign": _seldom,
    "tip_handle": _seldom,
    "tip_close": _seldom,
    "explain_look": _own_looks,
    "temporary_check": _seldom,
    "temporary_decide": _seldom,
    "temporary_pay": _seldom,
    "temporary_visit": _plain(statements.TEMPORARY_VISITS),
    "temporary_agree": _plain(statements.TEMPORARY_REFERRALS),
    "own_filing": _plain(statements.OWN_FILINGS),
    "continue": _plain(statements.DRAFTED),
    "submit": _plain(statements.PREPARED),
    "returned": _plain(statements.RETURNED),
    "addition": _plain(statements.ADDITIONS),
    "receive": _plain(statements.MERGED),
    "decision": lambda _kind, _who: waiting_decisions(MOST_PER_KIND),
    "match": _plain(statements.MATCHES),
    "recheck": _plain(statements.RECHECKS),
    "settle": _plain(statements.DISPUTED),
    "tell": _plain(statements.TO_TELL),
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
    "columns": ("layouts.columns", "reply_id"),
    "paper": ("paper_replies.show", "paper_reply_id"),
    "accept": ("exchange.show_reply", "reply_id"),
    "stored": ("store.show_load", "load_id"),
    "registered": ("register.show_load", "register_load_id"),
    "insurance": ("insurance.work", ""),
    "insurance_reason": ("insurance.work", ""),
    "outward": ("outward.show", "outward_list_id"),
    "letter_inquiry": ("answering.show", "letter_inquiry_id"),
    "own_item": ("sharing.show_own_item", "own_item"),
    "destroy": ("media.show_medium", "medium_id"),
    "inquiry": ("inquiries.show", ""),
    "filing": ("sharing.show_unit", "source_id"),
    "own_filing": ("own_filings.show", ""),
    "issue": ("report.show", ""),
    "merge": ("report.show", ""),
    "decide": ("report.show", ""),
    "continue": ("preparation.show", "draft_id"),
    "submit": ("intake.new_entrustment", ""),
    "returned": ("intake.returned", ""),
    "receive": ("report.feedback", ""),
    "decision": ("decisions.index", ""),
    "match": ("objections.ask_match", "objection_id"),
    "recheck": ("objections.show", "objection_id"),
    "settle": ("objections.show", "objection_id"),
    "tell": ("objections.show", "objection_id"),
    "integrity_confirm": ("integrity.show", "entry_id"),
    "integrity_serve": ("integrity.show", "entry_id"),
    "integrity_decide": ("integrity.show", "entry_id"),
    "tip_assign": ("tip_offs.show", "tip_off_id"),
    "tip_handle": ("tip_offs.show", "tip_off_id"),
    "tip_close": ("tip_offs.show", "tip_off_id"),
    "explain_look": ("own_looks.index", ""),
    "temporary_check": ("temporary.show", "temporary_id"),
    "temporary_decide": ("temporary.show", "temporary_id"),
    "temporary_pay": ("temporary_lists.lists", ""),
    "temporary_visit": ("temporary_desk.show", "temporary_id"),
    "temporary_agree": ("temporary_bureau.show", "referral_id"),
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
    if endpoint == "insurance.work":
        values["show"] = "reasons" if kind == "insurance_reason" else "due"
    return url_for(endpoint, **values)


def _line(kind: str, row: Row, names: dict[int, str]) -> Waiting:
    return Waiting(
        kind=kind,
        what=_what(kind, row) + _LANE_WORDS.get(row.get("lane", ""), ""),
        sender=row.get("sender") or "",
        scheme=_schemes(row.get("schemes") or ()),
        households=row.get("households"),
        people=None if kind == "explain_look" else row.get("people"),
        due_on=row.get("due_on"),
        last_step=_last_step(row, names),
        url=page_of(kind, row.get("ref")),
        button=KIND_VERBS[kind],
        value=value_of(kind, row.get("ref"), row.get("sample")),
    )


def _what(kind: str, row: Row) -> str:
    if kind == "submit":
        return say("home.prepared")
    if kind == "explain_look":
        return say("home.look", count=row["people"])
    if kind == "inquiry":
        return say("home.inquiry")
    if kind == "continue":
        return say("home.draft")
    if kind in ("accept", "columns"):
        return say("home.reply", number=row["number"], part=row["part"])
    if kind == "stored":
        return say("home.stored", item=catalogue().item(row["item"]).title, as_of=row["as_of"])
    if kind == "registered":
        return say("home.register", scheme=title("scheme", row["title"]), on=row["as_of"])
    if kind in ("insurance", "insurance_reason"):
        return say("home.insurance", insurance=INSURANCE_TITLES[row["title"]])
    if kind in ("outward", "letter_inquiry"):
        return say(f"home.{kind}", number=row["number"])
    if kind == "own_item":
        return say("home.own_item", item=row["item"], title=row["title"])
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
    return f"{name} {on:%m-%d} {_STEPS.get(row.get('action', ''), '')}".strip()
