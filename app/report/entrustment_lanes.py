"""The lanes of one entrustment as its agency sees them: one lane for each tier, with counts."""

import datetime as dt
from typing import Any

from sqlalchemy import text

from app.cases.entrustment_lanes import Standing, counted_mark, drawn, standing_of
from app.cases.lane_model import Arrow, ArrowState, Drawing, Lane, Lanes, Mark
from app.cases.models import Entrustment
from app.web.formats import short_day
from tenants.agency.models import Agency
from tenants.agency.tree import agency, ancestors_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import say
from tenants.rulebook import last_days, rulebook
from tenants.rulebook.last_days import LastDays

_ASKED = text("""
SELECT count(DISTINCT a.case_id) FILTER (WHERE a.source = 0) AS upward,
       count(DISTINCT a.case_id) FILTER (WHERE a.source = 0 AND l.sent_on IS NOT NULL) AS sent_up,
       max(l.sent_on) AS letter_on,
       min(l.sent_on) FILTER (WHERE l.kind = 'entrust') AS entrusted_on,
       count(DISTINCT a.source) FILTER (WHERE a.source > 0) AS units,
       count(DISTINCT a.source) FILTER (WHERE q.delivered_on IS NOT NULL) AS delivered,
       max(q.delivered_on) AS delivered_on, max(q.due_on) AS due_on,
       count(DISTINCT a.source) FILTER (WHERE a.source > 0 AND a.is_open) AS units_open,
       count(DISTINCT a.case_id) FILTER (WHERE a.source > 0) AS own
FROM household_case c
JOIN ask a ON a.agency_id = c.agency_id AND a.case_id = c.id
LEFT JOIN exchange_request q ON q.agency_id = a.agency_id AND q.id = a.request_id
LEFT JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE c.entrustment_id = :entrustment AND a.source >= 0
""")

_REPORTS = text("""
SELECT r.kind, r.by_agency_id, count(DISTINCT r.case_id) AS cases, max(r.issued_on) AS issued_on,
       count(DISTINCT r.case_id) FILTER (WHERE r.state = 'received') AS received,
       max(r.received_on) AS received_on
FROM household_case c
JOIN report r ON r.agency_id = c.agency_id AND r.case_id = c.id
WHERE c.entrustment_id = :entrustment AND r.state IN ('issued', 'received')
GROUP BY r.kind, r.by_agency_id
""")


class _Story:
    """Everything the drawing is made from, in a fixed number of statements."""

    def __init__(self, entrustment: Entrustment) -> None:
        values = {"entrustment": entrustment.id}
        self.entrustment = entrustment
        self.own = agency(entrustment.agency_id)
        self.now: Standing = standing_of(entrustment.id)
        self.asked = db.session.execute(_ASKED, values).one()
        found = db.session.execute(_REPORTS, values)
        self.reports = {(row.kind, row.by_agency_id): row for row in found}
        self.chain = self._chain()
        law = rulebook(self.own.province)
        self.last: tuple[LastDays, ...] = last_days(law, entrustment.period, len(self.chain) + 1)

    def _chain(self) -> list[Agency]:
        """The agencies above that have a part: the parent, and each that has reported."""
        if not self.asked.upward:
            return []
        above = ancestors_of(self.own.id, self.asked.entrusted_on or business_date())
        known = {by for kind, by in self.reports if kind == "upper"}
        last = max((n for n, a in enumerate(above) if a.id in known or n == 0), default=-1)
        return above[: last + 1]

    def report(self, kind: str, by: int) -> tuple[int, dt.date | None]:
        """Cases reported so far by an agency, and the last day."""
        row: Any = self.reports.get((kind, by))
        return (row.cases, row.issued_on) if row else (0, None)


