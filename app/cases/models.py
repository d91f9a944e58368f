"""Entrustment, case, subject, authorisation, declaration, ask; duties, actions and events."""

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.transitions import states_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

SCHEMES = (
    "subsistence",
    "extreme_hardship",
    "low_income",
    "temporary",
    "medical",
    "housing",
    "education",
)

LANES = ("regular", "expedited")
"""How a household is checked: with its month, or at once because of an emergency."""

JOINED = ("birth", "marriage", "moved_in", "forgotten")
"""Why somebody is added to a household after it was handed in."""

# Who uploads or entrusts writes new rows; what is there changes only as its verbs need it.
_BY_UNIT = {
    "desk": "select insert update",
    "commissioner": "select insert",
    "township": "select insert",
}
# A desk changes what it prepared; the department, what it declared of a returned household.
_CORRECTED_BY_UNIT = _BY_UNIT | {
    "commissioner": "select insert delete",
    "township": "select insert delete",
}
_PREPARED = (
    *("state", "rev", "household_no"),
    *("list_id", "scheme", "application", "region", "size", "head_sealed"),
)
_ENTRUSTED = ("entrustment_id", "number", "period", "due_on")
_LEFT = ("left_on", "left_reason")
_SUBJECT_BY_UNIT = _CORRECTED_BY_UNIT | dict.fromkeys(
    ("commissioner", "township"), Grant("select insert update delete", update_columns=_LEFT)
)
# A consent that is taken back is marked by whoever holds the household.
_CONSENT_BY_UNIT = _CORRECTED_BY_UNIT | dict.fromkeys(
    ("commissioner", "township"),
    Grant("select insert update delete", update_columns=("withdrawn_on",)),
)
_CASE_BY_UNIT = _BY_UNIT | {
    "commissioner": Grant("select insert update", update_columns=(*_PREPARED, *_ENTRUSTED)),
    "township": Grant(
        "select insert update",
        update_columns=(*_PREPARED, *_ENTRUSTED),
        update_states=("prepared", "discarded", "submitted"),
    ),
}
_ACT = Grant("select insert update", update_columns=("done", "skipped"))


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that ``column`` holds one of ``values``: text with a check, never a native enum."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Entrustment(TenantRow, Base):
    """One request of a commissioning unit, or of a lower agency, to this agency.

    Its state is derived from its cases; only whether it was submitted is a fact of its own.
    """

    __tablename__ = "entrustment"
    __table_args__ = (
        one_of("origin", ("unit", "below")),
        Index(
            None,
            "agency_id",
            "from_agency_id",
            "letter_key",
            unique=True,
            postgresql_where=text("origin = 'below'"),
        ),
        Index(
            None,
            "agency_id",
            "number",
            unique=True,
            postgresql_where=text("number <> ''"),
        ),
        Index(None, "agency_id", "unit_id", "period"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {
            "info": {
                "wall": Wall(
                    _BY_UNIT
                    | {"shredder": Grant("select", columns=("agency_id", "id", "letter_file_id"))}
                )
            }
        },
    )

    origin: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text, server_default="")
    period: Mapped[int] = mapped_column(Integer)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    from_agency_id: Mapped[int] = mapped_column(Integer, server_default="0")
    letter_key: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    letter_number: Mapped[str] = mapped_column(Text, server_default="")
    letter_on: Mapped[dt.date | None] = mapped_column(Date)
    letter_file_id: Mapped[int | None] = mapped_column(BigInteger)
    sealed_by: Mapped[int | None] = mapped_column(BigInteger)
    submitted_on: Mapped[dt.date | None] = mapped_column(Date)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class SubjectList(TenantRow, Base):
    """One uploaded list: a desk's households, waiting for their department or entrusted.

    A household that was typed in is a list of its own, without a file.
    """

    __tablename__ = "subject_list"
    __table_args__ = (
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {
            "info": {
                "wall": Wall(
                    _BY_UNIT
                    | {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "file_id", "error_file_id")
                        )
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    error_file_id: Mapped[int | None] = mapped_column(BigInteger)
    households: Mapped[int] = mapped_column(Integer, server_default="0")
    subjects: Mapped[int] = mapped_column(Integer, server_default="0")
    held_back: Mapped[int] = mapped_column(Integer, server_default="0")
    # The first faults of the rows held back, as the page shows them.
    faults_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The remembered layout that it was read by, where its headings alone did not say it.
    layout_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # A corrected list names the entrustment whose returned households it mends; 0 otherwise.
    corrects: Mapped[int] = mapped_column(BigInteger, server_default="0")
    uploaded_by: Mapped[int] = mapped_column(BigInteger)
    uploaded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class Case(TenantRow, Base):
    """One household. It moves by itself: one bad household never holds up a thousand good ones."""

    __tablename__ = "household_case"
    __table_args__ = (
        one_of("state", states_of("case")),
        one_of("origin", ("unit", "below")),
        one_of("scheme", SCHEMES),
        one_of("application", ("new", "periodic")),
        one_of("lane", LANES),
        ForeignKeyConstraint(
            ["agency_id", "entrustment_id"], ["entrustment.agency_id", "entrustment.id"]
        ),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "state", "id"),
        Index(None, "agency_id", "entrustment_id", "id"),
        Index(None, "agency_id", "list_id", "id"),
        Index(
            "ix_household_case_news",
            "agency_id",
            "id",
            postgresql_where=text("state IN ('reported', 'closed') AND has_news"),
        ),
        Index(
            None,
            "agency_id",
            "number",
            unique=True,
            postgresql_where=text("number <> ''"),
        ),
        {
            "info": {
                "wall": Wall(
                    _CASE_BY_UNIT
                    | {
                        "shredder": Grant(
                            "select delete",
                            columns=("agency_id", "id", "list_id", "entrustment_id"),
                        )
                    }
                )
            }
        },
    )

    entrustment_id: Mapped[int | None] = mapped_column(BigInteger)
    list_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    origin: Mapped[str] = mapped_column(Text)
    origin_case: Mapped[int] = mapped_column(BigInteger, server_default="0")
    from_agency_id: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    number: Mapped[str] = mapped_column(Text, server_default="")
    household_no: Mapped[str] = mapped_column(Text, server_default="")
    scheme: Mapped[str] = mapped_column(Text)
    application: Mapped[str] = mapped_column(Text)
    region: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(SmallInteger)
    head_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    period: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    lane: Mapped[str] = mapped_column(Text, server_default="regular")
    # Tiers between this agency and the one that was asked first: each must be done earlier.
    height: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    # How often the answers of own units, or of higher tiers, changed; a report notes the value
    # it was composed at, so that a late reply shows as "newer than the report".
    own_answers: Mapped[int] = mapped_column(Integer, server_default="0")
    upper_answers: Mapped[int] = mapped_column(Integer, server_default="0")
    # Whether an answer may be newer than the last report: only those cases are looked at exactly.
    has_news: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))


