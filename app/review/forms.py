"""The filter of the review list, and the reasons of a termination."""

from dataclasses import dataclass

from flask import request

from app.cases.messages import joined_reason
from app.cases.models import SCHEMES
from app.review.messages import TERMINATION_REASONS

ORIGINS = {"": "全部", "unit": "本级委托", "below": "下级委托"}


def origin_asked() -> str:
    """``unit``, ``below`` or nothing, as the address says."""
    asked = request.args.get("origin", "")
    return asked if asked in ORIGINS else ""


def scheme_asked() -> str:
    """The scheme that the address narrows to."""
    asked = request.args.get("scheme", "")
    return asked if asked in SCHEMES else ""


@dataclass(frozen=True)
class TerminationReason:
    """The ticked reasons of a termination and what was written beside them."""

    ticked: tuple[str, ...]
    text: str

    @property
    def sentence(self) -> str:
        """All of it as the history keeps it; empty when no reason was given."""
        return joined_reason([TERMINATION_REASONS[code] for code in self.ticked], self.text)


def termination_reason() -> TerminationReason:
    """From the form's fields ``reasons`` and ``text``; unknown codes are left out."""
    sent = request.form.getlist("reasons")
    ticked = tuple(code for code in sent if code in TERMINATION_REASONS)
    return TerminationReason(ticked, request.form.get("text", ""))
