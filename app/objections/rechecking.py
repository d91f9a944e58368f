"""复核: an objection goes to the tier that found it, and that tier asks the source again."""

from collections.abc import Sequence

from sqlalchemy import update

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved, Skip, move, note
from app.cases.models import Ask, Case
from app.cases.transitions import HANDED_OVER
from app.delegation.answers import lock_cases
from app.delegation.asking import ask_here
from app.delegation.holding import hold
from app.delegation.routing import draft_requests
from app.exchange.models import RECHECK
from app.objections.crossing import send_on
from app.objections.models import Objection
from app.objections.reading import objections_of, recheck_of, sources_of
from app.objections.taking import consents
from app.objections.words import take_part
from tenants.calendar import business_date
from tenants.database import any_of, db

AGAIN = "source_correcting"
"""What is being put right at the source is asked once more when that is done."""


def pursue(ids: Sequence[int], actor: Actor) -> Moved:
    """Send each objection to where it belongs: up, or to this agency's own source.

    Skipped, each with its reason: what is not waiting, has no consent in force, or was settled by
    this person.
    """
    actor.must("objection.recheck")
    rows = objections_of(list(ids), lock=True)
    barred = take_part("handle", [row.id for row in rows], actor)
    mine = [row for row in rows if row.id not in barred]
    up = [row for row in mine if row.by_agency_id != actor.agency_id]
    done, skipped = _ask([row for row in mine if row.by_agency_id == actor.agency_id], actor)
    moved = move("objection", "send_objection", Chosen.of(row.id for row in up), actor)
    sent = [row for row in up if row.id in moved.done]
    send_on(sent)
    for row in sent:
        note("case", [row.case_id], "objection_sent", actor, reason=row.number)
    skipped += [*moved.skipped, *(Skip(id_, "objection_handled_by_self") for id_ in barred)]
    missing = set(ids) - {row.id for row in rows}
    skipped += [Skip(id_, "not_found") for id_ in sorted(missing)]
    return Moved((*done, *moved.done), tuple(skipped))


def _ask(rows: Sequence[Objection], actor: Actor) -> tuple[list[int], list[Skip]]:
    may = consents([row.subject_id for row in rows])
    why = {row.id: _why_not(row, row.subject_id in may) for row in rows}
    fitting = [row for row in rows if not why[row.id]]
    moved = move("objection", "ask_source", Chosen.of(row.id for row in fitting), actor)
    asked = [row for row in fitting if row.id in moved.done]
    if asked:
        _put_into_drafts(asked)
        for row in asked:
            note("case", [row.case_id], "objection_asked", actor, reason=row.number)
    skipped = [Skip(id_, code) for id_, code in why.items() if code]
    return list(moved.done), [*skipped, *moved.skipped]


def _why_not(row: Objection, has_consent: bool) -> str:
    """The code of the reason why the source is not asked now; empty when it can be."""
    if row.state == "rechecking":
        known = recheck_of(row)
        if known is not None and known.is_open:
            return "objection_still_asked"
    if row.state in ("concluded", "told") and row.outcome != AGAIN:
        return "objection_ended"
    return "" if has_consent else "objection_no_consent"


def _put_into_drafts(rows: Sequence[Objection]) -> None:
    """A round of its own, in a request of its own that is marked as a recheck and leaves at once:
    two operators make and confirm it like any other."""
    cases = sorted({row.case_id for row in rows})
    lock_cases(cases)
    hold(cases)
    wanted: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        for ask in sources_of(row):
            wanted.setdefault((row.subject_id, ask.source), set()).add(row.item)
    ask_here({place: sorted(items) for place, items in wanted.items()})
    today = business_date()
    period = today.year * 100 + today.month
    drafts = draft_requests({(unit, period) for _subject, unit in wanted}, RECHECK)
    for (unit_id, _period), request_id in drafts.items():
        subjects = [subject for subject, unit in wanted if unit == unit_id]
        free = (Ask.request_id.is_(None), Ask.is_open, Ask.source == unit_id)
        write = update(Ask).where(Ask.subject_id == any_of(subjects), *free)
        db.session.execute(
            write.values(request_id=request_id).execution_options(synchronize_session=False)
        )
    news = update(Case).where(Case.id == any_of(cases), Case.state.in_(HANDED_OVER))
    db.session.execute(news.values(has_news=True).execution_options(synchronize_session=False))
