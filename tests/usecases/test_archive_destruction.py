"""What was kept long enough is destroyed at 榆树市: three people, nothing left but a tombstone."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditRow
from app.audit.service import broken_links, seal_trail
from app.cases.lifecycle import Chosen
from app.cases.models import Case
from app.oversight.archive import destroying, service
from app.oversight.archive.messages import Fault
from app.oversight.archive.models import ArchiveDestruction, ArchiveFile
from migrations.tables import metadata
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.files import File
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.reporting import ISSUER, answered, county, issue_all
from tests.pages.stage import Stage, on_day
from tests.pages.test_archive import REASON, decide_all
from tests.pages.test_decisions import december

DIRECTOR, REVIEWER, OTHER_REVIEWER = "王处长", "赵磊", "李敏"


def in_2037():
    return business_date_set_to(dt.date(2037, 1, 4), allow=True)


def known_of(stage: Stage, case_id: int) -> dict[str, int]:
    """Table → rows that still know a case, over every table that has a ``case_id``."""
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        found = {}
        for table in metadata.sorted_tables:
            if "case_id" not in table.c or table.name in ("staged_subject", "household_draft"):
                continue
            rows = select(func.count()).where(table.c.case_id == case_id)
            found[table.name] = db.session.scalar(rows) or 0
        return {name: count for name, count in found.items() if count}


def test_a_set_is_destroyed_by_three_people(app: Flask, settings: Settings) -> None:
    with on_day(20):
        stage = answered(app, settings)
    with on_day(26):
        issue_all(stage, stage.at_browser(ISSUER))
    with december(3):
        decide_all(stage)
    own, issuer = county(stage), stage.world.actor(ISSUER)
    (director,) = [p.actor for p in stage.world.people_of("榆树市", "director")]
    reviewer = stage.world.actor(REVIEWER)
    with december(9), app.app_context(), acting_for(own):
        every = list(db.session.scalars(select(Case.id).order_by(Case.id)))
        service.file_cases(Chosen.of(every), issuer, reason=REASON)
        ids = list(db.session.scalars(select(ArchiveFile.id).order_by(ArchiveFile.id)))
        early = destroying.propose(Chosen.of(ids), "提前", issuer)
        assert early.done == ()
        assert {skip.code for skip in early.skipped} == {"archive_not_due"}
        service.hold(ids[0], "litigation", "行政诉讼", issuer)

    with in_2037():
        with app.app_context(), acting_for(own):
            moved = destroying.propose(Chosen.of(ids), "保管期满", issuer)
            assert [(s.id, s.code) for s in moved.skipped] == [(ids[0], "archive_held")]
            (set_id,) = moved.done
            seen = Chosen.of([set_id])
            service.hold(ids[1], "audit", "审计调阅", issuer)
        with pytest.raises(Fault, match="已暂停销毁"), app.app_context(), acting_for(own):
            destroying.confirm(seen, director)
        with app.app_context(), acting_for(own):
            destroying.turn_down(seen, "有审计", director)
        with app.app_context(), acting_for(own):
            (set_id,) = destroying.propose(Chosen.of(ids), "保管期满", issuer).done
            seen = Chosen.of([set_id])
            row = db.session.get(ArchiveDestruction, (own, set_id))
            assert row.files == len(ids) - 2
            destroying.confirm(seen, director)
        two_hats = stage.world.actor(ISSUER)
        with pytest.raises(Fault, match="三名不同的人"), app.app_context(), acting_for(own):
            destroying.witness(seen, two_hats)
        with app.app_context(), acting_for(own):
            before = {c.id: c.number for c in db.session.scalars(select(Case))}
            files = db.session.scalar(select(func.count()).select_from(File))
            destroying.witness(seen, reviewer)
        stage.work()

        kept, gone = every[:2], every[2:]
        with app.app_context(), acting_for(own):
            assert list(db.session.scalars(select(Case.id).order_by(Case.id))) == kept
            assert db.session.scalar(select(func.count()).select_from(File)) < files
            rows = list(db.session.scalars(select(ArchiveFile).order_by(ArchiveFile.id)))
            assert [r.state for r in rows] == ["filed", "filed", *["destroyed"] * len(gone)]
            assert all(r.destroyed_at and not r.shelf for r in rows[2:])
            row = db.session.get(ArchiveDestruction, (own, set_id))
            assert (row.state, row.witness_name) == ("destroyed", REVIEWER)
            seal_trail()
            told = db.session.scalars(
                select(AuditRow).where(AuditRow.verb == "archive.destroyed").order_by(AuditRow.id)
            ).all()
            assert [t.detail["case_number"] for t in told] == [before[id_] for id_ in gone]
            assert told[0].detail["digest"] == rows[2].digest.hex()
            assert broken_links() == []
            destroying.destroy(set_id)
        for case_id in gone:
            assert known_of(stage, case_id) == {"archive_file": 1}
        assert known_of(stage, kept[0]).keys() >= {"subject", "report", "ask", "decision"}
        _pages_go_on(stage, rows[2], kept)


def _pages_go_on(stage: Stage, buried: ArchiveFile, kept: list[int]) -> None:
    browser = stage.at_browser(ISSUER)
    page = browser.read(f"/archive/{buried.id}")
    assert "不能恢复" in page
    assert DIRECTOR not in page
    assert buried.number in browser.read("/archive?list=destroyed")
    assert browser.open(f"/cases/{buried.case_id}").status_code == 404
    assert browser.open(f"/archive/{buried.id}/package").status_code == 404
    assert browser.open(f"/cases/{kept[0]}").status_code == 200
    set_page = f"/archive/destructions/{buried.destruction_id}"
    assert "监销" in browser.read(set_page)
    printed = browser.send(set_page, f"/prints/destructions/{buried.destruction_id}/inventory")
    assert printed.data.startswith(b"%PDF")
