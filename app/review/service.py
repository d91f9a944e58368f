"""审核复审: approve or terminate, by someone other than the one who did the intake check."""

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved, move
from app.cases.telling import tell_senders
from tenants.outbox import post


def approve(chosen: Chosen, actor: Actor) -> Moved:
    """Approve cases; what is approved is routed by the worker (操作规程 三(一)2)."""
    moved = move("case", "approve", chosen, actor)
    if moved.done:
        post("case.route", {"ids": list(moved.done)}, total=len(moved.done))
    return moved


def terminate(chosen: Chosen, actor: Actor, reason: str) -> Moved:
    """Terminate cases with a reason; a lower agency that entrusted them learns it at once."""
    moved = move("case", "terminate", chosen, actor, reason=reason)
    if moved.done:
        post("case.tell_terminated", {"ids": list(moved.done)})
        tell_senders("case.terminated", moved.done)
    return moved
