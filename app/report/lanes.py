"""The lanes of one case: what happened at each tier, the letters up, the reports down, and what
is still out. Data only; ``app.cases.lanes`` draws it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from sqlalchemy import select, text

from app.cases.history import happenings
from app.cases.lane_model import ArrowState, MarkState
from app.cases.lanes import WIDTH, Arrow, Drawing, Lane, Lanes, Mark, draw
from app.cases.models import Case
from app.delegation.coverage import coverage_above
from app.report.emergencies import emergency_days, emergency_window
from app.report.messages import say
from app.report.models import Report
from app.report.queries import reports_of
from app.web.formats import short_day
from tenants.agency.models import Agency
from tenants.agency.tree import agency, ancestors_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.remembering import remembered
from tenants.rulebook import LastDays, Rulebook, last_days, rulebook

_ENDS = {"terminated": "terminate", "recalled": "be_recalled", "withdrawn": "withdraw"}
_CHANGES = (
    *("withdraw_consent", "consent_withdrawn_below"),
    *("member_died", "member_left", "member_left_below"),
    *("take_member", "take_number", "take_name", "take_consent"),
    *("propose_number", "number_corrected_below", "name_corrected_below", "supplement_came"),
    *("objection_taken", "objection_came", "objection_sent"),
    *("objection_asked", "objection_concluded"),
)

PRINT_FONT = "WenQuanYi Micro Hei"
PRINT_WIDTH = 760.0

_ASKED = text("""
SELECT count(DISTINCT a.source) FILTER (WHERE a.source > 0) AS units,
       count(DISTINCT a.source) FILTER (WHERE q.delivered_on IS NOT NULL) AS sent,
       count(DISTINCT a.source) FILTER (WHERE a.source > 0 AND NOT a.is_open) AS answered,
       min(q.delivered_on) AS sent_on, max(q.due_on) AS due_on,
       bool_or(a.source > 0 AND a.is_open AND q.due_on < :today) AS late,
       array_agg(i.item) FILTER (WHERE a.source = 0) AS upward_items, max(l.sent_on) AS letter_on,
       min(l.sent_on) FILTER (WHERE l.kind = 'entrust') AS entrusted_on
