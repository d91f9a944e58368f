"""A unit that cannot answer in time announces it in writing (Jilin 2017/58, article 12)."""

from collections import Counter
from collections.abc import Iterator

from app.exchange.terms import extending
from tenants.scope import acting_for
from tests.world.month import Counts, Month, at_work, done
from tests.world.month_exchange import everywhere, requests, unit_of
from tests.world.world import Person

LETTER = extending.Letter(
    days=3, ground="volume", remark="本月申请户数较多，业务系统逐户核查尚未完成。"
)


def announce_extension(month: Month) -> Counts:
    """The first liaison who has a request in hand asks for three working days more."""
    liaison, request_id = next(_in_hand(month))
    with at_work(liaison) as actor:
        announced = done(extending.announce(request_id, LETTER, actor))
    month.work()
    return Counter(extended=announced)


def _in_hand(month: Month) -> Iterator[tuple[Person, int]]:
    for agency in everywhere(month):
        with acting_for(agency.id, read_only=True):
            waiting = [(unit_of(month, one).name, one.id) for one in requests("delivered")]
        for unit, request_id in waiting:
            if liaison := month.world.liaison_of(unit):
                yield liaison, request_id
