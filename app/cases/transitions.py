"""THE transition tables: every state a case, request, reply, letter or report can be in, and
the only ways from one to the next (DESIGN §3.3). Pure data; ``lifecycle`` carries it out."""

from dataclasses import dataclass
from typing import Literal

Machine = Literal[
    "case",
    "request",
    "reply",
    "letter",
    "report",
    "tip_off",
    "integrity",
    "matter",
    "exclusion",
    "archive",
    "destruction",
    "addition",
    "objection",
    "evaluation",
    "inspection",
    "look",
    "temporary",
    "temporary_rule",
]
Duty = Literal["intake_check", "review", "issue"]


@dataclass(frozen=True)
class Transition:
    """One way to move: who may (permission), what step of separation of duty it is, and whether
    a reason has to be given. ``SYSTEM`` moves follow from another act and need no permission."""

    machine: Machine
    action: str
    sources: tuple[str, ...]
    target: str
    permission: str
    duty: Duty | None = None
    needs_reason: bool = False


SYSTEM = ""

TRANSITIONS: tuple[Transition, ...] = (
    # case: 操作规程 三(一)1 受理初审, 2 审核复审, 4 出具报告
    Transition("case", "submit", ("prepared",), "submitted", "entrustment.submit"),
    Transition("case", "submit_own", ("prepared",), "submitted", "entrustment.submit_own"),
    Transition("case", "discard", ("prepared",), "discarded", "list.prepare", needs_reason=True),
    Transition("case", "accept", ("submitted",), "accepted", "case.check", "intake_check"),
    Transition(
        "case",
        "return",
        ("submitted",),
        "returned",
        "case.check",
        "intake_check",
        needs_reason=True,
    ),
    Transition("case", "resubmit", ("returned",), "submitted", "entrustment.submit"),
    Transition("case", "approve", ("accepted",), "checking", "case.review", "review"),
    Transition(
        "case",
        "terminate",
        ("accepted",),
        "terminated",
        "case.review",
        "review",
        needs_reason=True,
    ),
    Transition("case", "report", ("checking",), "reported", SYSTEM),
    Transition("case", "supplement", ("reported", "closed"), "checking", SYSTEM),
    # what the commissioning unit decided: 操作规程 四
    Transition("case", "decide", ("reported",), "closed", "decision.report"),
    Transition("case", "decide_below", ("reported",), "closed", SYSTEM),
    Transition("case", "be_recalled", ("accepted", "checking"), "recalled", SYSTEM),
    Transition(
        "case",
        "withdraw",
        ("prepared", "submitted", "returned", "accepted", "checking"),
        "withdrawn",
        "application.withdraw",
        needs_reason=True,
    ),
    # request: one to one sharing unit; a draft until the window's cut-off, then immutable
    Transition("request", "make", ("draft",), "made", "exchange.operate"),
    Transition("request", "confirm", ("made",), "confirmed", "exchange.operate"),
    Transition("request", "deliver", ("confirmed",), "delivered", "exchange.deliver"),
    Transition("request", "deliver_by_wire", ("confirmed",), "delivered", SYSTEM),
    Transition("request", "look_up", ("confirmed",), "delivered", SYSTEM),
    Transition("request", "answer", ("delivered",), "answered", SYSTEM),
    Transition(
        "request",
        "close",
        ("delivered",),
        "closed",
        "exchange.operate",
        needs_reason=True,
    ),
    Transition("request", "answer_late", ("closed",), "answered", SYSTEM),
    Transition("request", "stop", ("made", "confirmed"), "stopped", SYSTEM),
    Transition("request", "end_empty", ("draft",), "stopped", SYSTEM, needs_reason=True),
    # reply: a file of a sharing unit
    Transition("reply", "pass_check", ("received",), "checked", SYSTEM),
    Transition("reply", "fail_check", ("received",), "refused", SYSTEM),
    Transition("reply", "ask_columns", ("received",), "unread", SYSTEM),
    Transition("reply", "explain_columns", ("unread",), "received", "exchange.operate"),
    Transition("reply", "accept_first", ("checked",), "accepted_once", "exchange.operate"),
    Transition("reply", "accept_second", ("accepted_once",), "accepted", "exchange.operate"),
    Transition(
        "reply",
        "refuse",
        ("unread", "checked", "accepted_once"),
        "refused",
        "exchange.operate",
        needs_reason=True,
    ),
    # letter: this agency's entrustment of its parent
    Transition("letter", "seal", ("prepared",), "sent", "letter.seal"),
    Transition("letter", "answer", ("sent",), "answered", SYSTEM),
    Transition("letter", "recall", ("sent",), "recalled", "letter.seal", needs_reason=True),
    Transition("letter", "end_empty", ("prepared",), "stopped", SYSTEM, needs_reason=True),
    # report: own, and merged for the commissioning unit
    Transition("report", "issue", ("drafted",), "issued", SYSTEM),
    Transition("report", "receive", ("issued",), "received", "report.receive"),
    Transition("report", "replace", ("issued", "received"), "replaced", SYSTEM),
    # tip_off: handled by somebody who has no part in it, closed by another (第二十一条)
    Transition("tip_off", "assign_tip", ("registered",), "assigned", "tipoff.manage"),
    Transition(
        "tip_off", "reassign_tip", ("assigned",), "assigned", "tipoff.manage", needs_reason=True
    ),
    Transition("tip_off", "handle_tip", ("assigned",), "handled", "tipoff.handle"),
    Transition(
        "tip_off", "send_back_tip", ("handled",), "assigned", "tipoff.manage", needs_reason=True
    ),
    Transition("tip_off", "close_tip", ("handled",), "closed", "tipoff.manage"),
    # integrity: a decision entered, confirmed by another, served; an appeal suspends it (第二十条)
    Transition("integrity", "confirm_entry", ("proposed",), "confirmed", "integrity.confirm"),
    Transition(
        "integrity",
        "turn_down_entry",
        ("proposed",),
        "turned_down",
        "integrity.confirm",
        needs_reason=True,
    ),
    Transition("integrity", "serve_entry", ("confirmed",), "in_force", "integrity.enter"),
    Transition("integrity", "appeal_entry", ("in_force",), "suspended", "integrity.enter"),
    Transition("integrity", "uphold_entry", ("suspended",), "in_force", "integrity.decide"),
    Transition(
        "integrity",
        "withdraw_entry",
        ("confirmed", "in_force", "suspended"),
        "withdrawn",
        "integrity.decide",
    ),
    # matter: what a household is asked to explain before anything goes against it
    Transition("matter", "explain", ("open", "explained"), "explained", "matter.explain"),
    Transition("matter", "sign_off", ("open", "explained"), "signed", "matter.sign"),
    Transition("matter", "exclude", ("open", "explained"), "excluded", SYSTEM),
    Transition("matter", "lapse", ("open", "explained", "signed", "excluded"), "lapsed", SYSTEM),
    Transition("matter", "reopen", ("explained", "signed", "excluded", "lapsed"), "open", SYSTEM),
    # exclusion: what does not enter the sums, prepared by one person and signed by another
    Transition("exclusion", "sign", ("proposed",), "signed", "matter.sign"),
    Transition(
        "exclusion", "turn_down", ("proposed",), "turned_down", "matter.sign", needs_reason=True
    ),
    # archive: a closed case's file, and a set of them that is destroyed by three people (第十七条)
    Transition("archive", "propose_file", ("filed",), "proposed", "archive.keep"),
    Transition("archive", "keep_file", ("proposed",), "filed", SYSTEM),
    Transition("archive", "destroy_file", ("proposed",), "destroyed", SYSTEM),
    Transition("destruction", "confirm_destruction", ("proposed",), "confirmed", "archive.confirm"),
    Transition(
        "destruction",
        "turn_down_destruction",
        ("proposed", "confirmed"),
        "turned_down",
        "archive.confirm",
        needs_reason=True,
    ),
    Transition(
        "destruction", "witness_destruction", ("confirmed",), "destroying", "archive.witness"
    ),
    Transition("destruction", "finish_destruction", ("destroying",), "destroyed", SYSTEM),
    # addition: 追加委托, a correction or a consent given anew, checked as the list was
    Transition("addition", "take_addition", ("proposed",), "taken", "case.check"),
    Transition(
        "addition", "return_addition", ("proposed",), "returned", "case.check", needs_reason=True
    ),
    # objection: contested, rechecked with its source by the tier that found it, told (143号 五)
    Transition("objection", "match_objection", ("lodged",), "taken", "objection.take"),
    Transition(
        "objection",
        "decline_objection",
        ("lodged",),
        "declined",
        "objection.take",
        needs_reason=True,
    ),
    Transition("objection", "send_objection", ("taken",), "sent", "objection.recheck"),
    Transition("objection", "pass_objection", ("taken",), "sent", SYSTEM),
    Transition(
        "objection",
        "ask_source",
        ("taken", "rechecking", "concluded", "told"),
        "rechecking",
        "objection.recheck",
    ),
    Transition("objection", "conclude", ("rechecking",), "concluded", "objection.recheck"),
    Transition("objection", "be_concluded", ("sent", "concluded", "told"), "concluded", SYSTEM),
    Transition("objection", "tell_person", ("concluded",), "told", "objection.tell"),
    Transition("objection", "dispute", ("told",), "disputed", "objection.take"),
    Transition("objection", "settle_dispute", ("disputed",), "settled", "objection.settle"),
    Transition("objection", "tell_settled", ("settled",), "closed", "objection.tell"),
    # evaluation (第十八条): a sheet has a row at either agency; what the other did comes by letter
    Transition("evaluation", "assess_self", ("set",), "assessed", "evaluation.answer"),
    Transition("evaluation", "be_assessed", ("set",), "assessed", SYSTEM),
    Transition("evaluation", "score", ("assessed",), "scored", "evaluation.score"),
    Transition("evaluation", "be_scored", ("assessed",), "scored", SYSTEM),
    Transition("evaluation", "agree", ("scored",), "final", "evaluation.answer"),
    Transition("evaluation", "be_agreed", ("scored",), "final", SYSTEM),
    Transition("evaluation", "let_stand", ("scored",), "final", SYSTEM),
    Transition("evaluation", "be_let_stand", ("scored",), "final", SYSTEM),
    Transition(
        "evaluation", "contest", ("scored",), "contested", "evaluation.answer", needs_reason=True
    ),
    Transition("evaluation", "be_contested", ("scored",), "contested", SYSTEM),
    Transition(
        "evaluation", "settle", ("contested",), "final", "evaluation.score", needs_reason=True
    ),
    Transition("evaluation", "be_settled", ("contested",), "final", SYSTEM),
    # inspection of use: drawn by the system, judged one by one, ended with a report (95号 二(四))
    Transition("inspection", "draw", ("drawing",), "judging", SYSTEM),
    Transition("inspection", "conclude_inspection", ("judging",), "ended", "inspection.run"),
    # look: one item of an inspection, explained by who looked and judged by somebody else
    Transition("look", "ask_look", ("picked", "answered"), "asked", "inspection.run"),
    Transition("look", "answer_look", ("asked",), "answered", "own.manage"),
    Transition("look", "note_answer", ("picked", "asked"), "answered", "inspection.run"),
    Transition("look", "judge_look", ("picked", "asked", "answered"), "judged", "inspection.run"),
    # temporary: asked at the township, looked into, decided by two bureaus, paid (143号 三)
    Transition("temporary", "investigate", ("applied",), "visited", "temporary.apply"),
    Transition(
        "temporary",
        "send_back_temporary",
        ("visited",),
        "applied",
        "temporary.check",
        needs_reason=True,
    ),
    Transition(
        "temporary",
        "withdraw_temporary",
        ("applied", "visited"),
        "withdrawn",
        "temporary.apply",
        needs_reason=True,
    ),
    Transition("temporary", "put_forward", ("visited",), "determining", "temporary.check"),
    Transition("temporary", "grant_temporary", ("determining",), "granted", SYSTEM),
    Transition("temporary", "refuse_temporary", ("determining",), "refused", SYSTEM),
    Transition("temporary", "list_temporary", ("granted", "returned"), "listed", "temporary.pay"),
    Transition("temporary", "pay_temporary", ("listed",), "paid", "temporary.pay"),
    Transition(
        "temporary",
        "return_temporary",
        ("listed", "paid"),
        "returned",
        "temporary.pay",
        needs_reason=True,
    ),
    Transition(
        "temporary",
        "release_temporary",
        ("returned",),
        "released",
        "temporary.release",
        needs_reason=True,
    ),
    # temporary_rule: a city's standard, proposed by one bureau and agreed to by the other
    Transition("temporary_rule", "agree_rule", ("proposed",), "in_force", "temporary.agree"),
    Transition(
        "temporary_rule",
        "turn_down_rule",
        ("proposed",),
        "turned_down",
        "temporary.agree",
        needs_reason=True,
    ),
)

