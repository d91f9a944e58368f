"""Whether a letter that replaces what its sender told before was overtaken by a newer one."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.delegation.letters import OpenLetter
from app.delegation.models import LetterDown, LetterUp
from tenants.database import db


def was_overtaken(table: type[LetterUp] | type[LetterDown], letter: OpenLetter) -> bool:
    """Whether a newer letter of this kind and sender was taken in already."""
    newer = aliased(table)
    found = (
        select(newer.key)
        .join(table, table.sent_at < newer.sent_at)
        .where(table.from_agency_id == letter.from_agency_id, table.key == letter.key)
        .where(newer.from_agency_id == letter.from_agency_id, newer.kind == letter.kind)
        .where(newer.taken_in)
    )
    return db.session.scalar(select(found.exists())) or False
