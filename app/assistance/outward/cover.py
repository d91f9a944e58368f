"""The cover of a list: for whom, for what, by which notice, and whether consent is needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.assistance.outward.messages import say
from app.intake.wording import title
from app.report.paper.blocks import NOTE, TEXT_WIDTH_MM, Closing, Column, Draft, Table, Text
from app.report.paper.paging import paginate
from app.report.paper.render import render_together
from app.web.formats import written_day
from tenants.rulebook.outward import OutwardFlow

_LABEL_MM = 34.0


@dataclass(frozen=True)
class Head:
    """What a list says of itself: by whom, for whom, which days, how many, for what; ``words`` take
    the place of lines of its cover."""

    number: str
    agency: str
    recipient: str
    flow: OutwardFlow
    basis: str
    as_of: str
    base: str
    counts: Mapping[str, int]
    made_on: str
    stamp: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, Any]:
        """As the manifest and the stamp have it."""
        return {
            **{"number": self.number, "agency": self.agency, "recipient": self.recipient},
            **{"flow": self.flow.code, "purpose": self.flow.purpose, "basis": self.basis},
            **{"needs_authorisation": self.flow.needs_authorisation, "as_of": self.as_of},
            **{"base": self.base, "counts": dict(self.counts), "made_on": self.made_on},
            "words": dict(self.words),
        }


def cover_lines(head: Head) -> list[tuple[str, str]]:
    """Label and value of each line, as the cover and the top of the workbook have them."""
    as_of = written_day(date.fromisoformat(head.as_of))
    kind = say("outward.full") if not head.base else say("outward.against", base=head.base)
    consent = "outward.consent_needed" if head.flow.needs_authorisation else "outward.consent_not"
    values = {
        "recipient": head.recipient,
        "purpose": head.flow.purpose,
        "basis": head.basis or say("outward.basis_ours"),
        "consent": say(consent),
        "schemes": say("outward.then").join(title("scheme", one) for one in head.flow.schemes),
        "as_of": say("outward.until", day=as_of),
        "kind": kind,
        "counts": _counted(head),
        "stamp": head.stamp,
        **head.words,
    }
    return [(say(f"outward.cover.{name}"), value) for name, value in values.items()]


def _counted(head: Head) -> str:
    if "counts" in head.words:
        return head.words["counts"]
    return say("outward.counts" if head.base else "outward.total", **head.counts)


def as_cover(head: Head) -> bytes:
    """The cover as PDF. Raises ``Fault`` (``report.engine_failed``) when the engine fails."""
    columns = (Column("", _LABEL_MM, label=True), Column("", TEXT_WIDTH_MM - _LABEL_MM))
    rows = tuple(((label,), (value,)) for label, value in cover_lines(head))
    draft = Draft(
        title=head.flow.title,
        number=head.number,
        confidential=say("outward.secret"),
        blocks=(
            Table(columns, rows, headed=False, least_mm=8.0),
            Text(say("outward.use")),
            Text(say("outward.made"), NOTE, indented=False),
        ),
        closing=Closing((), "", head.agency, written_day(date.fromisoformat(head.made_on))),
    )
    return render_together([paginate(draft)], draft.title)