NOT_HANDED_IN = ("prepared", "discarded")
"""States in which a household is still its unit's own affair: the agency does not see it."""

HANDED_OVER = ("reported", "closed")
"""States in which the result was handed over; closed once the decision on it is known."""

INITIAL: dict[Machine, tuple[str, ...]] = {
    "case": ("prepared", "accepted"),
    "request": ("draft",),
    "reply": ("received",),
    "letter": ("prepared",),
    "report": ("drafted", "issued"),
    "tip_off": ("registered",),
    "integrity": ("proposed",),
    "matter": ("open",),
    "exclusion": ("proposed",),
    "archive": ("filed",),
    "destruction": ("proposed",),
    "addition": ("proposed",),
    "objection": ("lodged", "taken"),
    "evaluation": ("set",),
    "inspection": ("drawing",),
    "look": ("picked",),
    "temporary": ("applied",),
    "temporary_rule": ("proposed", "in_force"),
}
"""States in which a row may be born: a case that comes from below skips the intake check, and
a higher tier's report arrives issued, and so does a city's standard."""


def transition(machine: Machine, action: str) -> Transition:
    """The one way called ``action``; ``KeyError`` when the table has none."""
    for row in TRANSITIONS:
        if (row.machine, row.action) == (machine, action):
            return row
    raise KeyError(f"{machine} has no action {action}")


def states_of(machine: Machine) -> tuple[str, ...]:
    """Every state of a machine, in the order of the table."""
    seen = dict.fromkeys(INITIAL[machine])
    for row in TRANSITIONS:
        if row.machine == machine:
            seen.update(dict.fromkeys((*row.sources, row.target)))
    return tuple(seen)
