"""Which agreement holds on a day, and the reply term that it sets (第十六条、第十二条)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.sharing.models import Agreement
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.database import any_of, db
from tenants.messages import say
from tenants.remembering import remembered
from tenants.rulebook import rulebook


def in_force(unit_id: int, day: dt.date) -> Agreement | None:
    """The agreement with this unit on ``day``, the latest where several overlap; None without."""
    return remembered(
        ("agreement", unit_id, day), lambda: in_force_with([unit_id], day).get(unit_id)
    )


def in_force_with(unit_ids: Iterable[int], day: dt.date) -> dict[int, Agreement]:
    """Those of these units that have an agreement on ``day``, with it."""
    found = db.session.scalars(
        select(Agreement)
        .where(
            Agreement.unit_id == any_of(sorted(set(unit_ids))),
            Agreement.confirmed_by.is_not(None),
            Agreement.is_void.is_(False),
            Agreement.valid_from <= day,
            or_(Agreement.valid_to.is_(None), Agreement.valid_to >= day),
        )
        .order_by(Agreement.valid_from, Agreement.id)
    )
    return {agreement.unit_id: agreement for agreement in found}


@dataclass(frozen=True)
class ReplyTerm:
    """How long a unit has for a reply: working days from the receipt, None for no deadline, and
    what the term rests on (an article, or the number of the agreement)."""

    days: int | None
    article: str

    @property
    def words(self) -> str:
        """The term as it is shown."""
        if self.days is None:
            return say("sharing.no_deadline")
        return say("sharing.deadline", days=self.days)


def answer_term(agency_id: int, unit_id: int, day: dt.date) -> tuple[str, str] | None:
    """The other direction, for what the unit asks this agency on ``day``: the term in words and
    what it rests on; None where the law knows no such answer (民发〔2020〕95号 二(二))."""
    found = answer_days(agency_id, unit_id, day)
    return (say("sharing.answer", days=found.days), found.article) if found else None


def answer_days(agency_id: int, unit_id: int, day: dt.date) -> ReplyTerm | None:
    """The same in working days from the receipt: the agreement's, never more than the law's."""
    category = db.session.scalars(select(Unit.category).where(Unit.id == unit_id)).one() or 0
    cap = rulebook(agency(agency_id).province).answer_days_of(category)
    if cap is None:
        return None
    agreement = in_force(unit_id, day)
    agreed = agreement.answer_working_days if agreement else None
    if agreement is None or agreed is None:
        return ReplyTerm(cap.value, cap.article)
    source = say("sharing.by_agreement", number=agreement.number)
    return ReplyTerm(min(agreed, cap.value), source)


def reply_term(agency_id: int, unit_id: int, day: dt.date) -> ReplyTerm:
    """The term for what is received on ``day``: the agreement's where it sets its own, never more
    than the rulebook allows, else the rulebook's."""
    category = db.session.get_one(Unit, (agency_id, unit_id)).category or 0
    law = rulebook(agency(agency_id).province)
    usual, cap = law.reply_days_of(category), law.agreed_reply_days_of(category).value
    agreement = in_force(unit_id, day)
    if agreement is None or agreement.term == "rulebook" or (agreement.term == "none" and cap):
        return ReplyTerm(usual.value, usual.article)
    days = agreement.reply_working_days
    kept = days if days is None or cap is None else min(days, cap)
    return ReplyTerm(kept, say("sharing.by_agreement", number=agreement.number))
