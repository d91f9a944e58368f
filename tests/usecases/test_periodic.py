"""定期核查 at 榆树市: 罗琳 takes recipients into December's entrustment; 王芳 sees what changed."""

import datetime as dt
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update

from app.assistance.periodic.models import PeriodicBatch, PeriodicCase
from app.assistance.periodic.rules import draw
from app.cases.lifecycle import Chosen, Skip
from app.cases.models import Authorisation, Case, Subject
from app.findings.models import Finding
from app.intake import service as intake
from app.intake import ticking
from app.intake.paper_rules import missing_ticks
from tenants.calendar import business_date_set_to
from tenants.database import any_of, db, take_ids
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.reporting import ISSUER, answered, county, issue_all
from tests.pages.stage import Stage, on_day
from tests.usecases.test_register import decide

CLERK, OFFICER = "罗琳", "王芳"
HERE = "/assistance/periodic"
MONEY = {"benefit_status": "1", "benefit_amount": 900_000}


def recipients_of(stage: Stage, count: int) -> list[int]:
    """So many households under 低保, granted on 3 December."""
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        query = select(Case.id).where(Case.scheme == "subsistence", Case.state == "reported")
        ids = list(db.session.scalars(query.order_by(Case.id)))[:count]
    for id_ in ids:
        decide(stage, id_, "granted", dt.date(2026, 12, 3), 56_000)
    return ids


def ends(stage: Stage, case_id: int, day: dt.date) -> None:
    with stage.app.app_context(), acting_for(county(stage)):
        here = select(Subject.id).where(Subject.case_id == case_id)
        of_case = Authorisation.subject_id.in_(here)
        db.session.execute(update(Authorisation).where(of_case).values(expires_on=day))


def find(stage: Stage, case_id: int, fields: dict[str, object]) -> None:
    """Something that a higher tier found about the applicant."""
    with stage.app.app_context(), acting_for(county(stage)):
        here = (Subject.case_id == case_id) & (Subject.role == "applicant")
        subject_id = db.session.scalars(select(Subject.id).where(here)).one()
        (id_,) = take_ids(1)
        row: dict[str, Any] = {"id": id_, "case_id": case_id, "subject_id": subject_id, "item": 501}
        row |= {
            "by_agency_id": 220000,
            "source_name": "省社保局",
            "request_number": "",
            "letter_key": "1",
        }
        row |= {"as_of": dt.date(2026, 12, 10), "sealed": vault().seal("finding", id_, fields)}
        db.session.execute(insert(Finding).inline().values(**row))


def check_the_sample(stage: Stage, batch_id: int) -> None:
    """The batch is entrusted; who was drawn is accepted only with every paper ticked."""
    with business_date_set_to(dt.date(2026, 12, 4), allow=True), stage.app.app_context():
        clerk, officer = stage.world.actor(CLERK), stage.world.actor(OFFICER)
        scope = {"unit_id": clerk.unit_id, "desk_id": clerk.desk_id}
        with acting_for(clerk.agency_id, "commissioner", **scope):
            of_batch = select(Case.list_id).join(PeriodicCase, PeriodicCase.case_id == Case.id)
            lists = sorted(set(db.session.scalars(of_batch)))
            day = dt.date(2026, 12, 4)
            intake.submit(lists, letter_number="榆民委〔2026〕14号", letter_on=day, actor=clerk)
        with acting_for(county(stage)):
            here = select(PeriodicCase.case_id).where(PeriodicCase.batch_id == batch_id)
            drawn = db.session.scalars(here.where(PeriodicCase.is_sampled)).one()
            waiting = Case.state == "submitted"
            highest = max(db.session.scalars(select(Case.id).where(waiting)))
            moved = intake.accept(Chosen.where(waiting, highest), officer)
            assert len(moved.done) == 1
            assert moved.skipped == (Skip(drawn, "sample_not_ticked"),)
            people = list(db.session.scalars(select(Subject.id).where(Subject.case_id == drawn)))
            ticking.tick(drawn, missing_ticks(people[1:], ()), officer)
            assert not intake.accept(Chosen.of([drawn]), officer).done, "one person is not ticked"
            ticking.tick(drawn, missing_ticks(people, ()), officer)
            assert intake.accept(Chosen.of([drawn]), officer).done == (drawn,)


def test_recipients_are_checked_again_and_what_changed_is_shown(
    app: Flask, settings: Settings
) -> None:
    with on_day(20):
        stage = answered(app, settings)
    with on_day(26):
        issue_all(stage, stage.at_browser(ISSUER))
    with business_date_set_to(dt.date(2026, 12, 3), allow=True):
        first, second, third = recipients_of(stage, 3)
        ends(stage, second, dt.date(2026, 12, 20))
        clerk = stage.at_browser(CLERK)
        page = clerk.read(f"{HERE}/recipients")
        assert "授权不够到本次反馈" in page
        assert page.index("2026-12-20") < page.index(">可以<"), "what ends first stands first"
        later = clerk.read(f"{HERE}/recipients?before=2026-11-01")
        assert "没有符合条件的家庭" in later
        nobody = clerk.send_unasked(f"{HERE}/recipients", f"{HERE}/recipients", before="2026-11-01")
        assert nobody.status_code == 422

        done = clerk.after(clerk.send(f"{HERE}/recipients", f"{HERE}/recipients"))
        assert "已将 2 户纳入 2026 年 12 月" in done
        assert "1 户没有纳入：授权不够到本次反馈" in done
        page = clerk.read(f"{HERE}/recipients")
        assert page.count("正在核对中") == 2
        again = clerk.send(f"{HERE}/recipients", f"{HERE}/recipients")
        assert again.status_code == 422, "nobody twice"

    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        batch = db.session.scalars(select(PeriodicBatch)).one()
        kept = list(db.session.scalars(select(PeriodicCase).order_by(PeriodicCase.case_id)))
        ids = [one.case_id for one in kept]
        cases = list(db.session.scalars(select(Case).where(Case.id == any_of(ids))))
        people = select(Subject.case_id, Subject.id_hash).order_by(Subject.row_no)
        assert {one.former_case for one in kept} == {first, third}
        assert {(c.state, c.application, c.period) for c in cases} == {
            ("prepared", "periodic", 202612)
        }
        for one in kept:
            new, old = (
                [row.id_hash for row in db.session.execute(people.where(Subject.case_id == id_))]
                for id_ in (one.case_id, one.former_case)
            )
            assert new == old
        assert draw(batch.seed, ids, batch.sample_size) == {o.case_id for o in kept if o.is_sampled}
        assert (batch.households, batch.left_out, batch.sample_size) == (2, 1, 1)

    check_the_sample(stage, batch.id)

    # As if they were under way: one with a pension over the limit, one that lost what it had.
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(update(Case).where(Case.id == any_of(ids)).values(state="checking"))
    find(stage, kept[0].case_id, MONEY)
    find(stage, kept[1].former_case, MONEY | {"benefit_amount": 30_000})
    with business_date_set_to(dt.date(2026, 12, 14), allow=True):
        officer = stage.at_browser(OFFICER)
        assert "汇总表" in officer.read(HERE)
        page = officer.read(f"{HERE}/{batch.id}")
        for words in (
            "超过限额，可能不再符合",
            "查得减少，可能可以获得更多救助",
            "新增",
            "不再有",
            batch.seed,
        ):
            assert words in page
        sample = officer.read(f"{HERE}/{batch.id}?show=sample")
        assert sample.count('<td class="act">') == 1
        assert clerk.open(f"{HERE}/{batch.id}").status_code == 403
