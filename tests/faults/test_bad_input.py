"""Bad files and bad requests, in 榆树市: each ends in clear words, and nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app.cases.lifecycle import Chosen
from app.cases.models import Case, SubjectList
from app.intake import service as intake
from app.intake.messages import describe
from app.intake.receiving import faults_of
from migrations.tables import metadata
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tests.architecture.catalogue import as_owner
from tests.faults.bad_lists import FILES, ROWS, Sent
from tests.faults.bad_requests import REQUESTS, Asked
from tests.faults.conftest import DAY, Yushu, opened
from tests.files.lists import LI, ZHANG, csv_bytes
from tests.pages.desk import Desk, at_work, text_of
from tests.rules.test_list_files import BAD_FILES
from tests.servers import KEYS, TestServers
from tests.world.builder import build_world

# What a page shows of itself: who looked when.
WATCHING = {"sign_in_session"}
EXPLAINED = {
    "list_no_header",
    "list_columns_missing",
    "list_columns_twice",
    "list_column_unit",
    "list_several_sheets",
}
"""Faults that a person may explain instead (列对应), where the sheet is a table at all."""
# The reader's test lowers the limit of rows.
REFUSED = [case for case in BAD_FILES if case[2] not in EXPLAINED | {"list_too_many_rows"}]


@dataclass
class Portal:
    """The portal with 榆树市's month begun, people signed in as they are needed."""

    yushu: Yushu
    owner_url: str
    files: Path
    desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, name: str) -> Desk:
        if name not in self.desks:
            self.desks[name] = Desk(self.yushu.app, self.yushu.world, name)
        return self.desks[name]

    def state(self) -> dict[str, str]:
        """A digest of every row of every table, and the files that are kept."""
        with as_owner(self.owner_url) as connection:
            rows = dict(connection.execute(_DIGESTS).tuples().all())
        kept = sorted(path.name for path in self.files.rglob("*") if path.is_file())
        return rows | {"files": "".join(kept)}


_DIGESTS = text(
    " UNION ALL ".join(
        f"SELECT '{name}', count(*) || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '')"
        f" FROM {name} t"
        for name in sorted(metadata.tables)
        if name not in WATCHING
    )
)


@pytest.fixture(scope="module")
def portal(servers: TestServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One world for all of them: none of them may change it."""
    from app.web.factory import create_app
    from tenants.settings import Settings

    folder = Path(tmp_path_factory.mktemp("files"))
    with servers.database() as urls:
        app: Flask = create_app(
            Settings(
                database_url=urls.login,
                owner_database_url=urls.owner,
                redis_url=servers.redis_url,
                hedui_master_key=KEYS["HEDUI_MASTER_KEY"],
                hedui_secret_key=KEYS["HEDUI_SECRET_KEY"],
                hedui_files_dir=folder,
                hedui_mode="test",
            )
        )
        world = build_world(app)
        with business_date_set_to(DAY, allow=True):
            made = Portal(opened(app, world), urls.owner, folder)
            with app.app_context(), acting_for(made.yushu.agency_id):
                officer = made.yushu.officer().actor
                intake.accept(Chosen.of(made.yushu.submitted[:2]), officer)
            with app.app_context(), at_work(world, "徐晨"):
                intake.upload_list(csv_bytes([LI]), "名单.csv", world.actor("徐晨"))
            yield made
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def told(answer: TestResponse, status: int) -> str:
    """What the person reads: never a trace, never a 500, always the portal's own words."""
    # What is large lies in a temporary file, which the client leaves open.
    answer.request.environ["wsgi.input"].close()
    page = text_of(answer)
    assert answer.status_code == status, page[:600]
    assert "Traceback" not in page
    assert "系统出现故障" not in page
    return page


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_words_and_writes_nothing(portal: Portal, name: str) -> None:
    refuse(portal, FILES[name])


@pytest.mark.parametrize("case", REFUSED, ids=[case[0] for case in REFUSED])
def test_files_that_the_reader_refuses_are_refused_by_the_page(
    portal: Portal, case: tuple[str, bytes, str, str]
) -> None:
    _, data, _code, words = case
    refuse(portal, Sent(data, (words,)))


def refuse(portal: Portal, sent: Sent) -> None:
    clerk, before = portal.desk("徐晨"), portal.state()
    page = told(clerk.send("/lists", file=(sent.data, sent.name)), 422)
    for words in sent.words:
        assert words in page
    assert portal.state() == before


@pytest.mark.parametrize("name", REQUESTS)
def test_a_bad_request_is_refused_with_words_and_writes_nothing(portal: Portal, name: str) -> None:
    asked: Asked = REQUESTS[name](portal)
    portal.desk(asked.who)
    before = portal.state()
    page = told(asked.send(portal.desk(asked.who)), asked.status)
    assert asked.words in page
    after = portal.state()
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= asked.records


def test_a_bad_household_is_held_back_and_named_and_no_other(portal: Portal) -> None:
    """One list with one bad household of each kind, every second household right."""
    from tests.files.lists import id_number

    rows = []
    for number, (change, _, _) in enumerate(ROWS.values()):
        bad = {"household_no": f"B{number}", "id_number": id_number(number + 100)} | change
        good = {"household_no": f"G{number}", "id_number": id_number(number + 300, "19500101")}
        rows += [ZHANG | bad, LI | good | {"name": "李玉"}]
    desk = portal.desk("孙丽")
    answer = desk.send("/lists", file=(csv_bytes(rows), "名单.csv"))
    page = told(desk.client.get(answer.location), 200)
    assert f"受理 {len(ROWS)} 户" in page
    assert f"退回 {len(ROWS)} 户" in page
    with portal.yushu.app.app_context(), at_work(portal.yushu.world, "孙丽"):
        row = db.session.scalars(select(SubjectList).order_by(SubjectList.id.desc())).first()
        assert row is not None
        faults = [describe(fault) for fault in faults_of(row)[0]]
        kept = db.session.scalars(select(Case.household_no).where(Case.list_id == row.id))
        assert sorted(kept) == sorted(f"G{number}" for number in range(len(ROWS)))
    for number, (_, column, words) in enumerate(ROWS.values()):
        place = f"第 {number * 2 + 2} 行“{column}"
        assert [line for line in faults if line.startswith(place) and words in line], (place, words)


def test_there_are_at_least_eighty() -> None:
    assert len(FILES) + len(REQUESTS) + len(ROWS) + len(BAD_FILES) >= 160
    assert len(FILES) + len(REQUESTS) >= 80
