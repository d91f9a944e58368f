"""The demonstration's whole month, held against what was planted.

What every report must say is worked out in ``tests.world.expected`` by rules of its own; here
the rows and the signed PDFs that the product made are read back and compared.
"""

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select, text

from app.cases.models import Ask, Case
from app.objections.models import Objection
from app.report.models import Report
from app.report.paper.verifying import verify_report
from tenants import files
from tenants.database import db
from tenants.scope import acting_for
from tests.usecases.tree import UNFINISHED
from tests.world import holding
from tests.world.builder import build_world
from tests.world.demo import play
from tests.world.expected import Expected, expected
from tests.world.holding import kinds_asked, must_end, outcomes_of
from tests.world.households import Household
from tests.world.month import case_of
from tests.world.plan import after_the_month
from tests.world.world import World

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Played:
    """The world after its month, and the folder with the merged reports."""

    app: Flask
    world: World
    folder: Path

    def newest_merged(self, household: Household) -> tuple[Report, bytes] | None:
        """The current merged report of a household, with its bytes."""
        agency = self.world.agency(household.agency).id
        with self.app.app_context(), acting_for(agency, read_only=True):
            current = select(Report).where(
                Report.case_id == case_of(household),
                Report.kind == "merged",
                Report.supplemented_by == "",
            )
            report = db.session.scalars(current).one_or_none()
            if report is None or report.file_id is None:
                return None
            return report, files.read(report.file_id, "report").data


