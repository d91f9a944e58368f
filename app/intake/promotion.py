"""A checked list becomes cases: sealed rows by COPY into staging, then one set-based promotion."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import compress, repeat
from typing import Any

import polars as pl
from psycopg import Connection
from sqlalchemy import TextClause, text

from app.accounts.actor import Actor
from app.cases.identity import Guardian, Identity
from app.intake.columns import named_kinds
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.progress import tell_done, told_as
from tenants.scope import current_scope
from tenants.vault import Vault, vault

_COLUMNS = (
    ("agency_id", "int4"),
    ("list_id", "int8"),
    ("row_no", "int4"),
    ("unit_id", "int4"),
    ("desk_id", "int4"),
    ("case_id", "int8"),
    ("subject_id", "int8"),
    ("household_no", "text"),
    ("scheme", "text"),
    ("application", "text"),
    ("region", "int4"),
    ("size", "int2"),
    ("role", "text"),
    ("relation", "text"),
    ("id_hash", "bytea"),
    ("name_hash", "bytea"),
    ("sealed", "bytea"),
    ("head_sealed", "bytea"),
    ("declared", "bytea"),
    ("authorised_on", "date"),
    ("expires_on", "date"),
    ("refused_on", "date"),
    ("guardian_sealed", "bytea"),
    ("scope", "int2[]"),
)

_COPY = (
    f"COPY staged_subject ({', '.join(name for name, _ in _COLUMNS)}) FROM STDIN (FORMAT BINARY)"
)

# The applicant's row stands for the household; every household has exactly one (checked).
_OPEN_CASES = """
INSERT INTO household_case (id, list_id, origin, unit_id, desk_id, household_no, scheme,
                            application, region, size, head_sealed, state, period)
SELECT case_id, list_id, 'unit', unit_id, desk_id, household_no, scheme,
       application, region, size, head_sealed, 'prepared', :period
FROM staged_subject WHERE list_id = :list_id AND role = 'applicant'
"""

_CORRECT_CASES = """
UPDATE household_case c SET list_id = t.list_id, household_no = t.household_no, scheme = t.scheme,
       application = t.application, region = t.region, size = t.size,
       head_sealed = t.head_sealed, rev = c.rev + 1
FROM staged_subject t
WHERE t.list_id = :list_id AND t.role = 'applicant'
  AND c.agency_id = t.agency_id AND c.id = t.case_id
"""

# The sheets of a household follow its people to their new rows: by number, else by name (the
# number may be what was corrected). Those of nobody stay with the household.
_FOLLOW = (
    """
UPDATE paper p SET subject_id = t.subject_id FROM subject s, staged_subject t
WHERE t.list_id = :list_id AND s.agency_id = t.agency_id AND s.case_id = t.case_id
  AND s.id_hash = t.id_hash
  AND p.agency_id = s.agency_id AND p.case_id = s.case_id AND p.subject_id = s.id
""",
    """
UPDATE paper p SET subject_id = t.subject_id FROM subject s, staged_subject t
WHERE t.list_id = :list_id AND s.agency_id = t.agency_id AND s.case_id = t.case_id
  AND s.name_hash = t.name_hash
  AND p.agency_id = s.agency_id AND p.case_id = s.case_id AND p.subject_id = s.id
""",
    """
UPDATE paper p SET subject_id = 0, kind = 'other' FROM subject s, staged_subject t
WHERE t.list_id = :list_id AND s.agency_id = t.agency_id AND s.case_id = t.case_id
  AND p.agency_id = s.agency_id AND p.case_id = s.case_id AND p.subject_id = s.id
""",
)

_CLEAR = (
    """
DELETE FROM declaration d USING subject s, staged_subject t
WHERE t.list_id = :list_id AND s.agency_id = t.agency_id AND s.case_id = t.case_id
  AND d.agency_id = s.agency_id AND d.subject_id = s.id
""",
    """
DELETE FROM authorisation z USING subject s, staged_subject t
WHERE t.list_id = :list_id AND s.agency_id = t.agency_id AND s.case_id = t.case_id
  AND z.agency_id = s.agency_id AND z.subject_id = s.id
""",
    """
DELETE FROM subject s USING staged_subject t
WHERE t.list_id = :list_id AND s.agency_id = t.agency_id AND s.case_id = t.case_id
""",
)

_ENTER_SUBJECTS = (
    """
INSERT INTO subject (id, case_id, unit_id, desk_id, row_no, role, relation,
                     id_hash, name_hash, sealed, refused_on)
SELECT subject_id, case_id, unit_id, desk_id, row_no, role, relation,
       id_hash, name_hash, sealed, refused_on
FROM staged_subject WHERE list_id = :list_id
""",
    """
INSERT INTO authorisation (subject_id, unit_id, desk_id, signed_on, expires_on, guardian_sealed,
                           scope)
SELECT subject_id, unit_id, desk_id, authorised_on, expires_on, guardian_sealed, scope
FROM staged_subject WHERE list_id = :list_id AND refused_on IS NULL
""",
    """
