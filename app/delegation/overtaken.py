"""Whether a word on coverage was overtaken by a newer one of the same sender."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.delegation.letters import OpenLetter
from app.delegation.models import LetterDown, LetterUp
from tenants.database import db


def was_overtaken(table: type[LetterUp] | type[LetterDown], letter: OpenLetter) -> bool:
    """Whether a newer letter on coverage of this sender was taken in already."""
    newer = aliased(table)
    found = (
        select(newer.key)
        .join(table, table.sent_at < newer.sent_at)
        .where(table.from_agency_id == letter.from_agency_id, table.key == letter.key)
        .where(newer.from_agency_id == letter.from_agency_id, newer.kind == "coverage")
        .where(newer.taken_in)
    )
    return db.session.scalar(select(found.exists())) or False
