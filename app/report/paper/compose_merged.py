"""统一反馈: the covering document over the reports of all tiers (操作规程 三).

A tier's findings are never told again here: the tier's own report is attached as issued, and this
document says which report that is. What is the covering agency's own is the comparison.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.report.messages import Fault, long_date, outcome_title, say, tier_title
from app.report.paper.blocks import Block, Cell, Draft, Text
from app.report.paper.completeness import count_words
from app.report.paper.compose import Section, draft, iso, joined, subjects_section, table
from app.report.paper.content import ComparisonLine, MergedReport, Outstanding, TierReport
from app.report.paper.drawing import checked_drawing
from tenants.catalogue.outcomes import Outcome

_DIGEST_SHOWN = 16


def compose_merged(report: MergedReport) -> Draft:
    """Compose the covering document; ``Fault`` for an unsafe drawing or a file name used twice."""
    names = [tier.file_name for tier in report.tier_reports]
    for name in names:
        if names.count(name) > 1:
            raise Fault("report.attachment_name_twice", name=name)
    composed = draft(
        "merged",
        report,
        (
            subjects_section(report),
            ("lanes", (checked_drawing(report.lanes_svg),)),
            _comparison(report),
            _matters(report),
            _tiers(report),
            _conflicts(report),
            _outstanding(report),
            _authorisation(report),
            _attachments(report),
        ),
    )
    return _with_attachments(composed, report)


def _with_attachments(composed: Draft, report: MergedReport) -> Draft:
    attached = [
        {
            "file": tier.file_name,
            "number": tier.number,
            "agency": tier.agency_name,
            "sha256": tier.sha256,
        }
        for tier in report.tier_reports
    ]
    return replace(composed, particulars={**composed.particulars, "attachments": attached})


def _comparison(report: MergedReport) -> Section:
    if not report.comparison:
        return "comparison", (Text(say("report.comparison.none")),)
    rows = tuple(
        (
            (line.measure_title,),
            (line.whose,),
            (line.declared,),
            _found(line),
            _basis(line),
        )
        for line in report.comparison
    )
    titles = ("measure", "whose", "declared", "found", "basis")
    widths = (18, 18.5, 24.5, 24.5, 70.5)
    compared = table(titles, widths, rows, right=("declared", "found"))
    return "comparison", (compared, *(Text(words) for words in report.uncounted))


def _basis(line: ComparisonLine) -> Cell:
    words = []
    if line.arithmetic:
        words.append(say("report.comparison.arithmetic", arithmetic=line.arithmetic))
    if line.limit:
        words.append(say("report.comparison.limit", limit=line.limit, article=line.article))
    if line.remark:
        words.append(line.remark)
    words += line.beside
    return tuple(words) or (say("report.blank"),)


def _found(line: ComparisonLine) -> Cell:
    if not line.stands:
        return (line.found,)
    return (line.found, say("report.comparison.stands", stands=line.stands))


def _matters(report: MergedReport) -> Section:
    remarks = tuple(Text(remark) for remark in report.relation_remarks)
    if not report.matters:
        return "matters", (Text(say("report.matters.none")), *remarks)
    rows = tuple(
        (
            (matter.title,),
            (matter.facts,),
            matter.said or (say("report.matters.unexplained"),),
            matter.settled or (say("report.blank"),),
        )
        for matter in report.matters
    )
    titles = ("topic", "facts_found", "said", "signed")
    told = table(titles, (24, 50, 48, 34), rows)
    return "matters", (Text(say("report.matters.lead")), told, *remarks)


def _tiers(report: MergedReport) -> Section:
    if not report.tier_reports:
        return "tiers", (Text(say("report.tiers.none")),)
    rows = tuple(
        (
            (tier_title(tier.tier),),
            (tier.agency_name,),
            (tier.number,),
            (iso(tier.issued_on),),
            _counts(tier),
        )
        for tier in report.tier_reports
    )
    titles = ("tier", "agency", "number", "issued_on", "counts")
    return "tiers", (Text(say("report.tiers.rule")), table(titles, (14, 36, 44, 24, 38), rows))


def _counts(tier: TierReport) -> Cell:
    return (
        say("report.tiers.findings", count=tier.findings_count),
        count_words(tier.outcomes),
    )


def _conflicts(report: MergedReport) -> Section:
    if not report.conflicts:
        return "conflicts", (Text(say("report.conflicts.none")),)
    rows = tuple(
        (
            (conflict.subject,),
            (conflict.item_title,),
            tuple(
                say("report.conflicts.value", source=source, value=value)
                for source, value in conflict.values
            ),
        )
        for conflict in report.conflicts
    )
    return "conflicts", (
        Text(say("report.conflicts.lead")),
        table(("subject", "item", "values"), (26, 40, 90), rows),
    )


def _outstanding(report: MergedReport) -> Section:
    blocks: list[Block] = [Text(say("report.outstanding.none"))]
    if report.outstanding:
        rows = tuple(
            ((joined(people),), (joined(items),), (holder,), (outcome_title(outcome),))
            for people, items, holder, outcome in _alike(report.outstanding)
        )
        blocks = [
            Text(say("report.outstanding.lead", count=len(report.outstanding))),
            table(("subject", "item", "holder", "state"), (26, 66, 36, 28), rows),
        ]
    if report.incomplete:
        decision = report.incomplete
        blocks.append(
            Text(
                say(
                    "report.incomplete",
                    decided_by=decision.decided_by,
                    decided_on=long_date(decision.decided_on),
                    reason=decision.reason,
                )
            )
        )
    return "outstanding", tuple(blocks)


def _alike(
    outstanding: Sequence[Outstanding],
) -> list[tuple[tuple[str, ...], tuple[str, ...], str, Outcome]]:
    """What is out for the same reason, in one row: people × items, every pair still said."""
    people: dict[tuple[str, str, Outcome], list[str]] = {}
    for out in outstanding:
        people.setdefault((out.item_title, out.holder, out.outcome), []).append(out.subject)
    items: dict[tuple[tuple[str, ...], str, Outcome], list[str]] = {}
    for (item, holder, outcome), names in people.items():
        items.setdefault((tuple(names), holder, outcome), []).append(item)
    return [
        (names, tuple(titles), holder, outcome)
        for (names, holder, outcome), titles in items.items()
    ]


def _authorisation(report: MergedReport) -> Section:
    remarks = report.authorisation_remarks or (say("report.authorisation.none"),)
    return "authorisation", tuple(Text(remark) for remark in remarks)


def _attachments(report: MergedReport) -> Section:
    if not report.tier_reports:
        return "attachments", (Text(say("report.attachments.none")),)
    rows = tuple(
        (
            (str(number),),
            (tier.file_name,),
            (tier.number,),
            (str(tier.page_count),),
            (tier.sha256[:_DIGEST_SHOWN],),
        )
        for number, tier in enumerate(report.tier_reports, start=1)
    )
    titles = ("no", "file", "number", "pages", "digest")
    return "attachments", (
        Text(say("report.attachments.lead", count=len(rows))),
        table(titles, (11, 50, 44, 13, 38), rows, right=("no", "pages")),
    )
