"""What the first agency of a tree holds of those below, and what each tier counts of it (desk)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from app.assistance.outward.models import HeldPerson, OutwardList, TierCount
from app.assistance.outward.recipients import counted
from app.assistance.outward.rows import Row
from app.assistance.outward.rules import Count, gap
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.vault import vault

CHUNK = 2_000
Counts = Mapping[str, Mapping[str, int]]
"""Scheme → households and persons."""

_END = text("""
UPDATE held_person p SET valid_to = :day, ended_why = g.why
FROM unnest(CAST(:schemes AS text[]), CAST(:refs AS bytea[]), CAST(:why AS text[]))
  AS g(scheme, ref, why)
WHERE p.by_agency_id = :by AND p.scheme = g.scheme AND p.person_hash = g.ref
  AND p.valid_to IS NULL
""")

_END_OTHERS = text("""
UPDATE held_person p SET valid_to = :day,
       ended_why = CASE WHEN (p.scheme, p.person_hash) IN (
         SELECT * FROM unnest(CAST(:schemes AS text[]), CAST(:refs AS bytea[])))
         THEN 'changed' ELSE 'replaced' END
WHERE p.by_agency_id = :by AND p.valid_to IS NULL
  AND (p.scheme, p.person_hash, p.content_hash, p.household_key, p.is_head) NOT IN (
    SELECT * FROM unnest(CAST(:schemes AS text[]), CAST(:refs AS bytea[]),
      CAST(:contents AS bytea[]), CAST(:homes AS bytea[]), CAST(:heads AS boolean[])))
