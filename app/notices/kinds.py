"""Every kind of notice, and the page that it leads to. Pure data.

A kind's sentence is the message ``notice.<kind>`` of the package that tells it; it may hold
``{number}`` (of a document) and ``{count}``. The first page that the reader may open is linked.
"""

Page = tuple[str, str]
"""An endpoint, and the argument that takes the notice's object; empty for none."""

KINDS: dict[str, tuple[Page, ...]] = {
    "entrustment.submitted": (("intake.check", "entrustment_id"),),
    "entrustment.resubmitted": (("intake.check", "entrustment_id"),),
    "list.waiting": (("intake.columns", "file_id"),),
    "list.swept": (("intake.lists", ""),),
    "case.returned": (("intake.returned", ""), ("intake.lists", "")),
    "case.terminated": (("intake.show_entrustment", "entrustment_id"), ("intake.lists", "")),
    "case.expedited": (("expedited.show", ""), ("exchange.requests", "")),
    "case.hastened": (("intake.show_entrustment", "entrustment_id"), ("intake.lists", "")),
    "case.withdrawn": (("cases.index", ""),),
    "household.changed": (("cases.index", ""),),
    "addition.proposed": (("changes.additions", ""),),
    "addition.taken": (("intake.show_entrustment", "entrustment_id"), ("intake.lists", "")),
    "addition.returned": (("intake.show_entrustment", "entrustment_id"), ("intake.lists", "")),
    "letter.supplemented": (("delegation.show_entrustment", "entrustment_id"),),
    "letter.came": (("delegation.show_entrustment", "entrustment_id"),),
    "letter.recalled": (("delegation.show_received", ""),),
    "letter.handed_back": (("exchange.requests", ""), ("delegation.letters", "")),
    "letter.terminated": (("cases.index", ""),),
    "letter.answered": (("report.show", ""),),
    "matter.opened": (("matters.to_explain", ""),),
    "objection.lodged": (("objections.index", ""),),
    "objection.declined": (("objections.lodged", ""), ("objections.to_tell", "")),
    "objection.taken": (("objections.index", ""),),
    "objection.disputed": (("objections.index", ""),),
    "objection.concluded": (("objections.to_tell", ""), ("objections.index", "")),
    "archive.proposed": (("archive_destructions.show", "destruction_id"),),
    "archive.confirmed": (("archive_destructions.show", "destruction_id"),),
    "look.asked": (("own_looks.show", "look_id"),),
    "report.ready": (("report.feedback", ""),),
    "decision.due_soon": (("decisions.index", ""),),
    "decision.overdue": (("decisions.index", ""), ("decisions.received", "")),
    "request.ready": (("liaison.show_request", "request_id"),),
    "request.stopped": (("exchange.show_request", "request_id"), ("liaison.requests", "")),
    "request.overdue": (
        ("exchange.show_request", "request_id"),
        ("liaison.show_request", "request_id"),
    ),
    "map.in_force": (("map_changes.show", "change_id"),),
    "holiday.changed": (("holidays.show_notice", "holiday_id"),),
    "request.due_soon": (
        ("exchange.show_request", "request_id"),
        ("liaison.show_request", "request_id"),
    ),
    "request.escalated": (("oversight.show", ""),),
    "request.extended": (
        ("exchange.show_request", "request_id"),
        ("liaison.show_request", "request_id"),
    ),
    **{
        f"evaluation.{step}": (("evaluation.show", "sheet_id"),)
        for step in ("set", "assess", "score", "agree", "stand", "contest", "settle")
    },
    "employer.waits": (("sharing.show_employers", ""),),
    "inquiry.due_soon": (("inquiries.show", ""),),
    "inquiry.overdue": (("inquiries.show", ""),),
    "inquiry.escalated": (("oversight.show", ""),),
    "wire.dead": (("exchange.show_request", "request_id"),),
    "folder.refused": (("exchange.undelivered", ""),),
    "reply.arrived": (("exchange.show_reply", "reply_id"),),
    "reply.columns": (("exchange.show_reply", "reply_id"),),
    "reply.refused": (("liaison.show_reply", "reply_id"),),
    "stand_in.filed": (("people.show_stand_ins", ""), ("people.show_own", "")),
    "stand_in.ended": (("people.show_stand_ins", ""), ("people.show_own", "")),
    "person.moved": (("people.show_person", "account_id"),),
    "file.made": (("made.show_one", "made_id"),),
    "file.failed": (("made.show_one", "made_id"),),
    "person.opened": (("people.show_person", "account_id"),),
}
