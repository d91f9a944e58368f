"""Message → one service call. The allow-list of what a job may be."""

import uuid
from collections.abc import Callable
from functools import partial

from app.assistance.insurance import comparing as insurance
from app.assistance.insurance.sending import LISTS
from app.assistance.outward import carrying as uploading
from app.assistance.outward import making as outward
from app.assistance.register import deciding as register_deciding
from app.assistance.register import explaining as register_reading
from app.assistance.register import merging as register_merging
from app.assistance.temporary import determining as temporary
from app.assistance.temporary import ruling as temporary_rules
from app.changes import applications, following
from app.data_package.making import PACKAGES
from app.decisions import handing_up
from app.delegation import (
    coverage,
    coverage_up,
    entrusting,
    expedited_below,
    handing_back,
    overtaking,
    recalling,
    rerouting,
    routing,
    terminating,
)
from app.delegation.letters import open_letter
from app.delegation.models import LetterDown, LetterUp
from app.exchange import packing
from app.exchange.asked import answering
from app.exchange.outbox import taking
from app.exchange.store import explaining, looking_up
from app.exchange.wire import dispatching, testing
from app.findings import service as findings
from app.holidays import service as holidays
from app.made.making import make, tell_failed
from app.mail import sending as mail
from app.matters import comparing
from app.objections import crossing
from app.oversight.analysis import telling
from app.oversight.archive import destroying
from app.oversight.archive.packing import ARCHIVES
from app.oversight.evaluation import letters as evaluation
from app.oversight.inspections.service import draw_items
from app.prints.extending import make_letter
from app.prints.looking import make_look_list
from app.prints.making import PRINTS
from app.report import passing, rendering
from app.web.sheet_making import SHEETS


def take_in_letter_up(from_agency_id: int, key: str) -> None:
    """A letter from below: an entrustment, people added to it, a recall, people of
    whom nothing more is asked, what the tree below can check, an emergency, decisions,
    objections, counts, or who receives aid."""
    letter = open_letter(LetterUp, from_agency_id, uuid.UUID(key))
    if letter is not None:
        _FROM_BELOW[letter.kind](letter)


def take_in_letter_down(from_agency_id: int, key: str) -> None:
    """A letter from above: reports, items handed back, a termination, coverage, holidays, how
    objections ended, what became of an upload, or a city's standard of temporary assistance."""
    letter = open_letter(LetterDown, from_agency_id, uuid.UUID(key))
    if letter is not None:
        _FROM_ABOVE[letter.kind](letter)


_FROM_BELOW = {
    "entrust": entrusting.take_in,
    "supplement": overtaking.take_in_supplement,
    "recall": recalling.take_in_recall,
    "withdraw": following.take_in,
    "coverage": coverage_up.take_in,
    "expedite": expedited_below.take_in,
    "decision": handing_up.take_in,
    "object": crossing.take_in_objections,
    "tally": telling.take_in,
    "evaluation": evaluation.take_in,
    "upload": uploading.take_in,
}

_FROM_ABOVE = {
    "report": passing.take_in,
    "hand_back": handing_back.take_in_hand_back,
    "terminate": terminating.take_in_termination,
    "coverage": coverage.take_in,
    "holidays": holidays.take_in,
    "recheck": crossing.take_in_outcomes,
    "evaluation": evaluation.take_in,
    "upload": uploading.take_in_answer,
    temporary_rules.LETTER: temporary_rules.take_in,
}

MAKERS = {
    "file.print": PRINTS,
    "file.package": PACKAGES,
    "file.sheet": SHEETS,
    "file.archive": ARCHIVES,
    "file.insurance": LISTS,
}

FROM_UNITS = frozenset(
    {
        *("reply.check", "extension.letter", "household.changed", "application.withdrawn"),
        *("decision.hand_up", "register.decided", "look_list.make"),
        *("temporary.settle", "temporary.rule_push"),
        *("wire.take", "wire.not_taken", "inquiry.answer", "inquiry.erase", "mail.send", *MAKERS),
    }
)
"""What a unit's own people may start: the wall writes their unit into the job."""

HANDLERS: dict[str, Callable[..., None]] = {
    "letter_up.take_in": take_in_letter_up,
    "letter_down.take_in": take_in_letter_down,
    "coverage.push": coverage.push,
    coverage_up.PUSH: coverage_up.push,
    telling.PUSH: telling.push,
    "coverage.reroute": rerouting.reroute,
    "holiday.push": holidays.push,
    "case.route": routing.route_cases,
    "case.settle": passing.settle,
    "case.tell_terminated": terminating.tell_terminated,
    "letter.send": entrusting.send,
    "household.changed": following.follow,
    "application.withdrawn": applications.follow,
    "package.make": packing.make,
    "extension.letter": make_letter,
    "store.read": explaining.read,
    "store.answer": looking_up.answer,
    "wire.begin": dispatching.begin,
    "wire.step": dispatching.step,
    "wire.not_taken": dispatching.stop_untaken,
    "wire.test": testing.test,
    "wire.take": taking.take,
    "inquiry.answer": answering.answer,
    "inquiry.erase": answering.erase,
    "wire.refused": taking.look_again,
    "reply.check": packing.check,
    "reply.accepted": findings.take_reply,
    "store.confirmed": insurance.ask_again,
    "insurance.compare": insurance.compare,
    "outward.make": outward.make,
    "register.read": register_reading.read,
    "register.apply": register_merging.apply_load,
    "register.decided": register_deciding.take_decisions,
    "temporary.settle": temporary.settle,
    temporary_rules.PUSH: temporary_rules.push,
    "mail.send": mail.send,
    "archive.destroy": destroying.destroy,
    "decision.hand_up": handing_up.hand_up,
    "inspection.draw": draw_items,
    "look_list.make": make_look_list,
    "matter.compare": comparing.compare_answered,
    "report.render_own": rendering.render_own,
    "report.render_merged": rendering.render_merged,
    "report.pass_down": passing.pass_down,
    **{kind: partial(make, maker) for kind, maker in MAKERS.items()},
}

GIVEN_UP: dict[str, Callable[..., None]] = dict.fromkeys(MAKERS, tell_failed)
"""Whom a job that failed for good tells, with its payload."""
