"""From a submitted form to one verb, once: the glue that every POST of a desk goes through."""

import uuid
from collections.abc import Callable

from flask import current_app, flash, request

from app.accounts.current import DECLARED, actor
from app.cases import actions
from app.cases.lifecycle import Chosen, Moved
from app.cases.messages import SKIP_TITLES
from app.cases.next_steps import next_words
from tenants.messages import Fault, say

MOST_DIGITS = 18
"""Of an id: yyyymm · 10¹² + n."""


def form_id() -> uuid.UUID:
    """The id the submitted form carries; ``Fault("form_id")`` when it is missing or malformed."""
    try:
        return uuid.UUID(request.form.get("form_id", ""))
    except ValueError as error:
        raise Fault("form_id") from error


def once(
    verb: str, work: Callable[[], Moved], *, reason: str = "", quiet: bool = False
) -> Moved | None:
    """Carry out ``work`` unless this form was carried out before; tells the person either way.

    Records the act and its audit row in the same transaction. None when it had been done.
    ``quiet``: the page that follows tells the outcome itself.
    """
    who, given = actor(), form_id()
    try:
        actions.begin(who, verb, given, reason=reason)
    except actions.AlreadyDone:
        flash(say("act.already_done"), "info")
        return None
    moved = work()
    view = current_app.view_functions[request.endpoint or ""]
    absent_id = who.stands_in_for(getattr(view, DECLARED))
    actions.finish(who, verb, given, moved, reason=reason, absent_id=absent_id)
    if not quiet:
        tell(moved, verb)
    return moved


def tell(moved: Moved, verb: str = "") -> None:
    """Say how many were done and what comes next, and how many were skipped for which reason."""
    if moved.done:
        done = say("act.done", count=len(moved.done))
        flash(done + next_words(verb, moved.done), "success")
    reasons: dict[str, int] = {}
    for skip in moved.skipped:
        reasons[skip.code] = reasons.get(skip.code, 0) + 1
    for code, count in reasons.items():
        flash(say("act.skipped", count=count, reason=SKIP_TITLES[code]), "warning")


def chosen_ids() -> Chosen:
    """The rows ticked on a page: fields ``ids``, each ``id`` or ``id:revision``."""
    revisions: dict[int, int] = {}
    plain: list[int] = []
    for value in request.form.getlist("ids"):
        id_, _, revision = value.partition(":")
        if revision:
            revisions[whole_number(id_)] = whole_number(revision)
        else:
            plain.append(whole_number(id_))
    if not revisions and not plain:
        raise Fault("nothing_chosen")
    return Chosen.seen(revisions) if revisions else Chosen.of(plain)


def revision() -> int:
    """The revision of the one object that the page showed (field ``revision``)."""
    return whole_number(request.form.get("revision", ""))


def whole_number(text: str) -> int:
    """An id, revision or place as a page of ours writes it; ``Fault("choice_malformed")``."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Fault("choice_malformed")
    return int(text)