FROM ask a
JOIN LATERAL unnest(a.items) AS i(item) ON true
LEFT JOIN exchange_request q ON q.agency_id = a.agency_id AND q.id = a.request_id
LEFT JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE a.case_id = :case AND a.source >= 0
""")


@dataclass
class _Lane:
    """A lane in the making."""

    agency: Agency
    marks: list[Mark] = field(default_factory=list)

    def add(
        self, key: str, on: dt.date | None, sub: str, state: MarkState, **words: object
    ) -> None:
        told = say("lane.overdue", sub=sub).strip() if state == "late" else sub
        self.marks.append(Mark(key, say(f"lane.{key}", **words), told, on, state))


class _Story:
    """Everything the drawing of one case is made from, read once."""

    def __init__(self, case: Case, printing: bool) -> None:
        self.case, self.printing = case, printing
        # A covering document shows its own merging as done while it is still being made.
        states = ("issued", "received", *(("drafted",) if printing else ()))
        self.today = business_date()
        self.own = agency(case.agency_id)
        self.law: Rulebook = rulebook(self.own.province)
        self.events = self._events()
        self.asked = db.session.execute(_ASKED, {"case": case.id, "today": self.today}).one()
        self.reports = [report for report in reports_of(case.id) if report.state in states]
        self.chain = self._chain()
        tiers = case.height + len(self.chain) + 1
        self.last = emergency_days(case, tiers) or last_days(self.law, case.period, tiers)
        self.last = self.last[case.height :]

    def _events(self) -> dict[str, tuple[dt.date, str]]:
        known = happenings("case", self.case.id)
        return {event.action: (event.day, event.who) for event in known}

    def _chain(self) -> list[Agency]:
        """The agencies above that have a part in this case, nearest first."""
        involved = {report.by_agency_id for report in self.reports if report.kind == "upper"}
        items = set(self.asked.upward_items or ())
        above = coverage_above(self.today)
        rank = {str(tier): n for n, tier in enumerate(self.law.precedence.value)}
        tiers = {min(above[item], key=lambda tier: rank[tier]) for item in items if above.get(item)}
        # Who was above when the household went up has it, whatever the tree is today.
        since = self.asked.entrusted_on or self.today
        chain = ancestors_of(self.own.id, since) if items else []
        last = max(
            (n for n, a in enumerate(chain) if a.id in involved or a.tier in tiers or n == 0),
            default=-1,
        )
        return chain[: last + 1]

    def report(self, kind: str, by: int) -> Report | None:
        found = [r for r in self.reports if r.kind == kind and r.by_agency_id == by]
        return found[-1] if found else None


def lanes_of(case: Case, *, printing: bool = False) -> Lanes:
    """The lanes of a case as its own agency knows them, highest tier first."""
    story = _story(case, printing)
    own = _own_lane(story)
    upper = [_upper_lane(story, above) for above in story.chain]
    lanes = tuple(
        Lane(
            lane.agency.tier,
            say(f"lane.tier.{lane.agency.tier}"),
            lane.agency.region_name,
            tuple(lane.marks),
        )
        for lane in [*reversed(upper), own]
    )
    return Lanes(lanes, _arrows(story))


def _own_lane(story: _Story) -> _Lane:
    lane = _Lane(story.own)
    if story.case.origin == "unit":
        _step(lane, story, "submit")
        _step(lane, story, "return" if story.case.state == "returned" else "accept")
    else:
        _step(lane, story, "arrive")
    if story.case.state in _ENDS:
        _step(lane, story, _ENDS[story.case.state])
        return lane
    _step(lane, story, "approve")
    if story.asked.upward_items:
        _letter(lane, story)
    if story.asked.units:
        _exchange(lane, story)
    if story.case.origin == "unit":
        _closing(lane, story)
    elif "decide_below" in story.events:
        _step(lane, story, "decide_below")
    _changes(lane, story)
    return lane


def _changes(lane: _Lane, story: _Story) -> None:
    """What changed in the household, each at its day among what was done by then."""
    for action in _CHANGES:
        if action in story.events:
            on = story.events[action][0]
            before = [m for m in lane.marks if m.state == "done" and m.on and m.on <= on]
            place = lane.marks.index(before[-1]) + 1 if before else 0
            _step(lane, story, action)
            lane.marks.insert(place, lane.marks.pop())


def _step(lane: _Lane, story: _Story, action: str) -> None:
    known = story.events.get(action)
    if known is None:
        lane.add(action, None, "", "open")
    else:
        lane.add(action, known[0], _when_who(*known), "done")


def _letter(lane: _Lane, story: _Story) -> None:
    sent = story.asked.letter_on
    by = story.last[0].delegate_by
    late = sent is None and by is not None and by < story.today
    sub = short_day(sent) if sent else _latest(by)
    lane.add("letter", sent or by, sub, "done" if sent else "late" if late else "open")


def _exchange(lane: _Lane, story: _Story) -> None:
    asked = story.asked
    sent = asked.sent == asked.units
    lane.add(
        "sent",
        asked.sent_on or story.last[0].send_by,
        short_day(asked.sent_on) if asked.sent_on else _latest(story.last[0].send_by),
        "done" if sent else "open",
        n=asked.units,
    )
    whole = asked.answered == asked.units
    state: MarkState = "done" if whole else "late" if asked.late else "open"
    sub = "" if whole or asked.due_on is None else _latest(asked.due_on)
    lane.add("answered", asked.due_on, sub, state, n=asked.answered, of=asked.units)
    _report_mark(lane, story, story.report("own", story.own.id))


def _report_mark(lane: _Lane, story: _Story, report: Report | None) -> None:
    if report is not None and report.issued_on is not None:
        lane.add("own", report.issued_on, _when_who(report.issued_on, report.issuer_name), "done")
        return
    by = story.last[0].report_by
    late = by is not None and by < story.today
    lane.add("own", by, _latest(by), "late" if late else "open")


def _closing(lane: _Lane, story: _Story) -> None:
    merged = story.report("merged", story.own.id)
    due = story.case.due_on
    late = due is not None and due < story.today
    state: MarkState = "done" if merged else "late" if late else "open"
    on = merged.issued_on if merged else due
    lane.add("merge", on, short_day(on) if merged and on else "", state)
    received = merged.received_on if merged else None
    sub = short_day(received) if received else _latest(due)
    lane.add("hand_over", received or due, sub, "done" if received else "late" if late else "open")
    if merged and merged.issued_on and not story.printing:
        _decision(lane, story, merged.issued_on)


def _decision(lane: _Lane, story: _Story, reported_on: dt.date) -> None:
    """What the unit decided on the report, or by when it is to say so (操作规程 四)."""
    if story.case.state == "closed":
        _step(lane, story, "decide")
        return
    month = max(story.case.period, reported_on.year * 100 + reported_on.month)
    due = story.law.decisions_by(month)
    lane.add("decide", due, _latest(due), "late" if due < story.today else "open")


def _upper_lane(story: _Story, above: Agency) -> _Lane:
    lane = _Lane(above)
    report = story.report("upper", above.id)
    place = story.chain.index(above) + 1
    sent = story.asked.letter_on
    # When a tier above the parent got its letter is not known here.
    told = short_day(sent) if sent and above is story.chain[0] else ""
    lane.add("check", sent, told, "done" if report else "open")
    by = story.last[place].report_by if place < len(story.last) else None
    if report is not None and report.issued_on is not None:
        lane.add("upper", report.issued_on, _when_who(report.issued_on, report.issuer_name), "done")
    else:
        late = by is not None and by < story.today
        lane.add("upper", by, _latest(by), "late" if late else "open")
    return lane


def _arrows(story: _Story) -> tuple[Arrow, ...]:
    if not story.chain:
        return ()
    own, sent = story.own.tier, story.asked.letter_on
    landing = "merge" if story.case.origin == "unit" else "letter"
    arrows = [
        Arrow(own, "letter", story.chain[0].tier, "check", "done" if sent else "open", "letter")
    ]
    for lower, upper in zip(story.chain, story.chain[1:], strict=False):
        state = _arrow_state(story, upper)
        arrows.append(Arrow(lower.tier, "check", upper.tier, "check", state, "letter"))
    if landing == "merge":
        for above in story.chain:
            state = _arrow_state(story, above)
            arrows.append(Arrow(above.tier, "upper", own, landing, state, "report"))
    return tuple(arrows)


def _arrow_state(story: _Story, above: Agency) -> ArrowState:
    return "done" if story.report("upper", above.id) else "open"


def _when_who(on: dt.date, name: str) -> str:
    return f"{short_day(on)} {name}".strip()


def _latest(day: dt.date | None) -> str:
    return say("lane.latest", day=short_day(day)) if day else ""


def drawing_of(case: Case, *, printing: bool = False) -> Drawing:
    """The drawing of a case, from the first of its month to the day it is due; that of an
    emergency from the day it was allowed on."""
    law = rulebook(agency(case.agency_id).province)
    first = dt.date(case.period // 100, case.period % 100, 1)
    windows = law.windows_in(first)
    if span := emergency_window(case):
        windows, first = (span,), span[1]
    return draw(
        lanes_of(case, printing=printing),
        windows,
        business_date(),
        first,
        case.due_on or business_date(),
        width=PRINT_WIDTH if printing else WIDTH,
    )


def last_days_of(case: Case) -> list[tuple[Agency, LastDays]]:
    """The agencies that have a part in this case, its own first, each with its last days.

    Counted back from the first agency's date; days are None where the rulebook has no windows.
    """
    story = _story(case, printing=False)
    return list(zip([story.own, *story.chain], story.last, strict=False))


def _story(case: Case, printing: bool) -> _Story:
    """Read once for a page that draws the lanes and lists the days."""
    return remembered(("story", case.id, printing), lambda: _Story(case, printing))


def lanes_svg_of(case_id: int) -> str:
    """The drawing as SVG, as it prints into the merged report."""
    case = db.session.scalars(select(Case).where(Case.id == case_id)).one()
    drawing = drawing_of(case, printing=True)
    template = current_app.jinja_env.get_template("cases/_lanes.svg")
    macros: Any = template.make_module()
    svg = str(macros.lanes_svg(drawing, font=PRINT_FONT))
    return svg[svg.index("<svg") : svg.index("</svg>") + len("</svg>")]
