"""王芳 enters a decision, 赵磊 confirms it, it is served, told to others, contested, withdrawn."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditRow
from app.oversight.integrity.models import IntegrityEntry
from tenants.database import db
from tenants.scope import acting_for
from tests.architecture.catalogue import as_owner
from tests.isolation.test_pages import words_of
from tests.pages.stage import Stage, on_day
from tests.world.builder import build_world
from tests.world.papers import letter as paper

COUNTY = 220182
NAME, NUMBER, FACTS = "孙长顺", "220182196803121235", "隐瞒货车两辆，多领低保金 6720 元。"
OFFICER, REVIEWER, DIRECTOR = "王芳", "赵磊", "韩立新"
BUREAU = "榆树市人力资源和社会保障局"
DECISION = {
    "about": "person",
    "name": NAME,
    "document": NUMBER,
    "authority": "榆树市民政局",
    "decision_number": "榆民罚决〔2026〕3号",
    "decision_on": "2026-11-10",
    "facts": FACTS,
}


def scanned() -> bytes:
    """A decision as it comes out of the scanner."""
    page, buffer = io.BytesIO(paper("榆树市民政局", NAME, "2026-11-10")), io.BytesIO()
    Image.open(page).save(buffer, "PDF")
    return buffer.getvalue()


@pytest.fixture
def stage(app: Any, settings: Any) -> Any:
    with on_day(20):
        yield Stage(app, settings, build_world(app, settle=False))


def entry(stage: Stage) -> IntegrityEntry:
    with stage.app.app_context(), acting_for(COUNTY, read_only=True):
        return db.session.scalars(select(IntegrityEntry).order_by(IntegrityEntry.id).limit(1)).one()


def act(stage: Stage, who: str, verb: str, **fields: Any) -> str:
    page = f"/integrity/{entry(stage).id}"
    browser = stage.at_browser(who)
    named = {f"{verb.split('-')[0]}-{name}": value for name, value in fields.items()}
    answer = browser.send(page, f"{page}/{verb}", **named)
    return browser.after(answer) if answer.status_code == 303 else answer.text


def test_from_the_decision_to_its_withdrawal(stage: Stage, database: Any) -> None:
    officer = stage.at_browser(OFFICER)

    def enter(**given: Any) -> Any:
        scan = (io.BytesIO(scanned()), "决定.pdf")
        return officer.send("/integrity/new", "/integrity/new", **{"scan": scan} | DECISION | given)

    for given, said in (
        ({"scan": (io.BytesIO(b"GIF89a"), "x.pdf")}, "PDF"),
        ({"scan": (io.BytesIO(b""), "")}, "没有有权机关的决定，不能登记"),
        ({"document": "220182196803121236"}, "校验"),
        ({"about": "organisation"}, "统一社会信用代码"),
        ({"about": "household"}, "请选择登记对象"),
        ({"authority": "榆树市核对中心"}, "核对机构不作处罚"),
        ({"decision_on": "2026-11-21"}, "不能晚于今天"),
    ):
        refused = enter(**given)
        assert refused.status_code == 422, given
        assert said in refused.text, given
    page = officer.after(enter())
    assert NAME not in page
    assert "孙*顺" in page
    assert "已经登记" in enter().text
    row = entry(stage)
    own = f"/integrity/{row.id}"
    assert FACTS in officer.send(own, f"{own}/open").text
    forced = officer.send_unasked(own, f"{own}/confirm", revision="0")
    assert forced.status_code == 403

    reviewer = stage.at_browser(REVIEWER)
    assert "确认诚信登记" in reviewer.read("/")
    assert "待送达" in act(stage, REVIEWER, "confirm")
    printed = officer.send(own, f"/prints/integrity/{row.id}/to-person")
    said = words_of(printed).decode(errors="replace")
    for word in ("诚信登记告知书", NAME, NUMBER, "12 个月", "15 个工作日"):
        assert word in said.replace("\n", ""), word
    assert not looked_up(stage), "nothing counts before it was served"
    served = {"on": "2026-11-19", "way": "in_person", "words": "本人签收，回证存档。"}
    assert "不能早于登记日期" in act(stage, OFFICER, "serve", **served)
    assert "已生效" in act(stage, OFFICER, "serve", **served | {"on": "2026-11-20"})
    assert f"{entry(stage).ends_on:%Y-%m-%d}" == "2027-11-20"
    assert looked_up(stage)

    director = stage.at_browser(DIRECTOR)
    told = {"dispatch-recipient": BUREAU, "dispatch-way": "hand", "dispatch-on": "2026-11-20"}
    send = f"/prints/integrity/{row.id}/dispatch"
    page = director.after(director.send(own, send, **told))
    assert BUREAU in page
    assert "不能重复发出" in director.send(own, send, **told).text
    notice = re.search(rf"{own}/notices/\d+", page)[0]
    letter = words_of(director.send(own, notice)).decode(errors="replace").replace("\n", "")
    for word in (f"{BUREAU}：", NAME, NUMBER, "校验码", "不得公开"):
        assert word in letter, word

    act(stage, OFFICER, "appeal", on="2026-11-20", words="货车是弟弟的，已提供登记证。")
    assert not looked_up(stage), "not shown while it is contested"
    refused = director.send_unasked(own, send, **told | {"dispatch-recipient": "长春市核对中心"})
    assert "不能告知其他部门" in refused.text
    assert "审查申诉" in director.read("/")
    act(stage, DIRECTOR, "decide", outcome="withdraw", words="原决定机关已撤销决定。")
    page = director.read(own)
    assert "尚未告知" in page
    assert "审查申诉" in director.read("/"), "whoever was told is still to be told"
    page = director.after(director.send(own, send))
    assert "告知撤销" in page
    assert "尚未告知" not in page
    assert "审查申诉" not in director.read("/")
    assert not looked_up(stage)
    assert "已撤销" in act(stage, OFFICER, "tell", on="2026-11-20", way="post", words="已寄送。")
    assert row.number in officer.read("/integrity?list=ended")

    alone(stage)
    with stage.app.app_context(), acting_for(COUNTY, read_only=True):
        trail = db.session.execute(select(AuditRow.verb, AuditRow.reason)).all()
    assert ("integrity.look_up", "办理案件时核实") in {tuple(line) for line in trail}
    assert {"integrity.read", "print.integrity_to_person"} <= {line.verb for line in trail}
    three_people_and_nothing_readable(stage, database, row.id)


def alone(stage: Stage) -> None:
    """赵磊 may enter and may confirm, but not both on one entry."""
    reviewer = stage.at_browser(REVIEWER)
    scan = (io.BytesIO(scanned()), "决定.pdf")
    given = {"scan": scan} | DECISION | {"decision_number": "榆民罚决〔2026〕4号"}
    entered = reviewer.send("/integrity/new", "/integrity/new", **given)
    own = entered.location
    assert f"{own}/confirm" not in reviewer.forms(own)
    forced = reviewer.send_unasked(own, f"{own}/confirm", revision="0")
    assert "应由另一人办理" in reviewer.after(forced)
    assert "待确认" in reviewer.read(own)


def looked_up(stage: Stage) -> bool:
    page = "/integrity/look-up"
    given = {"document": NUMBER.lower(), "reason": "办理案件时核实"}
    answer = stage.at_browser(REVIEWER).send(page, page, **given)
    assert answer.status_code == 200
    return "孙*顺" in answer.text


def three_people_and_nothing_readable(stage: Stage, database: Any, entry_id: int) -> None:
    """The database itself refuses one person for two, and holds no name or number readable."""
    with as_owner(database.owner) as connection:
        for name in (NAME, NUMBER, FACTS, "货车是弟弟的"):
            for table in ("integrity_entry", "integrity_word", "event", "audit", "action"):
                rows = connection.execute(text(f"SELECT t::text FROM {table} t")).scalars()
                assert not [row for row in rows if name in row], (name, table)
    with (
        pytest.raises(IntegrityError, match="two_people"),
        stage.app.app_context(),
        acting_for(COUNTY),
    ):
        db.session.execute(
            text("UPDATE integrity_entry SET confirmed_by = entered_by WHERE id = :id"),
            {"id": entry_id},
        )
