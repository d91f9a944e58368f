"""Lists for human resources at the rhythm that it asks for: whom it is to look up, of the newest
comparison of an insurance (粤民发〔2020〕143号 二)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.assistance.insurance.models import InsuranceRound
from app.assistance.insurance.naming import Asked, Rounds, named_in, names_anybody, rounds_done
from app.assistance.outward.issue import Issue
from app.assistance.outward.messages import say
from app.assistance.outward.models import OutwardList
from app.assistance.outward.recipients import recipient_of
from app.assistance.outward.rhythm import newest_due
from app.sharing.agreements import in_force
from app.web.formats import written_day
from tenants.calendar import business_date
from tenants.database import db
from tenants.rulebook.outward import OutwardFlow, Rhythm
from tenants.scope import current_scope


@dataclass(frozen=True)
class Agreed:
    """A rhythm, the number of the agreement that it rests on and since when that holds; no number:
    the rulebook's own."""

    rhythm: Rhythm
    number: str = ""
    since: dt.date = dt.date.min


def is_of_round(flow: OutwardFlow) -> bool:
    """Whether a flow's lists are of a comparison of insurance, and not of the register."""
    return flow.full == "round"


def rhythm_of(flow: OutwardFlow) -> Agreed:
    """How often a flow's list is due: as the agreement in force with its unit says, else as the
    rulebook does."""
    to = recipient_of(flow)
    found = in_force(to.unit_id, business_date()) if to and to.unit_id else None
    if found is None or not found.list_every:
        return Agreed(flow.rhythm)
    return Agreed(Rhythm(found.list_every, found.list_day), found.number, found.valid_from)


def due_on(flow: OutwardFlow) -> dt.date | None:
    """The newest day on which a list was due, today included; a day before the agreement, or before
    the first comparison, asks for nothing."""
    rounds = rounds_done().get(flow.code)
    if rounds is None:
        return None
    agreed = rhythm_of(flow)
    day = newest_due(agreed.rhythm, business_date())
    return day if day >= max(agreed.since, rounds.first_on) else None


def has_people(flow: OutwardFlow) -> bool:
    """Whether a list would name anybody today."""
    rounds = rounds_done().get(flow.code)
    return rounds is not None and names_anybody(rounds.newest.id, business_date())


def of_round(flow: OutwardFlow, due: dt.date) -> Issue:
    """What today's list of the newest comparison says; ``due``: the day on which it was due."""
    rounds: Rounds = rounds_done()[flow.code]
    people, left_out = named_in(rounds.newest.id, business_date())
    rows = [_row(one) for one in people]
    return Issue(
        flow=flow,
        as_of=due,
        base=None,
        rows=rows,
        schemes={scheme: _counted(people, scheme) for scheme in flow.schemes},
        round_id=rounds.newest.id,
        left_out=left_out,
        words=_words(rounds.newest, due, business_date(), len(people), left_out),
    )


def words_of(row: OutwardList) -> Mapping[str, str]:
    """What a list of a comparison said of itself when it was made; nothing of another one."""
    if not row.round_id:
        return {}
    found = db.session.get_one(InsuranceRound, (row.agency_id, row.round_id))
    return _words(found, row.as_of, row.made_on, row.total, row.left_out)


def _words(
    of: InsuranceRound, due: dt.date, made_on: dt.date, total: int, left_out: int
) -> dict[str, str]:
    compared, made = written_day(of.asked_on), written_day(made_on)
    return {
        "as_of": say("outward.round_as_of", due=written_day(due), made=made, compared=compared),
        "kind": say("outward.round_kind"),
        "counts": say("outward.round_counts", total=total, left_out=left_out),
    }


def _row(one: Asked) -> dict[str, object]:
    return {
        **{"change": "present", "scheme": one.scheme, "name": one.name},
        **{"id_number": one.id_number, "township": one.township},
        "region": current_scope().agency_id,
    }


def _counted(people: list[Asked], scheme: str) -> dict[str, int]:
    found = [one for one in people if one.scheme == scheme]
    return {"households": len({one.household_key for one in found}), "persons": len(found)}
