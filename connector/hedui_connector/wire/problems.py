"""Problem documents (RFC 9457): every refusal of the interface is one."""

from pydantic import BaseModel, ConfigDict, Field

from hedui_connector.wire.faults import Fault
from hedui_connector.wire.limits import FAULTS_TOLD
from hedui_connector.wire.messages import PROBLEM_DETAILS, PROBLEM_TITLES

MEDIA_TYPE = "application/problem+json"
STATUS = {
    "unauthenticated": 401,
    "not_found": 404,
    "no_such_address": 404,
    "wrong_method": 405,
    "conflict": 409,
    "not_answered": 409,
    "gone": 410,
    "length_needed": 411,
    "too_large": 413,
    "wrong_type": 415,
    "bad_message": 422,
    "key_reused": 422,
    "key_missing": 400,
    "bad_query": 400,
    "too_many": 429,
    "internal": 500,
}


class Problem(BaseModel):
    """One refusal: ``code`` for machines, title and detail for people, faults with their places."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    type: str = Field(pattern=r"^urn:hedui:problem:[a-z_]+$")
    code: str
    title: str
    status: int
    detail: str
    faults: tuple[Fault, ...] = ()


class Refusal(Exception):
    """Raised where a rule of the interface is broken; becomes the answer's problem document."""

    def __init__(self, code: str, *faults: Fault, **values: object) -> None:
        super().__init__(code)
        self.problem = Problem(
            type=f"urn:hedui:problem:{code}",
            code=code,
            title=PROBLEM_TITLES[code],
            status=STATUS[code],
            detail=PROBLEM_DETAILS[code].format(**values),
            faults=faults[:FAULTS_TOLD],
        )


class Early(Refusal):
    """What comes before it is not there yet: over HTTP a conflict; in a folder it may wait."""
