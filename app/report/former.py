"""What is new since the former version of a report, and what that means for the former one.

A supplementary report is for replies that came after the report, as may happen where a unit told
in writing that it needs longer (2017/58, art. 12). A new version is whole: it says everything
again, lists what is new, and supplements the former one, which stays valid; it takes its place only
where the rulebook or a named person decides so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.cases.models import Ask
from app.report.models import Report
from tenants.catalogue.outcomes import Outcome
from tenants.vault import vault

Asked = Mapping[tuple[int, int, int], int]
"""(subject, data item, source) → outcome."""


@dataclass(frozen=True)
class Former:
    """The version before: its number, how everything stood then (None where it was not kept),
    whether it is replaced, and the reason where a named person decided that."""

    number: str
    asked: Asked | None
    is_replaced: bool
    reason: str = ""


@dataclass(frozen=True)
class News:
    """One thing asked whose outcome is new; ``before`` is None where it was not asked then."""

    subject: int
    item: int
    source: int
    before: Outcome | None
    now: Outcome


def asked_now(asks: Iterable[Ask]) -> Asked:
    """How everything in these asks stands; an item asked again counts as it stands last."""
    ordered = sorted(asks, key=lambda ask: ask.round)
    return {
        (ask.subject_id, item, ask.source): outcome
        for ask in ordered
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
    }


def news(before: Asked | None, now: Asked) -> tuple[News, ...]:
    """What changed or was added, in the order of subjects and items."""
    if before is None:
        return ()
    return tuple(
        News(*key, Outcome(before[key]) if key in before else None, Outcome(outcome))
        for key, outcome in sorted(now.items())
        if before.get(key) != outcome
    )


def keep_asked(report: Report, asked: Asked) -> None:
    """Seal with a report how everything stood."""
    rows = [[*key, outcome] for key, outcome in sorted(asked.items())]
    report.asked_sealed = vault().seal("report", report.id, {"asked": rows})


def asked_then(report: Report) -> Asked | None:
    """How everything stood when a report was made."""
    if report.asked_sealed is None:
        return None
    rows = vault().open("report", report.id, report.asked_sealed)["asked"]
    return {(subject, item, source): outcome for subject, item, source, outcome in rows}


def tells_of_others(older: Sequence[Report], wrong: Collection[int]) -> bool:
    """Whether the last version was made of rows whose number was wrong (``wrong``): then it told
    about somebody else, and the new one takes its place."""
    then = asked_then(older[-1]) if older and wrong else None
    return any(subject in wrong for subject, _, _ in then or ())


def former_of(report: Report, older: Sequence[Report], replaces: bool) -> Former | None:
    """The version that ``report`` follows; ``replaces``: the rulebook's rule for late answers."""
    if not older:
        return None
    last = older[-1]
    is_replaced = replaces or bool(report.replacing_reason)
    return Former(last.number, asked_then(last), is_replaced, report.replacing_reason)
