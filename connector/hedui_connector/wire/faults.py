"""What is wrong with a message, in words: where, what, what would be right."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from hedui_connector.wire.messages import FAULT_TITLES, KINDS


class Fault(BaseModel):
    """One fault: ``row`` in the page (0: not in a row), the key, what is wrong, what is right."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    row: int = 0
    place: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return FAULT_TITLES["whole"].format(place=self.place, wrong=self.wrong, right=self.right)


def broken(code: str) -> PydanticCustomError:
    """What a model raises where a rule of the interface is broken: a key of ``FAULT_TITLES``."""
    return PydanticCustomError("wire", "{code}", {"code": code})


def fault(code: str, place: str, *, row: int = 0, **values: object) -> Fault:
    """The fault ``code`` at a place, in its words."""
    wrong, right = (part.format(**values) for part in FAULT_TITLES[code].split("|"))
    return Fault(row=row, place=place, wrong=wrong, right=right)


def faults_of(error: ValidationError, row: int = 0) -> Iterator[Fault]:
    """The faults that a model found, never with the values that were given."""
    for detail in error.errors(include_url=False, include_input=False):
        yield _fault_of(detail, row)


def _fault_of(detail: ErrorDetails, row: int) -> Fault:
    place = ".".join(str(part) for part in detail["loc"] if not str(part).startswith("function-"))
    context = detail.get("ctx", {})
    if detail["type"] == "wire":
        return fault(context["code"], place or "-", row=row)
    code = detail["type"] if detail["type"] in FAULT_TITLES else KINDS.get(detail["type"], "other")
    return fault(code, place or "-", row=row, **context)
