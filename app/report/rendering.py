"""What the worker does for a chunk of drafted reports: compose, render together, sign, keep."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from flask import current_app
from sqlalchemy import select, text, update

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.cases.sources import TO_PARENT
from app.cases.telling import tell_senders
from app.delegation.answers import lock_cases
from app.report.covering import merged_report, people_of
from app.report.explaining import heard_in
from app.report.former import (
    Asked,
    asked_now,
    asked_then,
    former_of,
    keep_asked,
    tells_of_others,
)
from app.report.gathering import (
    Household,
    Surroundings,
    households,
    outcome_counts,
    own_asked,
    own_report,
)
from app.report.lanes import lanes_svg_of
from app.report.messages import say
from app.report.models import Report, ReportPart
from app.report.news import mark_told
from app.report.paper.compose_merged import compose_merged
from app.report.paper.compose_own import compose_own
from app.report.paper.content import MergedReport, OwnReport
from app.report.paper.paging import PagedDocument, SealBox, paginate
from app.report.paper.particulars import attach_reports
from app.report.paper.render import render_many
from app.report.paper.signing import AgencySeal, sign_pdf
from app.report.rechecked import reason_rechecked
from tenants import files
from tenants.calendar import instant
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.progress import tell_done
from tenants.rulebook import rulebook
from tenants.scope import current_scope
from tenants.settings import Settings
from tenants.vault import digest, signature_key

TELL_EVERY = 5
"""Reports between two words about how far a chunk is: each takes a third of a second to sign."""

_CURRENT = text("""
SELECT id FROM report WHERE case_id = ANY(:ids) AND kind = ANY(:kinds)
  AND state IN ('issued', 'received') AND supplemented_by = ''
ORDER BY case_id, kind, by_agency_id, id
""")


def render_own(ids: Sequence[int]) -> None:
    """Finish drafted own reports; then they go down, or wait for the merged report."""
    drafted = _drafted(ids)
    if not drafted:
        return
    found = households([report.case_id for report in drafted])
    around = Surroundings.of(_settings(), found.values())
    replaced, replaces = _current([r.case_id for r in drafted], ["own"]), _late_replaces(around)
    contents: list[OwnReport] = []
    for report in drafted:
        household = found[report.case_id]
        older = replaced.get(report.case_id, [])
        if tells_of_others(older, {wrong.id for wrong in household.corrected}):
            report.replacing_reason = report.replacing_reason or say("report.corrected.replaces")
        asked = own_asked(household)
        again = reason_rechecked(report.case_id, older, asked)
        report.replacing_reason = report.replacing_reason or again
        former = former_of(report, older, replaces)
        content = own_report(household, report, around, former)
        keep_asked(report, asked)
        report.own_answers = household.case.own_answers
        report.findings = len(content.findings)
        report.outcomes = outcome_counts(content.asked)
        contents.append(content)
    papers = [paginate(compose_own(content)) for content in contents]
    _finish(drafted, papers, render_many(papers), around, {})
    _follow(drafted, replaced, replaces)
    post("report.pass_down", {"ids": [report.id for report in drafted]}, total=len(drafted))


def render_merged(ids: Sequence[int]) -> None:
    """Finish drafted merged reports: cover, attach every tier's signed report, sign."""
    drafted = _drafted(ids)
    if not drafted:
        return
    case_ids = [report.case_id for report in drafted]
    found = households(case_ids)
    around = Surroundings.of(_settings(), found.values())
    parts = _current(case_ids, ["own", "upper"])
    replaced, replaces = _current(case_ids, ["merged"]), _late_replaces(around)
    people, heard = people_of(found.values(), around), heard_in(case_ids)
    contents: list[MergedReport] = []
    for report in drafted:
        household = found[report.case_id]
        older = replaced.get(report.case_id, [])
        own_parts = parts.get(report.case_id, [])
        # A reply since the draft is not in the own report that is attached: it makes a new version.
        own_parts_at = [part.own_answers for part in own_parts if part.kind == "own"]
        report.own_answers = max(own_parts_at, default=household.case.own_answers)
        report.upper_answers = household.case.upper_answers
        report.findings = sum(part.findings for part in own_parts)
        report.outcomes = _summed(own_parts)
        asked = _asked_with(household, own_parts)
        again = reason_rechecked(report.case_id, older, asked)
        report.replacing_reason = report.replacing_reason or again
        keep_asked(report, asked)
        contents.append(
            merged_report(
                household,
                people[report.case_id],
                heard,
                report,
                around,
                former_of(report, older, replaces),
                asked,
                own_parts,
                lanes_svg_of(household.case.id),
            )
        )
    papers = [paginate(compose_merged(content)) for content in contents]
    covers = [
        attach_reports(pdf, content.tier_reports)
        for pdf, content in zip(render_many(papers), contents, strict=True)
    ]
    units = {report.id: report.unit_id for report in drafted}
    _finish(drafted, papers, covers, around, units)
    for report in drafted:
        for position, part in enumerate(parts.get(report.case_id, []), start=1):
            db.session.add(
                ReportPart(
                    report_id=report.id,
                    position=position,
                    part_id=part.id,
                    digest=part.digest or b"",
                )
            )
    db.session.flush()
    _follow(drafted, replaced, replaces)
    move("case", "report", Chosen.of(case_ids), system_actor(around.agency.id))
    mark_told(case_ids)
    tell_senders("report.ready", case_ids)


