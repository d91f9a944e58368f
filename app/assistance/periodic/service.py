"""A scheme's recipients become households to be submitted, under their standing authorisations
(已获得社会救助的定期核查, 2017/58, art. 9)."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, insert, select

from app.accounts.actor import Actor
from app.assistance.periodic.messages import Fault, say
from app.assistance.periodic.models import PeriodicBatch, PeriodicCase
from app.assistance.periodic.queries import Filter, candidates, why_left_out
from app.assistance.periodic.rules import draw, sample_size
from app.audit import service as audit
from app.cases.models import Case, Subject
from app.intake.promotion import promote
from app.intake.receiving import judge, keep_typed, law_of
from app.intake.sheet import typed_sheet
from app.intake.wording import title
from app.papers.models import Paper
from app.papers.travelling import papers_for_letter
from app.preparation.opening import people_of
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.rulebook import Rulebook

MOST = 2_000


@dataclass(frozen=True)
class Made:
    """What became of a choice: the batch, its households, and reason → how many were left out."""

    batch_id: int
    households: int
    period: int
    left_out: Mapping[str, int]


def needed_until(law: Rulebook, day: dt.date) -> dt.date:
    """The day until which an authorisation must last: that by which this check is reported."""
    return law.report_by(law.period_of(day)) or day


def prepare(chosen: Filter, actor: Actor) -> Made:
    """Prepare the recipients of a filter as households of the next entrustment, marked as
    periodic: people, places and what was declared as at the last check, the papers with them.

    Raises ``Fault`` when nobody can be taken, or too many.
    """
    actor.must("entrustment.submit")
    law, today = law_of(actor), business_date()
    needed, left_out = needed_until(law, today), dict[str, int]()
    former: dict[int, int] = {}
    for row in candidates(chosen):
        why = why_left_out(row, needed)
        if why:
            left_out[why] = left_out.get(why, 0) + 1
        else:
            former[row.case_id] = row.desk_id
    if len(former) > MOST:
        raise Fault("periodic.too_many", most=MOST, count=len(former))
    pairs = _promote(former, chosen.scheme, law, actor)
    if len(pairs) < len(former):
        left_out["faults"] = len(former) - len(pairs)
    if not pairs:
        raise Fault("periodic.nobody")
    period = law.period_of(today)
    batch_id = _keep(chosen, pairs, sum(left_out.values()), period, law, actor)
    _bring_papers(pairs, actor)
    audit.record(
        *(actor.account_id, "periodic.prepare"),
        kind="periodic_batch",
        subject_id=batch_id,
        unit_id=actor.unit_id,
        households=len(pairs),
        left_out=sum(left_out.values()),
    )
    return Made(batch_id, len(pairs), period, left_out)


def _promote(former: Mapping[int, int], scheme: str, law: Rulebook, actor: Actor) -> dict[int, int]:
    """New case → former case, of the households that the rules of the list let in; one list for
    each intake desk, so that it sees its own."""
    period = law.period_of(business_date())
    first = db.session.scalar(select(func.count()).select_from(PeriodicCase)) or 0
    numbers = {
        case_id: say("periodic.number", period=period, number=first + n)
        for n, case_id in enumerate(sorted(former), start=1)
    }
    shared = {"scheme": title("scheme", scheme), "application": title("application", "periodic")}
    people = people_of(list(former))
    pairs: dict[int, int] = {}
    for desk_id in sorted(set(former.values())):
        here = [case_id for case_id in sorted(former) if former[case_id] == desk_id]
        rows = [
            {**person, **shared, "household_no": numbers[case_id]}
            for case_id in here
            for person in people.get(case_id, ())
        ]
        verdict = judge(typed_sheet(rows), law)
        if verdict.good.is_empty():
            continue
        at_desk = replace(actor, desk_id=desk_id)
        row = keep_typed(verdict, at_desk)
        promote(verdict.good, row.id, at_desk, period)
        made = dict(
            db.session.execute(select(Case.household_no, Case.id).where(Case.list_id == row.id))
            .tuples()
            .all()
        )
        pairs |= {made[numbers[c]]: c for c in here if numbers[c] in made}
    return pairs


def _keep(
    chosen: Filter,
    pairs: Mapping[int, int],
    left_out: int,
    period: int,
    law: Rulebook,
    actor: Actor,
) -> int:
    percent, seed = law.periodic_sample_percent.value, secrets.token_hex(8)
    size = sample_size(len(pairs), percent)
    drawn = draw(seed, list(pairs), size)
    (batch_id,) = take_ids(1)
    db.session.execute(
        insert(PeriodicBatch)
        .inline()
        .values(
            id=batch_id,
            unit_id=actor.unit_id,
            scheme=chosen.scheme,
            period=period,
            of_desk=chosen.desk_id,
            checked_before=chosen.checked_before,
            households=len(pairs),
            left_out=left_out,
            sample_percent=percent,
            sample_size=size,
            seed=seed,
            made_by=actor.account_id,
            made_on=business_date(),
            made_at=instant(),
        )
    )
    rows = [
        {
            "case_id": case_id,
            "unit_id": actor.unit_id,
            "batch_id": batch_id,
            "former_case": former,
            "is_sampled": case_id in drawn,
        }
        for case_id, former in pairs.items()
    ]
    db.session.execute(insert(PeriodicCase).inline(), rows)
    return batch_id


def _bring_papers(pairs: Mapping[int, int], actor: Actor) -> None:
    """The scans of authorisations and cards go with the households: rows of their own, the bytes
    stay where they are."""
    carried = papers_for_letter(list(pairs.values()))
    places = _same_people(pairs, list(carried))
    sheets = [(places[s], sheet) for s, rows in carried.items() if s in places for sheet in rows]
    kept = [files.SharedFile(**sheet["file"]) for _, sheet in sheets]
    ids = files.adopt(kept, unit_id=actor.unit_id)
    rows = [
        _paper(place, sheet, id_, actor) for id_, (place, sheet) in zip(ids, sheets, strict=True)
    ]
    if rows:
        db.session.execute(insert(Paper).inline(), rows)


def _paper(
    place: tuple[int, int, int], sheet: Mapping[str, Any], file_id: int, actor: Actor
) -> dict[str, Any]:
    case_id, subject_id, desk_id = place
    return {
        **{"case_id": case_id, "subject_id": subject_id, "unit_id": actor.unit_id},
        **{name: sheet[name] for name in ("kind", "sequence", "media_type", "pages")},
        **{"desk_id": desk_id, "file_id": file_id, "size": sheet["file"]["size"]},
        **{"uploaded_by": actor.account_id, "uploaded_at": instant()},
    }


def _same_people(
    pairs: Mapping[int, int], former_subjects: Sequence[int]
) -> dict[int, tuple[int, int, int]]:
    """Former subject → (case, subject, desk) of the same person in the new case."""
    query = select(Subject.case_id, Subject.id, Subject.id_hash, Subject.desk_id)
    new = db.session.execute(query.where(Subject.case_id == any_of(list(pairs))))
    known = {(pairs[row.case_id], bytes(row.id_hash)): row for row in new}
    old = db.session.execute(query.where(Subject.id == any_of(former_subjects)))
    return {
        row.id: (found.case_id, found.id, found.desk_id)
        for row in old
        if (found := known.get((row.case_id, bytes(row.id_hash))))
    }
