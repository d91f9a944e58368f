"""How loud each state is shown; the words are in ``messages``, the tones in the badge component."""

from app.cases.messages import STATE_TITLES

_TONES = {
    "case": {
        "prepared": "plain",
        "discarded": "stopped",
        "submitted": "active",
        "returned": "strong",
        "accepted": "active",
        "checking": "active",
        "terminated": "stopped",
        "reported": "done",
        "closed": "done",
        "recalled": "stopped",
        "withdrawn": "stopped",
    },
    "report": {
        "drafted": "plain",
        "issued": "done",
        "received": "done",
        "replaced": "stopped",
    },
    "matter": {
        "open": "strong",
        "explained": "active",
        "signed": "done",
        "excluded": "done",
        "lapsed": "stopped",
    },
    "exclusion": {
        "proposed": "active",
        "signed": "done",
        "turned_down": "stopped",
    },
    "archive": {"filed": "done", "proposed": "strong", "destroyed": "stopped"},
    "destruction": {
        "proposed": "active",
        "confirmed": "active",
        "destroying": "active",
        "destroyed": "stopped",
        "turned_down": "stopped",
    },
    "addition": {
        "proposed": "active",
        "taken": "done",
        "returned": "strong",
    },
    "integrity": {
        "proposed": "strong",
        "turned_down": "stopped",
        "confirmed": "strong",
        "in_force": "active",
        "suspended": "strong",
        "withdrawn": "stopped",
    },
    "tip_off": {
        "registered": "strong",
        "assigned": "active",
        "handled": "strong",
        "closed": "done",
    },
    "objection": {
        "lodged": "strong",
        "declined": "stopped",
        "taken": "strong",
        "sent": "active",
        "rechecking": "active",
        "concluded": "strong",
        "told": "done",
        "disputed": "strong",
        "settled": "active",
        "closed": "done",
    },
    "temporary": {
        "applied": "active",
        "visited": "strong",
        "withdrawn": "stopped",
        "determining": "strong",
        "granted": "active",
        "refused": "stopped",
        "listed": "active",
        "paid": "done",
        "returned": "strong",
        "released": "stopped",
    },
    "temporary_rule": {"proposed": "strong", "in_force": "done", "turned_down": "stopped"},
    "evaluation": {
        "set": "active",
        "assessed": "active",
        "scored": "active",
        "contested": "strong",
        "final": "done",
    },
    "inspection": {
        "drawing": "active",
        "judging": "strong",
        "ended": "done",
    },
    "look": {
        "picked": "strong",
        "asked": "active",
        "answered": "strong",
        "judged": "done",
    },
}

BADGES = {
    machine: {state: (STATE_TITLES[machine][state], tone) for state, tone in tones.items()}
    for machine, tones in _TONES.items()
}
"""Machine → state → (title, tone), as ``status_badge`` wants it."""