class CaseDuty(Base):
    """Who holds which step of a case, for its whole life: one person never holds two (五(一))."""

    __tablename__ = "case_duty"
    __table_args__ = (
        one_of("step", ("intake_check", "review", "issue")),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "case_id", "account_id")
                        ),
                        "desk": "select insert",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(Text)


class Subject(TenantRow, Base):
    """A person being verified. Identity is sealed; two blind hashes find the person again."""

    __tablename__ = "subject"
    __table_args__ = (
        one_of("role", ("applicant", "member", "obligor")),
        one_of("left_reason", ("", "died", "left", "corrected")),
        one_of("joined_reason", ("", *JOINED)),
        CheckConstraint("(joined_on IS NULL) = (joined_reason = '')", name="joined"),
        CheckConstraint("(left_on IS NULL) = (left_reason = '')", name="left"),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        Index(None, "agency_id", "case_id", "id"),
        Index(None, "agency_id", "id_hash"),
        Index(None, "agency_id", "name_hash"),
        Index(
            "ix_subject_corrected",
            "agency_id",
            "case_id",
            postgresql_where=text("left_reason = 'corrected'"),
        ),
        {
            "info": {
                "wall": Wall(
                    _SUBJECT_BY_UNIT
                    | {"shredder": Grant("select delete", columns=("agency_id", "id", "case_id"))}
                )
            }
        },
    )

    case_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    origin_subject: Mapped[int] = mapped_column(BigInteger, server_default="0")
    row_no: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(Text)
    relation: Mapped[str] = mapped_column(Text)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary)
    name_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # Somebody who died or moved away: from that day no member any more, and nothing is asked. Or a
    # row whose number was wrong (corrected): what is told under it is about somebody else.
    left_on: Mapped[dt.date | None] = mapped_column(Date)
    left_reason: Mapped[str] = mapped_column(Text, server_default="")
    # Somebody added after the household was handed in: a member from that day.
    joined_on: Mapped[dt.date | None] = mapped_column(Date)
    joined_reason: Mapped[str] = mapped_column(Text, server_default="")
    # The row of the same person whose number was wrong; 0 otherwise.
    replaces: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # A support obligor who refuses has no authorisation: asked about nothing, holding up nobody.
    refused_on: Mapped[dt.date | None] = mapped_column(Date)
    # What is to be checked: from the rulebook's matrix at approval, or from the letter that came.
    items: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default="{}")