def _summed(parts: Sequence[Report]) -> dict[str, int]:
    """How the items of all tiers ended: the counts that their reports came with."""
    counted: Counter[str] = Counter()
    for part in parts:
        counted.update(part.outcomes)
    return dict(counted)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["hedui.settings"]
    return settings


def _drafted(ids: Sequence[int]) -> list[Report]:
    """The reports of this chunk that are still drafts, their cases locked against new answers."""
    chosen = Report.id == any_of(ids)
    lock_cases(db.session.scalars(select(Report.case_id).where(chosen)))
    rows = select(Report).where(chosen, Report.state == "drafted").order_by(Report.id)
    return list(db.session.scalars(rows.with_for_update()))


def _current(case_ids: Sequence[int], kinds: list[str]) -> dict[int, list[Report]]:
    ids = list(db.session.execute(_CURRENT, {"ids": list(case_ids), "kinds": kinds}).scalars())
    rows = {r.id: r for r in db.session.scalars(select(Report).where(Report.id.in_(ids)))}
    grouped: dict[int, list[Report]] = {}
    for id_ in ids:
        grouped.setdefault(rows[id_].case_id, []).append(rows[id_])
    return grouped


def _finish(
    reports: Sequence[Report],
    papers: Sequence[PagedDocument],
    pdfs: Sequence[bytes],
    around: Surroundings,
    units: Mapping[int, int],
) -> None:
    seal = _seal(around)
    for place, (report, paper, pdf) in enumerate(zip(reports, papers, pdfs, strict=True)):
        if place % TELL_EVERY == 0:
            tell_done(place)
        box: SealBox = paper.seal
        reason = say(f"report.sign.{report.kind}")
        signed = sign_pdf(pdf, seal, reason, around.agency.region_name, box)
        name = f"{report.number.replace(' ', '-')}.pdf"
        report.file_id = files.store("report", name, signed, unit_id=units.get(report.id, 0))
        report.digest = digest(signed)
        report.pages = len(paper.pages)
        report.issued_at = instant()
    db.session.flush()
    actor = system_actor(current_scope().agency_id)
    move("report", "issue", Chosen.of(report.id for report in reports), actor)


def _seal(around: Surroundings) -> AgencySeal:
    marker = "-----END CERTIFICATE-----"
    blocks = [
        (block + marker).strip().encode()
        for block in around.agency.certificate.split(marker)
        if block.strip()
    ]
    return AgencySeal(around.agency.name, blocks[0], signature_key(), tuple(blocks[1:]))


def _late_replaces(around: Surroundings) -> bool:
    return rulebook(around.agency.province).late_answers_replace.value


def _asked_with(household: Household, parts: Sequence[Report]) -> Asked:
    """How everything stands as the attached reports say it: the own part by its own report."""
    own = [asked_then(part) for part in parts if part.kind == "own"]
    above = asked_now(ask for ask in household.asks if ask.source == TO_PARENT)
    return {**((own[-1] if own else None) or own_asked(household)), **above}


def _follow(
    reports: Sequence[Report], older: Mapping[int, Sequence[Report]], late_replaces: bool
) -> None:
    """Mark what the new versions supplement or replace; the QR code's page says so from then on."""
    replacing: dict[int, str] = {}
    for report in reports:
        former = older.get(report.case_id, ())
        if former and (late_replaces or report.replacing_reason):
            replacing[report.case_id] = report.number
        elif former:
            report.supplements = former[-1].number
            former[-1].supplemented_by = report.number
    db.session.flush()
    if replacing:
        replace_all(reports[0].kind, replacing, {report.id for report in reports})


def replace_all(kind: str, numbers: Mapping[int, str], but: Collection[int]) -> None:
    """All valid versions of one kind in these cases give way to the new one, chains included."""
    valid = db.session.scalars(
        select(Report).where(
            Report.case_id == any_of(numbers),
            Report.kind == kind,
            Report.state.in_(("issued", "received")),
            Report.id.not_in(but),
        )
    ).all()
    actor = system_actor(current_scope().agency_id)
    move("report", "replace", Chosen.of(row.id for row in valid), actor)
    for row in valid:
        number = numbers[row.case_id]
        db.session.execute(update(Report).where(Report.id == row.id).values(replaced_by=number))
