"""From lines to answers, within one process: outcomes, days, thresholds, refusals, pace, log."""

import datetime as dt
import sqlite3
import threading

import pytest

from hedui_connector.answering.pace import Pace, Stopped, is_within
from hedui_connector.clock import today
from hedui_connector.settings.model import Load
from hedui_connector.sources.base import SourceUnavailable
from hedui_connector.store.log import log_key, look_ups_of
from hedui_connector.wire.models import Outcome, State
from tests.connector.unit import DEPOSIT, LI, LOAN, WANG, ZHAO, change, head, line

ITEM_1601 = '[items.1601]\nsql = """'


def answers(desk, lines, **sent):
    items = sent.pop("items", (DEPOSIT, LOAN))
    desk.agency.send(head(len(lines), items=items, **sent), lines)
    desk.answer_all()
    return desk.agency.fetch()


def test_the_four_outcomes_are_told_apart(bench, unit) -> None:
    change(unit, ('[items.1602]\nrefuse = "贷款信息须另行签订协议后提供"', ""))
    asked = [line(1, WANG), line(2, ZHAO), line(3, LI, [1601, 1602]), line(4, LI, scope=(1602,))]
    found = answers(bench(), asked)
    assert [(a.line, a.item, a.outcome, a.reason and a.reason.code) for a in found] == [
        (1, 1601, Outcome.HIT, None),
        (2, 1601, Outcome.NO_RECORD, None),
        (3, 1601, Outcome.HIT, None),
        (3, 1602, Outcome.UNABLE, "not_held"),
        (4, 1601, Outcome.REFUSED, "authorisation"),
    ]
    assert found[0].as_of == dt.date(2026, 10, 31)
    assert found[1].as_of == today()
    assert found[0].records[0] == {
        "bank": "示例银行长春支行",
        "account_no": "6222000000000000001",
        "account_kind": "1",
        "balance": 1250050,
        "as_of": "2026-10-31",
    }


def test_items_and_agencies_can_be_refused_with_their_reason(bench, unit) -> None:
    found = answers(bench(), [line(1, WANG, [1602])])
    assert found[0].outcome is Outcome.REFUSED
    assert found[0].reason.words == "贷款信息须另行签订协议后提供"


def test_a_refused_agency_has_nobody_looked_up(bench, unit) -> None:
    change(unit, ('name = "自检"', 'name = "自检"\nrefuse = "保密协议已到期"'))
    desk = bench()
    found = answers(desk, [line(1, WANG)])
    assert (found[0].outcome, found[0].reason.words) == (Outcome.REFUSED, "保密协议已到期")
    assert looked_up(desk, WANG) == []


@pytest.mark.parametrize(("scope", "code"), [((1602,), "authorisation"), ("all", None)])
def test_consent_decides_before_the_look_up(bench, scope, code) -> None:
    desk = bench()
    (found,) = answers(desk, [line(1, WANG, scope=scope)])
    assert (found.reason and found.reason.code) == code
    assert len(looked_up(desk, WANG)) == (code is None)


def looked_up(desk, number):
    with desk.store.connection() as db:
        return look_ups_of(db, log_key(desk.store.folder), number)


def test_the_log_says_for_whom_and_never_who(bench) -> None:
    desk = bench()
    answers(desk, [line(1, WANG), line(2, LI), line(3, LI)])
    (entry,) = looked_up(desk, LI)
    assert (entry.agency, entry.request_number) == ("000000", "榆交换〔2026〕1 号")
    assert (entry.item, entry.persons) == (1601, 2)
    with desk.store.connection() as db:
        rows = list(db.execute("SELECT * FROM look_up, looked_up"))
    assert rows
    assert LI not in repr([tuple(row) for row in rows])


THRESHOLD = '# threshold = { field = "balance", above_yuan = "5000.00" }'


@pytest.mark.parametrize(
    ("rule", "wang", "li"),
    [
        ('above_yuan = "5000.00"', True, False),
        ('above_yuan = "92500.50"', False, False),
        ('above_yuan = "92500.49"', True, False),
        ('above_yuan = "80000.00", of = "largest"', False, False),
        ('above_yuan = "3.19"', True, True),
    ],
)
def test_a_threshold_says_yes_or_no_and_no_amount(bench, unit, rule, wang, li) -> None:
    change(unit, (THRESHOLD, f'threshold = {{ field = "balance", {rule} }}'))
    found = answers(bench(), [line(1, WANG), line(2, LI), line(3, ZHAO)])
    assert [a.thresholds[0].is_above for a in found[:2]] == [wang, li]
    assert found[2].outcome is Outcome.NO_RECORD
    assert all(not answer.records for answer in found)