INSERT INTO declaration (subject_id, unit_id, desk_id, sealed)
SELECT subject_id, unit_id, desk_id, declared
FROM staged_subject WHERE list_id = :list_id
""",
    "DELETE FROM staged_subject WHERE list_id = :list_id",
)

_PROMOTE = tuple(text(sql) for sql in (_OPEN_CASES, *_ENTER_SUBJECTS))
_REPLACE = tuple(text(sql) for sql in (_CORRECT_CASES, *_FOLLOW, *_CLEAR, *_ENTER_SUBJECTS))

TELL_EVERY = 2_000
"""Rows between two words about how far a list is: sealing them takes a fraction of a second."""

DECLARED = ("monthly_income_fen", "deposits_fen", "houses", "vehicles", "businesses")
"""What a household declares about each subject; money in fen, null where nothing was declared."""


@dataclass(frozen=True)
class Home:
    """Where a household of the sheet goes: its case and the desk that it belongs to."""

    case_id: int
    desk_id: int


def promote(good: pl.DataFrame, list_id: int, actor: Actor, period: int) -> None:
    """Bring the good households of a list (columns of ``GOOD_COLUMNS``) in, as prepared cases."""
    if good.is_empty():
        return
    numbers = good["household_no"].unique(maintain_order=True).to_list()
    ids = take_ids(len(numbers))
    homes = {no: Home(id_, actor.desk_id) for no, id_ in zip(numbers, ids, strict=True)}
    with _told(good, actor):
        _copy(_staged(good, list_id, actor, homes))
        _carry_out(_PROMOTE, {"list_id": list_id, "period": period})


def replace(good: pl.DataFrame, list_id: int, actor: Actor, homes: Mapping[str, Home]) -> None:
    """Put the good households of a corrected list, or of the form, into the cases they are homes
    of, in place of what was declared there; everything private is sealed anew."""
    if good.is_empty():
        return
    with _told(good, actor):
        _copy(_staged(good, list_id, actor, homes))
        _carry_out(_REPLACE, {"list_id": list_id})


def _told(good: pl.DataFrame, actor: Actor) -> AbstractContextManager[None]:
    """The clerk, and who shares the desk, see how many rows are in."""
    return told_as(
        "list.upload",
        len(good),
        account_id=actor.account_id,
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
    )


def _carry_out(statements: tuple[TextClause, ...], values: dict[str, int]) -> None:
    for statement in statements:
        known = statement.compile().params
        db.session.execute(statement, {key: values[key] for key in known})


def _copy(rows: Iterator[tuple[Any, ...]]) -> None:
    """COPY does not work under forced policies, so the ``loader`` role owns the staging table."""
    scope = current_scope()
    set_role = text("SELECT set_config('role', :role, true)")
    db.session.execute(set_role, {"role": "hedui_loader"})
    connection = db.session.connection().connection.driver_connection
    if not isinstance(connection, Connection):
        raise TypeError("COPY needs psycopg")
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types([kind for _, kind in _COLUMNS])
        for place, row in enumerate(rows):
            if place % TELL_EVERY == 0:
                tell_done(place)
            copy.write_row(row)
    db.session.execute(set_role, {"role": f"hedui_{scope.role}"})


def _staged(
    good: pl.DataFrame, list_id: int, actor: Actor, homes: Mapping[str, Home]
) -> Iterator[tuple[Any, ...]]:
    """The rows to copy, column by column; ids and keys are fetched before the COPY begins."""
    subject_ids, keys = take_ids(len(good)), vault()
    region = pl.coalesce("actual_region", "registered_region", pl.lit(0))
    plain = good.select(
        "household_no",
        "scheme",
        "application",
        region,
        pl.len().over("household_no").alias("size"),
        "role",
        "relation",
    )
    at_home = [homes[number] for number in good["household_no"]]
    return zip(
        repeat(actor.agency_id),
        repeat(list_id),
        good["sheet_row"],
        repeat(actor.unit_id),
        (home.desk_id for home in at_home),
        (home.case_id for home in at_home),
        subject_ids,
        *plain.get_columns(),
        map(keys.look_up, good["id_number"]),
        map(keys.look_up, good["name"]),
        keys.seal_many("subject", zip(subject_ids, _identities(good), strict=True)),
        _heads(good, at_home, keys),
        keys.seal_many(
            "declaration",
            zip(subject_ids, good.select(DECLARED).iter_rows(named=True), strict=True),
        ),
        good["authorised_on"],
        good["authorisation_expires_on"],
        (business_date() if said == "refused" else None for said in good["consent"]),
        _guardians(good, subject_ids, keys),
        (named_kinds(kinds) for kinds in good["authorisation_scope"].to_list()),
        strict=False,
    )


def _identities(good: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """What is sealed of each person, places as text and nothing missing."""
    texts = good.select(pl.col(tuple(Identity.__dataclass_fields__)).cast(pl.String).fill_null(""))
    return (Identity(*row).as_json() for row in texts.iter_rows())


def _heads(good: pl.DataFrame, at_home: Sequence[Home], keys: Vault) -> list[bytes | None]:
    """On each applicant's row, the name that stands for the household."""
    is_head = (good["role"] == "applicant").to_list()
    cases = compress(at_home, is_head)
    names = compress(good["name"], is_head)
    sealed = iter(
        keys.seal_many(
            "household_case",
            ((home.case_id, {"name": name}) for home, name in zip(cases, names, strict=True)),
        )
    )
    return [next(sealed) if head else None for head in is_head]


def _guardians(
    good: pl.DataFrame, subject_ids: Sequence[int], keys: Vault
) -> Iterator[bytes | None]:
    """Who consents for a minor, sealed; None for everybody else."""
    named = good.select("guardian_name", "guardian_relation", "guardian_id_number")
    for subject_id, (name, relation, number) in zip(subject_ids, named.iter_rows(), strict=True):
        guardian = Guardian(name or "", relation or "", number or "")
        yield keys.seal("authorisation", subject_id, guardian.as_json()) if name else None
