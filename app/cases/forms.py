"""The filter of the case list, as its address carries it."""

from flask import request

from app.cases.filtering import Filter
from app.cases.messages import STATE_TITLES
from app.cases.models import SCHEMES
from app.cases.paging import number_asked
from app.cases.transitions import NOT_HANDED_IN

STATE_CHOICES = [
    (state, title) for state, title in STATE_TITLES["case"].items() if state not in NOT_HANDED_IN
]


def filter_asked() -> Filter:
    """The filter named in the address; what is not known there narrows nothing."""
    asked = request.args
    state, scheme = asked.get("state", ""), asked.get("scheme", "")
    return Filter(
        state=state if state in dict(STATE_CHOICES) else "",
        scheme=scheme if scheme in SCHEMES else "",
        period=number_asked("period"),
        unit=number_asked("unit"),
        sender=number_asked("sender"),
        entrustment=asked.get("entrustment", 0, type=int),
        late=asked.get("late") == "1",
        lane="expedited" if asked.get("lane") == "expedited" else "",
    )
