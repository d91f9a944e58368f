"""五棵树镇's households at 榆树市, every question answered: what the report issuer starts from."""

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import select

from app.cases.models import Ask, Case
from app.delegation.answers import Answer, count_own, count_upper, set_outcomes
from app.report.models import Report
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Browser, Stage, approved

ISSUER, OFFICER, DEPARTMENT = "刘洋", "王芳", "罗琳"


def answered(app: Flask, settings: Settings) -> Stage:
    """Own units and the parent answered "no record" for every household, at one stroke."""
    stage = approved(app, settings)
    answer_all(stage)
    return stage


def answer_all(stage: Stage, outcome: Outcome = Outcome.NO_RECORD) -> None:
    """End whatever is open with one outcome."""
    with stage.app.app_context(), acting_for(county(stage)):
        asks = list(db.session.scalars(select(Ask).where(Ask.is_open)))
        for source in sorted({ask.source for ask in asks}):
            here = [ask for ask in asks if ask.source == source]
            set_outcomes(
                source, [Answer(a.subject_id, item, int(outcome)) for a in here for item in a.items]
            )
        count_own(sorted({ask.case_id for ask in asks if ask.source > 0}))
        count_upper(sorted({ask.case_id for ask in asks if ask.source == 0}))


def county(stage: Stage) -> int:
    return stage.world.agency("榆树市").id


def cases(stage: Stage) -> list[int]:
    """The county's cases."""
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        return list(db.session.scalars(select(Case.id).order_by(Case.id)))


def reports(stage: Stage, kind: str) -> Sequence[Report]:
    """The county's reports of a kind by case, the oldest version first."""
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        query = select(Report).where(Report.kind == kind)
        query = query.order_by(Report.case_id, Report.version)
        return db.session.scalars(query).all()


def issue_all(stage: Stage, browser: Browser) -> None:
    """Own reports, then merged ones, for everything that is ready."""
    for which in ("issue", "merge"):
        ids = [str(id_) for id_ in cases(stage)]
        answer = browser.send(f"/reports?list={which}", f"/reports/{which}", ids=ids)
        assert answer.status_code == 303, answer.text
        stage.work()
