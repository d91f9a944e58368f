"""The parts that the report of one tier and the merged report have in common."""

from collections.abc import Iterable
from datetime import date

from app.report.messages import long_date, say, tier_title
from app.report.paper.blocks import Block, Closing, Column, Draft, Heading, Table, Text
from app.report.paper.content import ReportHead

Section = tuple[str, tuple[Block, ...]]


def draft(kind: str, report: ReportHead, sections: tuple[Section, ...]) -> Draft:
    """Head, introduction, numbered sections and closing; ``kind`` is ``own`` or ``merged``."""
    return Draft(
        title=say(f"report.title.{kind}{'.supplement' if report.supplements else ''}"),
        number=report.number,
        confidential=say("report.confidential"),
        verify_url=report.verify_url,
        verify_caption=say("report.verify_caption"),
        blocks=(
            _facts(report),
            _introduction(kind, report),
            *_numbered((*news_section(report), *sections)),
        ),
        closing=_closing(report),
        particulars={
            "kind": kind,
            "number": report.number,
            "agency": report.agency_name,
            "version": report.version,
            "replaces": report.replaces,
            "supplements": report.supplements,
            "issued_on": report.issued_on.isoformat(),
        },
    )


def news_section(report: ReportHead) -> tuple[Section, ...]:
    """补充内容: what came since the former version; nothing in a first version."""
    former = report.supplements or report.replaces
    if not former:
        return ()
    why: tuple[Text, ...] = ()
    if report.replacing_reason:
        reason = {"issuer": report.issuer_name, "reason": report.replacing_reason}
        why = (Text(say("report.news.replacing", **reason)),)
    lead = say("report.news.lead", number=former, count=len(report.news))
    if not report.news:
        return (("news", (Text(say("report.news.none", number=former)), *why)),)
    rows = tuple(
        ((n.subject,), (n.item_title,), (n.holder,), (n.before,), (n.now,)) for n in report.news
    )
    titles = ("subject", "item", "holder", "before", "now")
    return (("news", (Text(lead), table(titles, (24, 42, 42, 24, 24), rows), *why)),)


def subjects_section(report: ReportHead) -> Section:
    """核对对象, identity numbers masked."""
    rows = tuple(
        ((s.name,), (s.id_number_masked,), (s.relation_title,), (s.role_title,), (s.authorised,))
        for s in report.subjects
    )
    titles = ("name", "id_number", "relation", "role", "authorised")
    return "subjects", (table(titles, (22, 44, 23, 38.5, 28.5), rows),)


def table(
    titles: tuple[str, ...],
    widths_mm: tuple[float, ...],
    rows: tuple[tuple[tuple[str, ...], ...], ...],
    right: tuple[str, ...] = (),
) -> Table:
    """A table with titles from the message table; the columns in ``right`` are right-aligned."""
    columns = tuple(
        Column(say(f"report.column.{title}"), width, "right" if title in right else "left")
        for title, width in zip(titles, widths_mm, strict=True)
    )
    return Table(columns, rows)


def joined(words: Iterable[str]) -> str:
    """Several names or titles in one cell."""
    return say("report.names.join").join(words)


def iso(day: date | None) -> str:
    """A date in a table, or a dash where there is none."""
    return day.isoformat() if day else say("report.blank")


def _facts(report: ReportHead) -> Table:
    pairs = [
        ("case_no", report.case_no),
        (
            "agency",
            say(
                "report.fact.agency_value",
                agency=report.agency_name,
                tier=tier_title(report.tier),
            ),
        ),
        ("household", report.household_head),
        ("size", say("report.fact.size_value", count=len(report.subjects))),
        ("scheme", report.scheme_title),
        ("application", report.application_title),
        ("entrusted_by", report.entrusted_by),
        ("entrusted_on", iso(report.entrusted_on)),
    ]
    if report.supplements:
        pairs.append(("version", say("report.fact.version_value", version=report.version)))
        pairs.append(
            ("supplements", say("report.fact.supplements_value", number=report.supplements))
        )
    if report.replaces:
        pairs.append(("version", say("report.fact.version_value", version=report.version)))
        pairs.append(("replaces", say("report.fact.replaces_value", number=report.replaces)))
    cells = [((say(f"report.fact.{label}"),), (value,)) for label, value in pairs]
    rows = tuple((*cells[at], *cells[at + 1]) for at in range(0, len(cells), 2))
    columns = (
        Column("", 22, label=True),
        Column("", 56),
        Column("", 22, label=True),
        Column("", 56),
    )
    return Table(columns, rows, headed=False)


def _introduction(kind: str, report: ReportHead) -> Text:
    return Text(
        say(
            f"report.intro.{kind}",
            entrusted_by=report.entrusted_by,
            basis=report.legal_basis,
            agency=report.agency_name,
            head=report.household_head,
            count=len(report.subjects),
        )
    )


def _numbered(sections: tuple[Section, ...]) -> tuple[Block, ...]:
    ordinals = say("report.ordinals").split()
    blocks: list[Block] = []
    for ordinal, (title, content) in zip(ordinals, sections, strict=False):
        words = say(f"report.section.{title}")
        blocks += [Heading(say("report.heading", ordinal=ordinal, title=words)), *content]
    return tuple(blocks)


def _closing(report: ReportHead) -> Closing:
    notes = [say("report.note", note=say("report.note.neutral"))]
    notes += [say(f"report.note.{note}") for note in ("use", "signature")]
    return Closing(
        notes=tuple(notes),
        issuer=say("report.issuer", name=report.issuer_name),
        agency=report.agency_name,
        date=long_date(report.issued_on),
    )