""")


def apply(by: int, rows: Sequence[Row], *, is_full: bool) -> None:
    """Take the rows of one agency's list in: whoever is gone or different ends today, whoever is
    new or different begins; of a full list whoever is not in it ends as well."""
    day, known = entry_day(), set[tuple[str, bytes]]()
    if is_full:
        db.session.execute(_END_OTHERS, {"by": by, "day": day, **_all(rows)})
        held = select(HeldPerson.scheme, HeldPerson.person_hash)
        held = held.where(HeldPerson.by_agency_id == by, HeldPerson.valid_to.is_(None))
        known = {(scheme, bytes(ref)) for scheme, ref in db.session.execute(held)}
    else:
        why = [row["why"] or "changed" for row in rows]
        db.session.execute(_END, {"by": by, "day": day, "why": why, **_references(rows)})
    new = [
        row
        for row in rows
        if row["change"] != "ended" and (row["scheme"], bytes.fromhex(row["ref"])) not in known
    ]
    for start in range(0, len(new), CHUNK):
        _enter(by, day, new[start : start + CHUNK])


def entry_day() -> dt.date:
    """The day on which what arrives now counts: today, or tomorrow once today was told on."""
    today = business_date()
    told = select(OutwardList.id).where(
        OutwardList.flow == "platform", OutwardList.as_of >= today, OutwardList.ended_why == ""
    )
    return today + dt.timedelta(days=db.session.scalar(told.limit(1)) is not None)


def let_go() -> None:
    """End whom agencies told that are not below this one any more (区划变更), and forget their
    figures: their lists go to another agency now."""
    below = counted()
    gone = update(HeldPerson).where(
        HeldPerson.valid_to.is_(None), HeldPerson.by_agency_id.not_in(below)
    )
    db.session.execute(gone.values(valid_to=entry_day(), ended_why="replaced"))
    db.session.execute(delete(TierCount).where(TierCount.by_agency_id.not_in(below)))


def _references(rows: Sequence[Row]) -> dict[str, list[Any]]:
    return {
        "schemes": [row["scheme"] for row in rows],
        "refs": [bytes.fromhex(row["ref"]) for row in rows],
    }


def _all(rows: Sequence[Row]) -> dict[str, list[Any]]:
    return {
        **_references(rows),
        "contents": [bytes.fromhex(row["content"]) for row in rows],
        "homes": [bytes.fromhex(row["household_ref"]) for row in rows],
        "heads": [row["head"] for row in rows],
    }


def _enter(by: int, day: dt.date, rows: Sequence[Row]) -> None:
    ids = take_ids(len(rows))
    names = ("name", "id_number", "household_no", "township")
    told = [(id_, {n: row[n] for n in names}) for id_, row in zip(ids, rows, strict=True)]
    sealed = vault().seal_many("held_person", told)
    values = [
        {
            **{"id": id_, "by_agency_id": by, "scheme": row["scheme"]},
            "person_hash": bytes.fromhex(row["ref"]),
            "household_key": bytes.fromhex(row["household_ref"]),
            "content_hash": bytes.fromhex(row["content"]),
            **{"is_head": row["head"], "amount_fen": row["amount"]},
            **{"born_month": row["born_month"], "is_male": row["is_male"]},
            **{"as_of": dt.date.fromisoformat(row["as_of"]), "valid_from": day, "sealed": closed},
        }
        for id_, row, closed in zip(ids, rows, sealed, strict=True)
    ]
    db.session.execute(insert(HeldPerson).inline(), values)


def held_counts(by: int, schemes: Iterable[str]) -> dict[str, dict[str, int]]:
    """What is held of one agency: scheme → households and persons."""
    of = HeldPerson
    query = select(of.scheme, func.count(of.household_key.distinct()), func.count())
    query = query.where(of.by_agency_id == by, of.valid_to.is_(None)).group_by(of.scheme)
    told = {scheme: (homes, persons) for scheme, homes, persons in db.session.execute(query)}
    names = ("households", "persons")
    return {one: dict(zip(names, told.get(one, (0, 0)), strict=True)) for one in schemes}


def kept_key(by: int) -> uuid.UUID | None:
    """The list of an agency that was taken in here last."""
    query = select(TierCount.kept_key).where(TierCount.by_agency_id == by)
    return db.session.scalars(query.limit(1)).one_or_none()


def note_kept(by: int, key: uuid.UUID) -> None:
    """A list of an agency was taken in here."""
    kept = update(TierCount).where(TierCount.by_agency_id == by).values(kept_key=key)
    db.session.execute(kept)


def note_told(by: int, child: int, number: str, as_of: dt.date, counts: Counts) -> None:
    """Keep what an agency counts itself at the end of a day; an older day changes nothing."""
    rows = _rows_of(by)
    for scheme, count in counts.items():
        row = rows.get(scheme)
        if row is None:
            row = TierCount(by_agency_id=by, scheme=scheme, child_id=child)
            db.session.add(row)
        elif row.told_as_of > as_of:
            continue
        before = _figures(row)
        row.child_id, row.told_as_of, row.told_number = child, as_of, number
        row.told_households, row.told_persons = count["households"], count["persons"]
        _settle(row, before)
    db.session.flush()


def note_held(by: int, key: uuid.UUID | None, as_of: dt.date | None, counts: Counts) -> None:
    """Keep what the first agency of the tree holds of an agency, and since which list."""
    for scheme, row in _rows_of(by).items():
        before = _figures(row)
        row.held_key, row.held_as_of = key, as_of
        count = counts.get(scheme, {"households": 0, "persons": 0})
        row.held_households, row.held_persons = count["households"], count["persons"]
        _settle(row, before)
    db.session.flush()


def _rows_of(by: int) -> dict[str, TierCount]:
    query = select(TierCount).where(TierCount.by_agency_id == by).with_for_update()
    query = query.execution_options(populate_existing=True)
    return {row.scheme: row for row in db.session.scalars(query)}


def told_of(row: TierCount) -> Count:
    """What an agency counts itself."""
    return Count(row.told_households, row.told_persons, row.told_as_of)


def held_of(row: TierCount) -> Count:
    """What is held above."""
    return Count(row.held_households or 0, row.held_persons or 0, row.held_as_of)


def _figures(row: TierCount) -> tuple[Any, ...]:
    return told_of(row), held_of(row)


def _settle(row: TierCount, before: tuple[Any, ...]) -> None:
    """A difference begins, goes on or is over; other figures than were explained are open again."""
    if not gap(told_of(row), held_of(row)):
        row.differs_since = None
    elif row.differs_since is None:
        row.differs_since = business_date()
    if before != _figures(row):
        row.explanation, row.explained_by, row.explained_on = "", 0, None