@pytest.mark.parametrize(
    ("cell", "outcome"), [(",,", Outcome.UNABLE), (",6000,", Outcome.HIT), (",无,", Outcome.UNABLE)]
)
def test_a_blank_amount_hides_nothing(bench, unit, cell, outcome) -> None:
    """王芳's second balance is not known: below the limit nothing sure can be said."""
    change(unit, (THRESHOLD, 'threshold = { field = "balance", above_yuan = "15000.00" }'))
    path = unit / "data" / "deposits.csv"
    path.write_text(path.read_text("utf-8").replace(",80000.00,", cell), "utf-8")
    (found,) = answers(bench(), [line(1, WANG)])
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("活期", "外币", "not_of_kind", "存款种类"),
        ("account_no,", "account,", "no_column", "account_no"),
        ("2026-10-31\n22010219850505", "昨天\n22010219850505", "not_of_kind", "as_of"),
    ],
)
def test_what_cannot_be_read_is_unable_and_says_why(bench, unit, old, new, code, words) -> None:
    path = unit / "data" / "deposits.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    if code == "no_column":
        change(unit, ("account_no,", "account,"))
    (found,) = answers(bench(), [line(1, WANG)])
    assert (found.outcome, found.reason.code) == (Outcome.UNABLE, code)
    assert words in found.reason.words
    assert "外币" not in found.reason.words


def test_the_day_can_come_from_a_query(bench, unit) -> None:
    query = "SELECT MIN(as_of) FROM deposits WHERE as_of < '2026-11-01'"
    change(unit, ('as_of = { column = "as_of" }', f'as_of = {{ query = "{query}" }}'))
    found = answers(bench(), [line(1, WANG), line(2, ZHAO)])
    assert {answer.as_of for answer in found} == {dt.date(2026, 10, 31)}


def test_a_source_that_is_away_is_waited_for(bench, monkeypatch) -> None:
    desk = bench()
    desk.agency.send(head(1), [line(1)])
    desk.worker._retry_s = 0.0

    def away(*_given):
        raise SourceUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(desk.source, "look_up", away)
        assert not desk.worker.step()
    status = desk.agency.status()
    assert (status.state, status.lines_answered) == (State.ANSWERING, 0)
    assert "连不上" in status.note
    assert desk.worker.step()
    assert desk.agency.status().note == ""
    assert desk.agency.fetch()[0].outcome is Outcome.HIT


def test_outside_its_hours_nothing_is_looked_up(bench, unit) -> None:
    minute = dt.timedelta(minutes=1)
    now = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=8)))
    span = f"{now - 60 * minute:%H:%M}-{now - 30 * minute:%H:%M}"
    change(unit, ('# hours = ["18:00-23:30", "00:00-06:00"]', f'hours = ["{span}"]'))
    desk = bench()
    desk.agency.send(head(1), [line(1)])
    assert not desk.worker.step()
    assert "时段" in desk.agency.status().note


@pytest.mark.parametrize(
    ("spans", "at", "holds"),
    [
        ([], "12:00", True),
        (["18:00-23:30"], "18:00", True),
        (["18:00-23:30"], "23:30", False),
        (["22:00-06:00"], "23:59", True),
        (["22:00-06:00"], "05:59", True),
        (["22:00-06:00"], "06:00", False),
        (["00:00-01:00", "02:00-03:00"], "02:30", True),
    ],
)
def test_hours_may_go_over_midnight(spans, at, holds) -> None:
    load = Load(hours=tuple(spans))
    assert is_within(load.spans, dt.time.fromisoformat(at)) is holds


class Impatient(threading.Event):
    """Remembers how long it would have waited, and stops instead."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        self.set()
        return True


def test_no_more_are_looked_up_in_a_minute_than_allowed() -> None:
    stopping = Impatient()
    pace = Pace(Load(batch=200, most_per_minute=300), stopping)
    assert pace.batch_size() == 200
    pace.wait_for(200)
    pace.wait_for(100)
    assert stopping.waits == []
    with pytest.raises(Stopped):
        pace.wait_for(1)
    assert 59 < stopping.waits[0] <= 60


def test_an_agency_sees_its_own_requests_only(bench, unit) -> None:
    """A second agency, with a key of its own, asks for the first one's request."""
    from hedui_connector.command.main import main
    from hedui_connector.wire.keys import private_key

    assert main(["keys", str(unit / "other")]) == 0
    agencies = '[[agencies]]\ncode = "220182"\nname = "榆树市"\n'
    key = 'key = { keyid = "other", file = "other.pub" }\n\n[items.1601]'
    change(unit, ("[items.1601]", agencies + key))
    desk = bench()
    answers(desk, [line(1)])
    desk.agency.asker.key = private_key(unit / "other.key", "other", "ed25519")
    for path in ("/requests/r-1", "/requests/r-1/answers"):
        desk.agency.asker.get(path).problem("not_found")
    desk.agency.asker.put("/requests/r-1", head(1)).problem("bad_message")


def test_what_was_taken_is_erased(bench) -> None:
    desk = bench()
    found = answers(desk, [line(1, WANG), line(2, LI)])
    body = f'{{"answers":{len(found)}}}'.encode()
    desk.agency.asker.post("/requests/r-1/taken", body, "application/json")
    raw = b"".join(path.read_bytes() for path in desk.store.folder.glob("state.sqlite*"))
    assert WANG.encode() not in raw
    with desk.store.connection() as db:
        for table in ("SELECT count(*) FROM line", "SELECT count(*) FROM answer"):
            assert db.execute(table).fetchone()[0] == 0


def test_another_version_s_state_is_not_touched(bench) -> None:
    from hedui_connector.store.database import StateError

    store = bench().store
    with sqlite3.connect(store.path) as db:
        db.execute("PRAGMA user_version = 9")
    db.close()
    with pytest.raises(StateError, match="9"):
        store.prepare()