def words_of(pdf: bytes) -> str:
    """The text of a PDF without its line breaks and spaces, as names may be broken anywhere."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return "".join(done.stdout.decode().split())


def test_the_month_says_what_was_planted(app: Flask, tmp_path: Path) -> None:
    """One test: the month takes longest, and everything is asked of the same one."""
    world = build_world(app)
    play(app, world, tmp_path)
    played = Played(app, world, tmp_path)
    every_report_says_what_was_planted(played)
    every_merged_report_is_sealed_by_its_agency(played)
    nothing_is_left_over_in_the_queue(played)
    an_objection_changes_a_report(played)
    assert kinds_asked(app, world)["by_wire"] == [1, 3, 9, 15, 16]


def every_report_says_what_was_planted(played: Played) -> None:
    ended = ("terminate_at_review", "withdraw")
    stories = [h for h in played.world.households if h.story not in ended]
    assert len(stories) >= 28
    for household in stories:
        must = expected(household, late_replies=True)
        found = played.newest_merged(household)
        assert found is not None, f"{household.no} has no merged report"
        report, pdf = found
        _holds_the_tiers_reports(household, pdf, must)
        _says_the_figures(household, pdf, must)
        _names_conflicts_and_what_is_out(household, pdf, must)
        _says_what_was_heard(household, pdf, must)
        _says_what_changed(household, pdf)
        agency = played.world.agency(household.agency)
        with played.app.app_context(), acting_for(agency.id, read_only=True):
            assert outcomes_of(report.case_id) == must_end(must, agency), household.no
            everything = select(Ask.is_open).where(Ask.case_id == report.case_id)
            assert not any(db.session.scalars(everything)), f"{household.no} has open asks"


def _holds_the_tiers_reports(household: Household, pdf: bytes, must: Expected) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == len(must.reports), household.no


def _says_the_figures(household: Household, pdf: bytes, must: Expected) -> None:
    said = words_of(pdf)
    for measure, figure in must.figures.items():
        if figure.found is None:
            continue
        money = measure in ("monthly_income", "deposits")
        shown = f"{figure.found:,.2f}元" if money else f"{figure.found}"
        assert shown in said, f"{household.no}: {measure} {shown}"
    # "以上" statements stand once per measure that exceeds its limit.
    over = sum(figure.is_over for figure in must.figures.values())
    assert said.count("高于限额") == over, household.no


def _names_conflicts_and_what_is_out(household: Household, pdf: bytes, must: Expected) -> None:
    said = words_of(pdf)
    assert ("撤回查询授权" in said) == bool(household.taken_back), household.no
    assert ("未发现不同来源不一致的信息" in said) == (not must.conflicts), household.no
    for conflict in must.conflicts:
        assert str(conflict["name"]) in said
    for line in must.out:
        assert line.name in said, household.no
    words = {"unable": "无法查询", "refused": "拒绝", "unanswered": "未反馈"}
    assert all(words[line.outcome] in said for line in must.out), household.no


def _says_what_was_heard(household: Household, pdf: bytes, must: Expected) -> None:
    """Whatever is against a household was put before it, and somebody else signed."""
    said = words_of(pdf)
    for name in must.relations:
        assert f"婚姻登记显示{name}的配偶" in said, household.no
        assert "郭长海" not in said, "the spouse's name is masked"
    over = [f for f in must.figures.values() if f.is_over or (f.found or 0) > f.declared]
    asked = bool(over or must.conflicts or must.relations)
    assert ("没有需要家庭说明的情况" in said) != (asked or bool(household.excluded)), household.no
    assert ("在说明期限内未作说明" in said) == (asked and household.silent), household.no
    assert "待说明" not in said, "nothing goes out unheard"
    for excluded in household.excluded:
        assert str(excluded["note"]) in said


def _says_what_changed(household: Household, pdf: bytes) -> None:
    """Who was added, whose number was put right, who died: in neutral words, at their place."""
    said = words_of(pdf)
    added = [subject.name for subject in household.subjects if subject.joined]
    assert said.count("为委托后追加的核对对象") == len(added), household.no
    assert all(f"{name}为委托后追加的核对对象" in said for name in added)
    assert ("有误，已更正" in said) == bool(household.mistyped), household.no
    assert (f"{household.left.get('name')}于2026年11月" in said) == bool(household.left)
    for subject in household.subjects:
        assert subject.other_number not in said


def an_objection_changes_a_report(played: Played) -> None:
    """刘振东 of SL-001 contests a house of the registry's: the recheck takes it back."""
    play(played.app, played.world, played.folder, after_the_month())
    (contested,) = (h for h in played.world.households if h.contested)
    agency = played.world.agency(contested.agency)
    with played.app.app_context(), acting_for(agency.id, read_only=True):
        case_id = case_of(contested)
        was, now = db.session.scalars(
            select(Report)
            .where(Report.case_id == case_id, Report.kind == "merged")
            .order_by(Report.version)
        )
        assert (was.state, was.replaced_by) == ("replaced", now.number)
        assert "提出异议" in now.replacing_reason
        assert now.file_id is not None
        pdf = files.read(now.file_id, "report").data
        (objection,) = db.session.scalars(select(Objection))
        assert (objection.state, objection.outcome) == ("told", "corrected")
    must = expected(contested, late_replies=True, rechecked=True)
    assert must.figures["houses"].found == 1
    _says_the_figures(contested, pdf, must)
    assert holding.agrees(played.app, played.world, contested)
    nothing_is_left_over_in_the_queue(played)


def every_merged_report_is_sealed_by_its_agency(played: Played) -> None:
    for household in played.world.households:
        found = played.newest_merged(household)
        if found is None:
            continue
        checked = verify_report(found[1], [], production=False)
        assert checked.intact, household.no
        assert checked.signer == played.world.agency(household.agency).name
        assert all(part.intact for part in checked.attachments)


def nothing_is_left_over_in_the_queue(played: Played) -> None:
    for agency in played.world.agencies.values():
        with played.app.app_context(), acting_for(agency.id, read_only=True):
            left = db.session.execute(text(UNFINISHED))
            assert list(left) == [], agency.name
            states = set(db.session.scalars(select(Case.state)))
            assert states <= {"reported", "terminated", "prepared", "withdrawn", "recalled"}, (
                agency.name
            )
