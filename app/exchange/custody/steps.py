"""What may happen to a medium, in which order. Pure data and decisions.

The law asks for exchange by encrypted disc or USB (操作规程 三（一）3) and says nothing of what
becomes of the medium; that two people are there when it is destroyed or wiped is ours.
"""

from typing import Literal

Carrier = Literal["disc", "usb", "drive", "line"]
Step = Literal[
    "written",
    "password_told",
    "handed_over",
    "received_back",
    "destroyed",
    "wiped",
    "returned",
    "destroyed_there",
    "lost",
]

CARRIERS: tuple[Carrier, ...] = ("disc", "usb", "drive", "line")
STEPS: tuple[Step, ...] = (
    "written",
    "password_told",
    "handed_over",
    "received_back",
    "destroyed",
    "wiped",
    "returned",
    "destroyed_there",
    "lost",
)

ENDINGS: tuple[Step, ...] = ("destroyed", "wiped", "returned", "destroyed_there", "lost")
"""After these nothing of the medium is left to look after."""

WITNESSED: tuple[Step, ...] = ("destroyed", "wiped")
"""Done by one person while another one watches."""

EXPLAINED: tuple[Step, ...] = ("destroyed_there", "lost")
"""Not done here: it is written down why, or by what paper it is known."""

NAMED: tuple[Step, ...] = ("password_told", "handed_over", "received_back", "returned")
"""Somebody at the sharing unit is on the other side."""

_AFTER: dict[Step, tuple[Step, ...]] = {
    "written": ("handed_over", "destroyed", "wiped", "lost"),
    "handed_over": ("received_back", "destroyed_there", "lost"),
    "received_back": ("destroyed", "wiped", "returned", "lost"),
}


def may_follow(last: str, carrier: str) -> tuple[Step, ...]:
    """The steps that may come after ``last``; what goes by a line leaves nothing to take back."""
    if last not in _AFTER or (carrier == "line" and last == "handed_over"):
        return ()
    if carrier == "line":
        return ("handed_over",)
    return _AFTER[last]


def ends(step: str, carrier: str) -> bool:
    """Whether nothing is left to look after once this was done."""
    return step in ENDINGS or (carrier == "line" and step == "handed_over")
