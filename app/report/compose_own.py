"""核对报告: one tier's own report, composed from what that tier checked."""

from app.report.blocks import Cell, Draft, Text
from app.report.completeness import check_whole, completeness
from app.report.compose import Section, draft, iso, subjects_section, table
from app.report.content import FoundFact, OwnReport
from app.report.messages import outcome_title, say


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
            (line.subject,),
            (line.item_title,),
            (line.source or say("report.blank"),),
            (outcome_title(line.outcome),),
            (iso(line.as_of),),
        )
        for number, line in enumerate(report.asked, start=1)
    )
    if not rows:
        return "asked", (Text(say("report.findings.nothing_asked")),)
    titles = ("no", "subject", "item", "source", "outcome", "as_of")
    return "asked", (table(titles, (11, 20, 42, 34, 25, 24), rows, right=("no",)),)
