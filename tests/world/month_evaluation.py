"""The year's evaluation (第十八条): one county contests its score, and another person settles it."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from app.oversight.evaluation import queries
from app.oversight.evaluation import service as evaluation
from app.oversight.evaluation.models import ScoreSheet
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month, done
from tests.world.plan import AgencyPlan

TARGETS = "全年按期反馈，材料一次合格，信息共享单位按期反馈；队伍、档案和保密管理到位。"
SELF = "全年工作按要求完成，逾期的家庭已逐户说明原因。"
SCORED = "按上报的数计分；档案交接登记不全，管理一项扣 3 分。"
CONTESTED = "档案交接已于 12 月 1 日补齐登记，并报长春市核对中心备查，请恢复所扣的 3 分。"
SETTLED = "经查档案交接登记已补齐，申诉成立，恢复 2 分；补登晚于规定时间，扣 1 分。"
JUDGED = "management"


def evaluate(month: Month) -> Counts:
    """The cities give targets; every county assesses itself; all but the last of a city are scored;
    the first of all contests, the others agree."""
    counts: Counts = Counter()
    for city in month.agencies("city"):
        with acting_for(city.id):
            children = [child.id for child in evaluation.children_without(month.day.year)]
            given = month.one(city, "reviewer"), children
            year = month.day.year
            moved = evaluation.set_targets(year, given[1], {}, TARGETS, given[0])
            counts["sheets"] += len(moved.done)
    month.work()
    counties = [agency for agency in month.agencies("county") if _directors(month, agency)]
    for agency, row in _own(month, counties, "set"):
        director = month.one(agency, "director")
        counts["assessed"] += done(
            evaluation.assess(row.id, row.rev, _points(row.id, 0), SELF, director)
        )
    month.work()
    for city in month.agencies("city"):
        with acting_for(city.id):
            for row in _rows("assessed")[: -1 or None]:
                points, who = _points(row.id, 30), month.one(city, "reviewer")
                counts["scored"] += done(evaluation.score(row.id, row.rev, points, SCORED, who))
    month.work()
    for agency, row in _own(month, counties, "scored"):
        director = month.one(agency, "director")
        if counts["contested"]:
            counts["agreed"] += done(evaluation.agree(row.id, row.rev, director))
        else:
            moved = evaluation.contest(row.id, row.rev, CONTESTED, director)
            counts["contested"] += done(moved)
    month.work()
    for city in month.agencies("city"):
        with acting_for(city.id):
            for row in _rows("contested"):
                points, who = _points(row.id, 10), month.one(city, "director")
                counts["settled"] += done(evaluation.settle(row.id, row.rev, points, SETTLED, who))
    month.work()
    return counts


def _directors(month: Month, agency: AgencyPlan) -> bool:
    return bool(month.world.people_of(agency.region_name, "director"))


def _own(
    month: Month, counties: list[AgencyPlan], state: str
) -> Iterator[tuple[AgencyPlan, ScoreSheet]]:
    """Each county with its own sheet in this state, in the county's scope."""
    for agency in counties:
        with acting_for(agency.id):
            for row in _rows(state):
                yield agency, row


def _rows(state: str) -> list[ScoreSheet]:
    return list(
        db.session.scalars(
            select(ScoreSheet).where(ScoreSheet.state == state).order_by(ScoreSheet.child_id)
        )
    )


def _points(sheet_id: int, less: int) -> dict[str, int]:
    """What the counts come to; the whole for what is judged, less these tenths."""
    found = {}
    for line in queries.sheet(sheet_id).lines:
        most = line.points[1] if line.points else line.item.weight * 10
        found[line.item.code] = most - (less if line.item.code == JUDGED else 0)
    return found
