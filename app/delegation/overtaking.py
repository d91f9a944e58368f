"""Letters of a lower agency that were overtaken by a later one, and are taken in before it."""

import uuid

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.delegation import entrusting, supplementing
from app.delegation.letters import OpenLetter, open_letter
from app.delegation.models import LetterUp
from tenants.database import db

_TAKEN_IN_BY = {"entrust": entrusting.take_in, "supplement": supplementing.take_in}


def take_in_supplement(letter: OpenLetter) -> None:
    """A supplement, after the entrustments of its households."""
    take_in_what_came_before(letter)
    supplementing.take_in(letter)


def take_in_what_came_before(letter: OpenLetter) -> None:
    """What a letter from below overtook, if any of it still lies in the box."""
    keys = keys_before(letter).where(~LetterUp.taken_in)
    for key in list(db.session.scalars(keys.order_by(LetterUp.sent_at, LetterUp.key))):
        earlier = open_letter(LetterUp, letter.from_agency_id, key)
        if earlier is not None:
            _TAKEN_IN_BY[earlier.kind](earlier)


def keys_before(letter: OpenLetter) -> Select[tuple[uuid.UUID]]:
    """Keys of what the child entrusted before this letter, not of what it sent anew."""
    this = aliased(LetterUp)
    return (
        select(LetterUp.key)
        .join(this, this.sent_at >= LetterUp.sent_at)
        .where(
            LetterUp.from_agency_id == letter.from_agency_id,
            LetterUp.kind.in_(tuple(_TAKEN_IN_BY)),
            LetterUp.key != letter.key,
            this.from_agency_id == letter.from_agency_id,
            this.key == letter.key,
        )
    )
