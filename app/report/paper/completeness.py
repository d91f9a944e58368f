"""完整性说明: which asked items ended how, so that nothing is silently missing (DESIGN §3.7)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.report.messages import Fault, outcome_title, say
from app.report.paper.content import AskedLine, OwnReport
from tenants.catalogue.outcomes import Outcome

_NAMED = tuple(end for end in Outcome if end not in (Outcome.PENDING, Outcome.HIT))


@dataclass(frozen=True)
class Completeness:
    """How many asked items ended in each outcome, and the sentences that name them."""

    counts: Mapping[Outcome, int]
    sentences: tuple[str, ...]


def completeness(asked: Iterable[AskedLine]) -> Completeness:
    """State every outcome other than a hit, naming items and subjects."""
    lines = tuple(asked)
    counts = Counter(line.outcome for line in lines)
    total = say(
        "report.complete.total",
        total=len(lines),
        counts=count_words(counts),
    )
    named = tuple(_sentence(outcome, lines) for outcome in _NAMED if counts[outcome])
    return Completeness(counts, (total, *named))


def count_words(counts: Mapping[Outcome, int]) -> str:
    """The outcomes that occur, each with its number, in words."""
    parts = [
        say("report.complete.count", outcome=outcome_title(outcome), n=counts[outcome])
        for outcome in Outcome
        if counts.get(outcome)
    ]
    return say("report.join").join(parts) or say("report.none")


def check_whole(report: OwnReport) -> None:
    """Raise ``Fault`` unless every item has ended and hits and findings answer each other."""
    waiting = sum(line.outcome is Outcome.PENDING for line in report.asked)
    if waiting:
        raise Fault("report.pending", count=waiting)
    hits = {_key(line) for line in report.asked if line.outcome is Outcome.HIT}
    found = {(fact.subject, fact.item_title, fact.source) for fact in report.findings}
    if hits != found:
        raise Fault("report.incoherent", hits=len(hits - found), findings=len(found - hits))


def _key(line: AskedLine) -> tuple[str, str, str]:
    return line.subject, line.item_title, line.source


def _sentence(outcome: Outcome, lines: tuple[AskedLine, ...]) -> str:
    items: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.outcome is outcome:
            items.setdefault((line.item_title, line.source), []).append(line.subject)
    named = [
        say("report.complete.item", item=item, source=source, subjects=_names(subjects))
        if source
        else say("report.complete.item_alone", item=item, subjects=_names(subjects))
        for (item, source), subjects in items.items()
    ]
    count = sum(map(len, items.values()))
    return say(
        f"report.complete.{outcome.name.lower()}",
        n=count,
        items=say("report.semicolon").join(named),
    )


def _names(subjects: list[str]) -> str:
    return say("report.join").join(dict.fromkeys(subjects))
