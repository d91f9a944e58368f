"""People come, go and stand in: what the administrators file late in the month."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select

from app.accounts.models import Account
from app.people import hosting, moving, service, standing
from app.people.rules import Period, StandingIn
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month, done
from tests.world.world import World

COUNTY, CITY = "永吉县", "吉林市"
FIRST, LAST = dt.date(2026, 11, 27), dt.date(2026, 12, 18)
FURTHER: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    COUNTY: (
        ("bailu2", "白露", "口前镇受理窗口经办人，11 月 27 日由西阳镇调来（原账号 bailu 已到期）"),
        ("tuoguan-dai", "戴维华", "吉林市托管的安全管理员"),
    ),
    "榆树市": (("wuxiaodong", "吴晓东", "11 月 27 日起代赵磊审核复审"),),
}
"""Accounts that no plan holds, or that are more than the plan says, for whoever tries the portal."""


def arrange_people(month: Month) -> Counts:
    """A stand-in at 榆树市, a clerk who moves, and a hosted administrator at 永吉县."""
    counts: Counts = Counter()
    _stand_in(month.world)
    _move(month.world, month.day)
    county, city = month.world.agency(COUNTY), month.world.agency(CITY)
    hosting.host_administrator(
        county.id,
        city.id,
        month.world.people_of(CITY, "security_administrator")[0].login,
        login="tuoguan-dai",
        password=month.world.password,
        role="security_administrator",
        consent=("永民函〔2026〕3号", month.day),
        during=Period(month.day, dt.date(2027, 12, 31)),
    )
    month.work()
    counts.update(stand_ins=1, moved=1, hosted=1)
    return counts


def _stand_in(world: World) -> None:
    who, absent = world.person("吴晓东"), world.person("赵磊")
    during = Period(FIRST, LAST)
    asked = StandingIn(who.account_id, absent.account_id, "reviewer", during)
    (security,) = world.people_of("榆树市", "security_administrator")
    with acting_for(who.agency_id):
        done(standing.file_stand_in(asked, "training", security.actor))


def _move(world: World, today: dt.date) -> None:
    """白露 came to 西阳镇, and moves to 口前镇."""
    (system,) = world.people_of(COUNTY, "system_administrator")
    (security,) = world.people_of(COUNTY, "security_administrator")
    old, new = world.unit("西阳镇受理窗口").id, world.unit("口前镇受理窗口").id
    with acting_for(system.agency_id):
        came = service.open_person("bailu", "白露", world.password, old, system.actor)
        done(service.give_role(came, "desk_clerk", security.actor))
        moved = moving.move_person(came, new, "bailu2", FIRST, system.actor)
        done(service.give_role(moved, "desk_clerk", security.actor, Period(FIRST)))
        assert today < FIRST
        assert db.session.scalar(select(Account.ends_on).where(Account.id == came)) is not None