def drawing_of_entrustment(entrustment: Entrustment) -> Drawing:
    """Where an entrustment is: its own tier below, the tiers that it went up to above."""
    story = _Story(entrustment)
    marks = _own_marks(story)
    lanes = [_lane(story.own, marks)]
    lanes += [_lane(above, _upper_marks(story, above, n)) for n, above in enumerate(story.chain, 1)]
    drawing = Lanes(tuple(reversed(lanes)), _arrows(story, marks))
    return drawn(drawing, entrustment.period, story.own.id, story.now.due_on)


def _lane(of: Agency, marks: list[Mark]) -> Lane:
    return Lane(of.tier, say(f"lane.tier.{of.tier}"), of.region_name, tuple(marks))


def _own_marks(story: _Story) -> list[Mark]:
    now, of, last = story.now, story.now.going_on, story.last[0]
    begun = story.entrustment.submitted_on
    is_ours = story.entrustment.origin == "unit"
    first = say("lanes.submit" if is_ours else "lanes.arrive", n=now.households)
    marks = [Mark("submit", first, short_day(begun) if begun else "", begun, "done")]
    if is_ours:
        marks.append(
            counted_mark("accept", now.accepted, of, by=last.review_by, day=now.days.get("accept"))
        )
    marks.append(
        counted_mark("approve", now.approved, of, by=last.review_by, day=now.days.get("approve"))
    )
    marks += _asked_marks(story)
    if is_ours:
        marks += _closing_marks(story)
    return marks


def _asked_marks(story: _Story) -> list[Mark]:
    asked, last, marks = story.asked, story.last[0], []
    if asked.upward:
        by, day = last.delegate_by, asked.letter_on
        marks.append(counted_mark("letter", asked.sent_up, asked.upward, by=by, day=day))
    if asked.units:
        by, day = last.send_by, asked.delivered_on
        marks.append(counted_mark("sent", asked.delivered, asked.units, by=by, day=day))
        answered = asked.units - asked.units_open
        due = asked.due_on or last.send_by
        marks.append(counted_mark("answered", answered, asked.units, by=due, day=None))
        issued, on = story.report("own", story.own.id)
        marks.append(counted_mark("own", issued, asked.own, by=last.report_by, day=on))
    return marks


def _closing_marks(story: _Story) -> list[Mark]:
    due, of = story.now.due_on, story.now.going_on
    merged: Any = story.reports.get(("merged", story.own.id))
    made, on = story.report("merged", story.own.id)
    received = merged.received if merged else 0
    return [
        counted_mark("merge", made, of, by=due, day=on),
        counted_mark("receive", received, of, by=due, day=merged.received_on if merged else None),
    ]


def _upper_marks(story: _Story, above: Agency, place: int) -> list[Mark]:
    asked = story.asked
    issued, on = story.report("upper", above.id)
    sent = asked.letter_on if place == 1 else None
    by = story.last[place].report_by if place < len(story.last) else None
    is_whole = issued >= asked.upward
    told = short_day(sent) if sent else ""
    return [
        Mark("check", say("lane.check"), told, sent, "done" if is_whole else "open"),
        counted_mark("upper", issued, asked.upward, by=by, day=on),
    ]


def _arrows(story: _Story, marks: list[Mark]) -> tuple[Arrow, ...]:
    if not story.chain:
        return ()
    own, first = story.own.tier, story.chain[0].tier
    landing = "merge" if story.entrustment.origin == "unit" else "letter"
    sent = next(mark.state for mark in marks if mark.key == "letter") == "done"
    arrows = [Arrow(own, "letter", first, "check", "done" if sent else "open", "letter")]

    def whole(above: Agency) -> ArrowState:
        return "done" if story.report("upper", above.id)[0] >= story.asked.upward else "open"

    for lower, upper in zip(story.chain, story.chain[1:], strict=False):
        arrows.append(Arrow(lower.tier, "check", upper.tier, "check", whole(upper), "letter"))
    if landing == "merge":
        for above in story.chain:
            arrows.append(Arrow(above.tier, "upper", own, landing, whole(above), "report"))
    return tuple(arrows)
