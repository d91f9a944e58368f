"""The messages of the exchange interface, in either direction.

Money is whole fen. Nothing is coerced: a number written as text is a fault, and so is a key that
the interface does not know. A blank is never an answer: see ``Answer``.
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from hedui_connector.wire.faults import broken
from hedui_connector.wire.limits import LINES_PER_PAGE, LINES_PER_REQUEST

RequestId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
PartyCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{2,32}$")]
ItemCode = Annotated[int, Field(ge=101, le=9999)]
Ordinal = Annotated[int, Field(ge=1, le=LINES_PER_REQUEST * 100)]
Words = Annotated[str, Field(min_length=1, max_length=200)]
Digest = Annotated[str, Field(pattern=r"^sha-256=:[A-Za-z0-9+/]{43}=:$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Value = str | int | bool | None
Record = dict[str, Value]


class Message(BaseModel):
    """What all messages share: exact types, no unknown keys, never changed once read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class FieldType(StrEnum):
    """How a value travels: text, ISO date, fen, decimal as text, a code's value, true or false."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    CODE = "code"
    YES_NO = "yes_no"


class ItemField(Message):
    """One field of a data item, as the catalogue of the asking side describes it."""

    name: Name
    title: Words
    type: FieldType
    unit: str = ""
    codes: dict[str, str] = {}
    sensitive: bool = False


class Item(Message):
    """A data item: what is asked, by which article, and the fields of each record."""

    code: ItemCode
    name: Name
    title: Words
    article: Words
    fields: Annotated[tuple[ItemField, ...], Field(min_length=1, max_length=100)]


class Party(Message):
    """An agency or a sharing unit."""

    code: PartyCode
    name: Words


class Head(Message):
    """A request to one unit: who asks, what, how many lines will come, by when to answer."""

    interface: Literal["hedui-exchange/1"]
    id: RequestId
    number: Words
    agency: Party
    unit: Party
    period: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
    sent_at: AwareDatetime
    due_on: dt.date | None
    lines: Annotated[int, Field(ge=1, le=LINES_PER_REQUEST)]
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        if len({item.code for item in self.items}) != len(self.items):
            raise broken("items_twice")
        return self


class Authorisation(Message):
    """A person's consent: the unit may ask the agency for the scan with this digest."""

    signed_on: dt.date
    expires_on: dt.date
    scope: Literal["all"] | tuple[ItemCode, ...]
    digest: Digest

    def covers(self, item: int, day: dt.date) -> bool:
        """Whether it was in force on ``day`` for a data item."""
        is_in_scope = self.scope == "all" or item in self.scope
        return is_in_scope and self.signed_on <= day <= self.expires_on


class Line(Message):
    """One asked person; ``line`` counts from 1 without gaps."""

    line: Ordinal
    name: Annotated[str, Field(min_length=1, max_length=100)]
    id_number: Annotated[str, Field(pattern=r"^[0-9A-Z]{5,30}$")]
    items: Annotated[tuple[ItemCode, ...], Field(min_length=1, max_length=200)]
    authorisation: Authorisation

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        if len(set(self.items)) != len(self.items):
            raise broken("items_twice")
        return self


class Outcome(StrEnum):
    """How an asked line and item ended."""

    HIT = "hit"
    NO_RECORD = "no_record"
    UNABLE = "unable"
    REFUSED = "refused"


class Reason(Message):
    """Why there is no answer: a code for machines, words for people, nothing about the person."""

    code: Name
    words: Words


class Threshold(Message):
    """All that a unit says which may tell no amounts: whether one is above a limit (in fen)."""

    field: Name
    limit_fen: Annotated[int, Field(ge=0)]
    is_above: bool


class Answer(Message):
    """The answer to one line and one item; ``answer`` counts from 1 within the request."""

    answer: Ordinal
    line: Ordinal
    item: ItemCode
    outcome: Outcome
    as_of: dt.date
    records: tuple[Record, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    reason: Reason | None = None

    @model_validator(mode="after")
    def _is_explicit(self) -> Self:
        if (self.outcome is Outcome.HIT) != bool(self.records or self.thresholds):
            raise broken("hit_without_content")
        needs_reason = self.outcome in (Outcome.UNABLE, Outcome.REFUSED)
        if needs_reason != (self.reason is not None):
            raise broken("outcome_without_reason")
        return self


class End(Message):
    """The last line of a page: rows in it, the cursor to go on from, whether this was the last."""

    count: Annotated[int, Field(ge=0, le=LINES_PER_PAGE)]
    next: Annotated[str, Field(pattern=r"^[0-9]{1,12}$")]
    is_last: bool


class State(StrEnum):
    """Where a request is at the one who answers it."""

    RECEIVING = "receiving"
    ANSWERING = "answering"
    ANSWERED = "answered"
    TAKEN = "taken"


class Status(Message):
    """How far a request is: lines received of those announced, lines answered, answers ready."""

    interface: Literal["hedui-exchange/1"]
    id: RequestId
    state: State
    lines: int
    lines_received: int
    lines_answered: int
    answers: int
    note: str = ""


class Taken(Message):
    """The asking side has kept all answers, this many; the other may erase its copy."""

    answers: Annotated[int, Field(ge=0)]


class Receipt(Message):
    """A unit that pulls has the whole request: the reply clock starts."""

    lines: Annotated[int, Field(ge=1, le=LINES_PER_REQUEST)]


class NotTaken(Message):
    """A unit did not take a file of the exchange folder: which part, why, and when it said so."""

    part: Annotated[str, Field(pattern=r"^(head|lines-\d{9}|taken)$")]
    code: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]
    words: Annotated[str, Field(min_length=1, max_length=1000)]
    at: AwareDatetime


class Listing(Message):
    """Requests that wait for a unit that pulls them."""

    requests: tuple[Status, ...]