class Authorisation(TenantRow, Base):
    """A subject's signed consent: from one day to another, and whether it was withdrawn."""

    __tablename__ = "authorisation"
    __table_args__ = (
        CheckConstraint("expires_on >= signed_on", name="dates"),
        ForeignKeyConstraint(["agency_id", "subject_id"], ["subject.agency_id", "subject.id"]),
        Index(None, "agency_id", "subject_id"),
        {
            "info": {
                "wall": Wall(
                    _CONSENT_BY_UNIT
                    | {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "subject_id")
                        )
                    }
                )
            }
        },
    )

    subject_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    signed_on: Mapped[dt.date] = mapped_column(Date)
    expires_on: Mapped[dt.date] = mapped_column(Date)
    withdrawn_on: Mapped[dt.date | None] = mapped_column(Date)
    # Who consents for a minor (name, relation, document number); bound to the subject's id.
    guardian_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The kinds of sharing unit that it names; empty: all of them.
    scope: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default="{}")


class Declaration(Base):
    """What the household declared about one subject, sealed. It never leaves this agency."""

    __tablename__ = "declaration"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "subject_id"], ["subject.agency_id", "subject.id"]),
        {
            "info": {
                "wall": Wall(
                    _CORRECTED_BY_UNIT
                    | {"shredder": Grant("select delete", columns=("agency_id", "subject_id"))}
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Ask(Base):
    """One subject × source: the items asked there, and how each ended.

    The row exists before anything is sent, so nothing can go missing silently. No foreign keys:
    they would cost three to four times as much; subjects are checked when asks are made.
    """

    __tablename__ = "ask"
    __table_args__ = (
        CheckConstraint("cardinality(items) = cardinality(outcomes)", name="one_outcome_each"),
        Index(None, "agency_id", "case_id"),
        Index(
            "ix_ask_open",
            "agency_id",
            "case_id",
            "source",
            postgresql_where=text("is_open"),
        ),
        Index(None, "agency_id", "request_id", "line_no"),
        Index(None, "agency_id", "letter_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete",
                            columns=(
                                "agency_id",
                                "subject_id",
                                "source",
                                "round",
                                "case_id",
                                "request_id",
                            ),
                        ),
                        "desk": "select insert update delete",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    source: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    # Asked again or in addition (an item handed back, say) is a row of its own.
    round: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, autoincrement=False, server_default="0"
    )
    case_id: Mapped[int] = mapped_column(BigInteger)
    items: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    outcomes: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    request_id: Mapped[int | None] = mapped_column(BigInteger)
    letter_id: Mapped[int | None] = mapped_column(BigInteger)
    line_no: Mapped[int | None] = mapped_column(Integer)
    is_open: Mapped[bool] = mapped_column(Boolean, Computed("0 = ANY (outcomes)", persisted=True))


class Action(Base):
    """One act of a person, once: the form's id makes sending it twice act once."""

    __tablename__ = "action"
    __table_args__ = (
        Index(None, "agency_id", "id", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": _ACT,
                        "commissioner": _ACT,
                        "township": _ACT,
                        "liaison": _ACT,
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    form_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, server_default=text("next_id()"))
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    account_id: Mapped[int] = mapped_column(BigInteger)
    verb: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    done: Mapped[int] = mapped_column(Integer, server_default="0")
    skipped: Mapped[int] = mapped_column(Integer, server_default="0")


class Event(TenantRow, Base):
    """What happened to one object, past tense: the history under every page."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "agency_id", "machine", "object_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "machine", "object_id")
                        ),
                        "desk": "select insert",
                        "commissioner": "select insert",
                        "township": "select insert",
                        "liaison": Grant("insert"),
                    }
                )
            }
        },
    )

    machine: Mapped[str] = mapped_column(Text)
    object_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    action: Mapped[str] = mapped_column(Text)
    from_state: Mapped[str] = mapped_column(Text, server_default="")
    to_state: Mapped[str] = mapped_column(Text, server_default="")
    account_id: Mapped[int] = mapped_column(BigInteger)
    # Whose role the person stood in for (AB角); the act is the person's all the same.
    absent_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    day: Mapped[dt.date] = mapped_column(Date)
