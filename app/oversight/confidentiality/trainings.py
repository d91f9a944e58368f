"""Record trainings: who was there, and who was taught later (民发〔2020〕95号 三（三）)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.oversight.confidentiality.messages import Fault
from app.oversight.confidentiality.models import Training, TrainingPart
from app.oversight.confidentiality.queries import staff
from app.oversight.confidentiality.rules import KEEP
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids


@dataclass(frozen=True)
class Held:
    """A training as it was held; ``minutes`` long, with these people of the staff."""

    held_on: dt.date
    topic: str
    minutes: int
    teacher: str
    remark: str
    people: Sequence[int]


def record_training(given: Held, actor: Actor) -> Moved:
    """Keep a training; everybody of the staff who was not there is missing.

    Raises ``Fault``: ``training.day``, ``training.nobody``.
    """
    actor.must(KEEP)
    people, there = staff(), set(given.people)
    if given.held_on > business_date():
        raise Fault("training.day", today=business_date())
    if not there & people.keys():
        raise Fault("training.nobody")
    (id_,) = take_ids(1)
    row = insert(Training).values(
        id=id_,
        held_on=given.held_on,
        topic=given.topic.strip(),
        minutes=given.minutes,
        teacher=given.teacher.strip(),
        remark=given.remark.strip(),
        recorded_by=actor.account_id,
        recorded_at=instant(),
    )
    db.session.execute(row.inline())
    parts = [
        {"training_id": id_, "account_id": account_id, "is_missing": account_id not in there}
        for account_id in people
    ]
    db.session.execute(insert(TrainingPart).inline(), parts)
    audit.record(actor.account_id, "training.record", kind="training", subject_id=id_)
    return Moved((id_,))


def make_up(training_id: int, account_id: int, on: dt.date, actor: Actor) -> Moved:
    """补训 of somebody who was missing. Raises ``Fault``: ``training.day``,
    ``training.not_missing``."""
    actor.must(KEEP)
    if on > business_date():
        raise Fault("training.day", today=business_date())
    part = db.session.scalars(
        select(TrainingPart).where(
            TrainingPart.training_id == training_id, TrainingPart.account_id == account_id
        )
    ).one_or_none()
    if part is None or not part.is_missing or part.made_up_on is not None:
        raise Fault("training.not_missing")
    part.made_up_on = on
    db.session.flush()
    return Moved((training_id,))
