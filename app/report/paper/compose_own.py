"""核对报告: one tier's own report, composed from what that tier checked."""

from datetime import date

from app.report.messages import outcome_title, say
from app.report.paper.blocks import Cell, Draft, Text
from app.report.paper.completeness import check_whole, completeness
from app.report.paper.compose import Section, draft, iso, joined, subjects_section, table
from app.report.paper.content import FoundFact, OwnReport
from tenants.catalogue.outcomes import Outcome

_ASKED_OF_NOBODY = frozenset(
    {Outcome.UNCOVERED, Outcome.UNAUTHORISED, Outcome.WITHDRAWN, Outcome.CEASED}
)


def compose_own(report: OwnReport) -> Draft:
    """Compose a tier's report; ``Fault`` when an item has no end or a hit has no finding."""
    check_whole(report)
    return draft(
        "own",
        report,
        (
            subjects_section(report),
            _findings(report),
            _completeness(report),
            _asked(report),
        ),
    )


def _findings(report: OwnReport) -> Section:
    if not report.asked:
        return "findings", (Text(say("report.findings.nothing_asked")),)
    if not report.findings:
        return "findings", (Text(say("report.findings.none")),)
    rows = tuple(
        ((fact.subject,), (fact.item_title,), _facts(fact), _origin(fact))
        for fact in report.findings
    )
    return "findings", (
        Text(say("report.findings.count", count=len(rows))),
        table(("subject", "item", "facts", "origin"), (18, 26, 52, 60), rows),
    )


def _facts(fact: FoundFact) -> Cell:
    return tuple(
        say("report.finding.field", title=title, value=value) for title, value in fact.fields
    )


def _origin(fact: FoundFact) -> Cell:
    return (
        say("report.finding.source", source=fact.source),
        say("report.finding.request", request_no=fact.request_no),
        say("report.finding.as_of", as_of=iso(fact.as_of)),
        say("report.finding.period", period=fact.period or say("report.blank")),
    )


def _completeness(report: OwnReport) -> Section:
    return "completeness", tuple(Text(words) for words in completeness(report.asked).sentences)


def _asked(report: OwnReport) -> Section:
    rows = tuple(
        (
            (str(number),),
            (joined(names),),
            (joined(items),),
            (source or say("report.blank"),),
            (outcome_title(outcome),),
            (iso(as_of),),
        )
        for number, (names, items, source, outcome, as_of) in enumerate(_alike(report), start=1)
    )
    if not rows:
        return "asked", (Text(say("report.findings.nothing_asked")),)
    titles = ("no", "subject", "item", "source", "outcome", "as_of")
    return "asked", (table(titles, (11, 20, 42, 34, 25, 24), rows, right=("no",)),)


def _alike(
    report: OwnReport,
) -> list[tuple[tuple[str, ...], tuple[str, ...], str, Outcome, date | None]]:
    """Everybody about whom one source gave the same answer in one row; what nobody was asked
    about, all its items in one row. Every subject × item is still said."""
    people: dict[tuple[str, str, Outcome, date | None], list[str]] = {}
    for line in report.asked:
        key = (line.item_title, line.source, line.outcome, line.as_of)
        people.setdefault(key, []).append(line.subject)
    items: dict[tuple[tuple[str, ...], str, str, Outcome, date | None], list[str]] = {}
    for (item, source, outcome, as_of), names in people.items():
        apart = "" if outcome in _ASKED_OF_NOBODY else item
        items.setdefault((tuple(names), apart, source, outcome, as_of), []).append(item)
    return [
        (names, tuple(titles), source, outcome, as_of)
        for (names, _, source, outcome, as_of), titles in items.items()
    ]
