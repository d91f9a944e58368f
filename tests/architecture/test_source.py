"""What nothing in the program may do, searched for in its source; each search has a control."""

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import habits
from tests.architecture.source import Module, modules, parsed

Search = Callable[[Module], Iterator[str]]

HABITS: list[tuple[Search, list[str], list[str]]] = [
    (
        habits.state_writes,
        [
            "case.state = 'accepted'",
            "update(Case).where(Case.id == 1).values(state='accepted')",
            "update(Case).values({'state': 'accepted'})",
            "setattr(case, 'state', 'accepted')",
            "SQL = 'UPDATE household_case SET rev = 1, state = :state'",
        ],
        ["insert(Case).values(state='prepared')", "x = case.state == 'accepted'"],
    ),
    (
        habits.births,
        [
            "Report(state='received')",
            "insert(Case).values(state='checking')",
            "rows = [{'state': 'terminated'}]",
            "SQL = \"INSERT INTO household_case (state) SELECT 'reported' FROM x\"",
        ],
        [
            "insert(Case).values(state='prepared')",
            "SQL = \"INSERT INTO household_case (state) SELECT 'prepared' FROM x\"",
            "url_for('intake.check', state='returned')",
        ],
    ),
    (habits.commits, ["db.session.commit()", "session.rollback()"], ["db.session.flush()"]),
    (
        habits.composed_sql,
        [
            "text(f'SELECT {request.args}')",
            "def f(q): text(q)",
            "text('SELECT ' + name)",
            "def f(q): connection.exec_driver_sql(q)",
            "text('SELECT {}'.format(q))",
        ],
        [
            "A = 'id'\nB = f'SELECT {A}'\ntext(B)",
            "text('SELECT 1')",
            "A = 'x'\ntext(f'SELECT {A}')",
        ],
    ),
    (
        habits.chinese_texts,
        ["x = '受理初审'", "flash(f'{n} 户')"],
        ["'''受理初审'''", "x = 1  # 受理初审", "x = 'plain'", "x = '、'"],
    ),
    (
        habits.database_clocks,
        ["x = 'UPDATE job SET at = now()'", "func.now()", "x = 'SELECT CURRENT_TIMESTAMP'"],
        ["x = 'You must come now (or later)'"],
    ),
    (
        habits.own_clocks,
        ["dt.datetime.now()", "datetime.utcnow()", "date.today()", "time.time()"],
        ["instant()", "time.monotonic()", "business_date()"],
    ),
    (
        habits.swallowed,
        ["try:\n  f()\nexcept Exception:\n  g()", "try:\n  f()\nexcept ValueError:\n  pass"],
        ["try:\n  f()\nexcept ValueError as error:\n  raise Fault('x') from error"],
    ),
]
NAMES = [search.__name__ for search, *_ in HABITS]


# What was looked at by hand and stays, file by file, with the reason.
REVIEWED: dict[Search, dict[str, str]] = {
    habits.composed_sql: {
        "app/intake/promotion.py": "a tuple of statements, each a constant of the module",
        "app/web/waiting.py": "the counters of a table that the module holds",
        "worker/relay.py": "the name of one of two letter tables, a constant of the module",
    },
    habits.commits: {
        "app/assistance/temporary/ledger.py": "a savepoint that asks whether a row would fit, and is"
        " taken back: nothing of the transaction ends",
    },
    habits.chinese_texts: {
        "app/cases/searching.py": "the range of Han characters in a pattern",
        "app/intake/cells.py": "dates and money as people write them into a cell",
    },
}


@pytest.mark.parametrize(("search", "_bad", "_good"), HABITS, ids=NAMES)
def test_the_program_keeps_the_habit(search: Search, _bad: list[str], _good: list[str]) -> None:
    reviewed = REVIEWED.get(search, {})
    places = [place for module in modules() for place in search(module)]
    assert [place for place in places if place.split(":")[0] not in reviewed] == []


@pytest.mark.parametrize(("search", "bad", "_good"), HABITS, ids=NAMES)
def test_the_search_finds(search: Search, bad: list[str], _good: list[str]) -> None:
    for text in bad:
        assert list(search(parsed("app/cases/example.py", text))), text


@pytest.mark.parametrize(("search", "_bad", "good"), HABITS, ids=NAMES)
def test_the_search_lets_pass(search: Search, _bad: list[str], good: list[str]) -> None:
    for text in good:
        assert list(search(parsed("app/cases/example.py", text))) == [], text


@pytest.mark.parametrize("search", REVIEWED, ids=lambda search: search.__name__)
def test_an_exception_that_nothing_needs_is_taken_back(search: Search) -> None:
    needed = {module.path for module in modules() if list(search(module))}
    assert needed == set(REVIEWED[search])
