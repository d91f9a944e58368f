"""The one TOML file, typed. A key that is not known is a fault, with the key that was meant."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hedui_connector.settings.faults import wrong
from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.limits import CLOCK_SKEW_S, LINES_PER_PAGE
from hedui_connector.wire.models import ItemCode, Name, PartyCode, Words

HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
ONLY_READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\(\s*:id_numbers\s*\)")
PORTAL = re.compile(r"https://[^/\s]+/?|http://(127\.0\.0\.1|localhost)(:\d+)?/?|unix:/\S+")
ASKED_TABLE = "hedui_asked"


class Table(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KeyFile(Table):
    """A key: ``file`` is beside the TOML file unless it is absolute."""

    keyid: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
    algorithm: str = "ed25519"
    file: Path

    @field_validator("algorithm")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in ALGORITHMS:
            raise wrong("algorithm", known=", ".join(ALGORITHMS))
        return value


class Unit(Table):
    """The unit that answers. ``box``: the private key that files of the exchange folder are sealed
    to, beside the TOML file unless it is absolute."""

    code: PartyCode
    name: Words
    key: KeyFile
    box: Path | None = None


class Agency(Table):
    """An agency that may ask. ``refuse``: none of its requests is answered, for this reason.

    ``portal``: where ``pull`` fetches its requests, every ``every_s`` seconds; ``own_key``: the
    unit's key as this agency registered it, where that is not ``unit.key``; ``box``: the public key
    to which files for it are sealed.
    """

    code: PartyCode
    name: Words
    key: KeyFile
    own_key: KeyFile | None = None
    box: Path | None = None
    portal: str = ""
    every_s: Annotated[int, Field(ge=1, le=86_400)] = 60
    refuse: str = ""

    @field_validator("portal")
    @classmethod
    def _is_reached_safely(cls, value: str) -> str:
        if value and not PORTAL.fullmatch(value):
            raise wrong("portal")
        return value


class Server(Table):
    """Where it listens, and what it keeps in which folder."""

    listen: str = "127.0.0.1:8470"
    state: Path = Path("state")
    threads: Annotated[int, Field(ge=1, le=32)] = 4
    patience_s: Annotated[int, Field(ge=1, le=600)] = 60
    clock_skew_s: Annotated[int, Field(ge=1, le=300)] = CLOCK_SKEW_S
    lines_per_page: Annotated[int, Field(ge=1, le=LINES_PER_PAGE)] = LINES_PER_PAGE

    @field_validator("listen")
    @classmethod
    def _is_local(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        is_loopback = host in ("127.0.0.1", "localhost") and port.isdecimal()
        if not (value.startswith("unix:/") or is_loopback and 0 < int(port) < 65536):
            raise wrong("listen")
        return value


class Source(Table):
    """A database by its SQLAlchemy address, or a folder of csv and xlsx files."""

    database: str = ""
    folder: Path | None = None

    @field_validator("database")
    @classmethod
    def _is_address(cls, value: str) -> str:
        try:
            if value:
                make_url(value)
        except (ArgumentError, ValueError):
            raise wrong("address") from None
        return value

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if bool(self.database) == (self.folder is not None):
            raise wrong("one_source")
        return self


class Load(Table):
    """How hard the unit's own system may be asked."""

    batch: Annotated[int, Field(ge=1, le=500)] = 200
    pause_ms: Annotated[int, Field(ge=0, le=600_000)] = 100
    most_per_minute: Annotated[int, Field(ge=1)] = 60_000
    hours: tuple[str, ...] = ()

    @field_validator("hours")
    @classmethod
    def _are_spans(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(HOURS.fullmatch(span) for span in value):
            raise wrong("hours")
        return value

    @property
    def spans(self) -> list[tuple[dt.time, dt.time]]:
        """The hours as pairs of times; one that ends before it begins goes over midnight."""
        ends = (span.split("-") for span in self.hours)
        return [(dt.time.fromisoformat(a), dt.time.fromisoformat(b)) for a, b in ends]


class AsOf(Table):
    """The day as of which the source answers: a column, the result of a query, or the day."""

    column: Name | None = None
    query: str = ""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if self.column is not None and self.query:
            raise wrong("one_day")
        return self


class ThresholdRule(Table):
    """Say only whether an amount is above a limit: of all records together, or of the largest."""

    field: Name
    above_yuan: Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]
    of: Literal["sum", "largest"] = "sum"

    @property
    def limit_fen(self) -> int:
        return int(self.above_yuan * 100)


class ItemQuery(Table):
    """How one data item is looked up, or why it is not."""

    sql: str = ""
    as_of: AsOf = AsOf()
    threshold: ThresholdRule | None = None
    refuse: str = ""

    @field_validator("sql")
    @classmethod
    def _reads_persons(cls, value: str) -> str:
        if not value:
            return value
        if not ONLY_READS.match(value):
            raise wrong("only_reads")
        if IN_BRACKETS.search(value):
            raise wrong("in_brackets")
        if (":id_numbers" in value) == (ASKED_TABLE in value):
            raise wrong("persons")
        return value

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if bool(self.sql) == bool(self.refuse):
            raise wrong("sql_or_refuse")
        return self

    @property
    def by_table(self) -> bool:
        """Whether the persons asked for go into a temporary table."""
        return ASKED_TABLE in self.sql


class Settings(Table):
    """The whole file."""

    unit: Unit
    server: Server = Server()
    source: Source
    load: Load = Load()
    agencies: Annotated[tuple[Agency, ...], Field(min_length=1)]
    items: Annotated[dict[ItemCode, ItemQuery], Field(min_length=1)]

    @model_validator(mode="after")
    def _agencies_differ(self) -> Self:
        if len({agency.key.keyid for agency in self.agencies}) != len(self.agencies):
            raise wrong("keyid_twice")
        return self


class CheckSettings(Table):
    """The file of ``check``: who asks, with which key, and what answers."""

    agency: PartyCode
    unit: PartyCode
    key: KeyFile
    unit_key: KeyFile
    item: ItemCode
    persons: Path | None = None
    lines: Annotated[int, Field(ge=4, le=LINES_PER_PAGE)] = 12
    patience_s: Annotated[int, Field(ge=1, le=3600)] = 120
