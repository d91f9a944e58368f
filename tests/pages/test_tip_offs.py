"""Somebody tells something without a name, comes back with the code, and reads the answer.

韩立新's people handle it, none of those whom it is about; nobody reads it without the code or the
agency's own key.
"""

import re
from typing import Any

import pytest
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app.audit.models import AuditRow
from app.cases.models import Case
from app.oversight.tipoffs.codes import key_of, read_code
from app.oversight.tipoffs.messages import FIGURES
from app.oversight.tipoffs.models import TipOff
from app.web.limits import limiter
from tenants.database import db
from tenants.scope import acting_for
from tests.architecture.catalogue import as_owner
from tests.pages.stage import TOKEN, Browser, Stage, approved, on_day
from tests.world.builder import build_world

COUNTY = 220182
TELL, FOLLOW, ADD = (f"/tip-off/{COUNTY}{end}" for end in ("", "/follow", "/add"))
WORDS = "五棵树镇孙某名下有两辆货车，挂在弟弟名下，一直在领低保。"
MORE = "货车停在镇上粮库院里，车牌尾号 417。"
REPLY = "经核实，情况部分属实，已转救助部门复核。"
DIRECTOR, OFFICER, REVIEWER, OPERATOR = "韩立新", "王芳", "赵磊", "周建华"
QUESTION = re.compile(f"([{FIGURES}])加([{FIGURES}])等于几")
NUMBER, CODE = re.compile(r"榆举 2026-11-\w{7}"), re.compile(r"(?:\w{4}-){4}\w{4}")
PROOF = re.compile(r'name="proof" value="([^"]+)"')


def filled_in(page: str, **given: str) -> dict[str, str]:
    """The form of a page of 举报 as somebody fills it in."""
    first, second = QUESTION.search(page).groups()
    answer = str(FIGURES.index(first) + FIGURES.index(second))
    fields = {"csrf_token": TOKEN.search(page)[1], "proof": PROOF.search(page)[1]}
    return fields | {"about": "subject", "words": WORDS, "who": "", "answer": answer} | given


def tell(stranger: Browser, **given: str) -> TestResponse:
    return stranger.client.post(TELL, data=filled_in(stranger.read(TELL), **given))


def receipt(answer: TestResponse) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {"number": NUMBER.search(answer.text)[0], "code": CODE.search(answer.text)[0]}


def by_code(stranger: Browser, path: str, **fields: str) -> TestResponse:
    token = TOKEN.search(stranger.read(FOLLOW))[1]
    return stranger.client.post(path, data={"csrf_token": token} | fields)


@pytest.fixture
def stage(app, settings) -> Any:
    """榆树市 with its people; no household yet."""
    with on_day(20):
        with app.app_context():
            limiter.reset()
        yield Stage(app, settings, build_world(app, settle=False))


@pytest.fixture
def with_cases(app, settings) -> Any:
    """王芳 and 赵磊 have had households in hand."""
    with on_day(20):
        stage = approved(app, settings)
        with app.app_context():
            limiter.reset()
        yield stage


def account(stage: Stage, name: str) -> str:
    return str(stage.world.actor(name).account_id)


def newest(stage: Stage) -> TipOff:
    with stage.app.app_context(), acting_for(COUNTY, read_only=True):
        return db.session.scalars(select(TipOff).order_by(TipOff.id.desc()).limit(1)).one()


def act(stage: Stage, who: str, verb: str, **fields: Any) -> str:
    page = f"/tip-offs/{newest(stage).id}"
    browser = stage.at_browser(who)
    answer = browser.send(page, f"{page}/{verb}", **fields)
    return browser.after(answer) if answer.status_code == 303 else answer.text


def test_from_a_stranger_to_the_answer(with_cases: Stage, database: Any) -> None:
    stage = with_cases
    stranger = Browser(stage.app.test_client())
    page = stranger.read(TELL)
    form = filled_in(page)
    first = stranger.client.post(TELL, data=form)
    assert "没有重复登记" not in first.text
    given = receipt(first)
    again = stranger.client.post(TELL, data=form)
    assert receipt(again) == given, "sent twice, registered once, the same receipt"
    assert "没有重复登记" in again.text
    row = newest(stage)
    assert (row.state, row.entered_by, f"{row.due_on:%m-%d}") == ("registered", 0, "01-19")

    shown = by_code(stranger, FOLLOW, **given).text
    assert WORDS in shown
    assert "已登记，等待分办" in shown
    typed = given["code"].lower().replace("-", " ").replace("0", "o")
    assert WORDS in by_code(stranger, FOLLOW, number=given["number"], code=typed).text

    director = stage.at_browser(DIRECTOR)
    assert "分办举报" in director.read("/")
    case = a_case(stage)
    kept = {"away-case_number": case, "away-accused": account(stage, OPERATOR)}
    act(stage, DIRECTOR, "keep-away", **kept)
    assert "应当回避" in act(stage, DIRECTOR, "assign", handler=account(stage, REVIEWER))
    assert "应当回避" in act(stage, DIRECTOR, "assign", handler=account(stage, OPERATOR))
    act(stage, DIRECTOR, "assign", handler=account(stage, "吴晓东"))
    for accused_or_involved in (REVIEWER, OFFICER, OPERATOR):
        browser = stage.at_browser(accused_or_involved)
        assert given["number"] not in browser.read("/tip-offs")
        assert browser.open(f"/tip-offs/{row.id}").status_code == 404

    handler = stage.at_browser("吴晓东")
    assert given["number"] in handler.read("/")
    own = f"/tip-offs/{row.id}"
    assert WORDS not in handler.read(own)
    opened = handler.send(own, f"{own}/read")
    assert WORDS in opened.text
    act(stage, "吴晓东", "ask", **{"ask-words": "货车停在哪里？"})
    asked = by_code(stranger, FOLLOW, **given).text
    assert "货车停在哪里" in asked
    once = re.search(r'name="once" value="([^"]+)"', asked)[1]
    for _ in range(2):
        added = by_code(stranger, ADD, **given, words=MORE, once=once)
        assert "已补充" in added.text
    assert added.text.count(MORE) == 1, "sent twice, added once"
    assert MORE in handler.send(own, f"{own}/read").text

    done = {"outcome": "referred", "found": "短", "reply": REPLY}
    assert "4 至 2000 个字" in act(stage, "吴晓东", "handle", **done)
    done["found"] = "转榆树市民政局社会救助科，2026年11月20日，榆核转〔2026〕3号。"
    act(stage, "吴晓东", "handle", **done)
    assert REPLY not in by_code(stranger, FOLLOW, **given).text, "not before a second person agreed"
    act(stage, DIRECTOR, "send-back", **{"back-reason": "请补充转办的回执。"})
    act(stage, "吴晓东", "handle", **done)
    assert "已办结" in act(stage, DIRECTOR, "close")
    told = by_code(stranger, FOLLOW, **given).text
    assert REPLY in told
    assert "转有权处理的机关办理" in told
    assert "榆核转" not in told, "what the agency wrote for itself"
    refused = by_code(stranger, ADD, **given, words=MORE, once="another")
    assert "已经办结，不能再补充" in refused.text

    statistics = director.read("/tip-offs/statistics")
    assert re.search(r"网上</td>(<td[^>]*>\d+</td>){8}<td[^>]*>1</td>", statistics)
    with stage.app.app_context(), acting_for(COUNTY, read_only=True):
        verbs = set(db.session.scalars(select(AuditRow.verb).where(AuditRow.verb.like("tipoff%"))))
    told_of = ("tell", "add", "assign", "keep_away", "read", "ask", "handle", "send_back", "close")
    assert verbs == {f"tipoff.{verb}" for verb in told_of}
    by_phone(stage)
    assert not in_the_database(database, (WORDS, MORE, REPLY, given["code"].replace("-", "")))


def a_case(stage: Stage) -> str:
    with stage.app.app_context(), acting_for(COUNTY, read_only=True):
        return db.session.scalars(select(Case.number).where(Case.state == "checking")).all()[0]


def in_the_database(database: Any, words: tuple[str, ...]) -> list[str]:
    """Those of these words that stand readable in a table of 举报 or on the trail."""
    with as_owner(database.owner) as connection:
        tables = (
            "tip_off",
            "tip_off_word",
            "tip_off_duty",
            "tip_off_case",
            "audit",
            "event",
            "action",
        )
        rows = [
            row
            for table in tables
            for row in connection.execute(text(f"SELECT t::text FROM {table} t")).scalars()
        ]
    return [word for word in words if any(word in row for row in rows)]


def test_strangers_get_in_what_they_tell_and_nothing_out(stage: Stage) -> None:
    the_public_role_reads_nothing_but_by_the_code(stage)
    bad_input_and_floods_write_nothing(stage)


def the_public_role_reads_nothing_but_by_the_code(stage: Stage) -> None:
    """What a stranger could get at, were they at the database in the public role."""
    stranger = Browser(stage.app.test_client())
    mine, other = receipt(tell(stranger)), receipt(tell(stranger))
    key = key_of(COUNTY, read_code(mine["code"]))
    wants = text("SELECT number FROM tip_off")
    words = text("SELECT count(*) FROM tip_off_word")
    with stage.app.app_context():
        with acting_for(COUNTY, "public", read_only=True):
            assert db.session.scalars(wants).all() == []
            assert db.session.scalar(words) == 0
        with acting_for(COUNTY, "public", read_only=True, follow=key.follow_hash):
            assert db.session.scalars(wants).all() == [mine["number"]]
            assert db.session.scalar(words) == 1
        for column in ("for_agency", "account_id", "name"):
            with (
                pytest.raises(Exception, match="permission denied"),
                acting_for(COUNTY, "public", read_only=True, follow=key.follow_hash),
            ):
                db.session.execute(text(f"SELECT {column} FROM tip_off_word"))
        with acting_for(220112, "public", read_only=True, follow=key.follow_hash):
            assert db.session.scalars(wants).all() == []
    wrong = [
        by_code(stranger, FOLLOW, number=other["number"], code=mine["code"]),
        by_code(stranger, FOLLOW, number="榆举 2026-11-0000000", code=mine["code"]),
        by_code(stranger, FOLLOW, number=mine["number"], code="0" * 20),
        by_code(stranger, FOLLOW, number=mine["number"], code="x' OR '1'='1"),
    ]
    assert {answer.status_code for answer in wrong} == {422}
    shown = [re.sub(r'value="[^"]*"', "", answer.text) for answer in wrong]
    assert len(set(shown)) == 1, "which of the two was wrong stays unsaid"
    assert by_code(stranger, "/tip-off/220112/follow", **mine).status_code == 422


BAD = [
    ({"words": "短"}, "10 至 3000 个字"),
    ({"words": "长" * 3001}, "10 至 3000 个字"),
    ({"words": " " * 40}, "10 至 3000 个字"),
    ({"about": "head"}, "请选择举报的是哪一类情况"),
    ({"about": ""}, "请选择举报的是哪一类情况"),
    ({"who": "名" * 101}, "最多 100 个字"),
    ({"answer": "19"}, "已换一道新题"),
    ({"answer": "٣٣"}, "已换一道新题"),
    ({"answer": "九十九百"}, "已换一道新题"),
    ({"proof": "made-up"}, "已换一道新题"),
    ({"proof": ""}, "已换一道新题"),
    ({"words": "一二三四五六七八九十\x00"}, "无法"),
    ({"words": "长" * 5001}, "过长"),
]


def bad_input_and_floods_write_nothing(stage: Stage) -> None:
    stranger = Browser(stage.app.test_client())
    before = count(stage)
    for given, said in BAD:
        with stage.app.app_context():
            limiter.reset()
        answer = tell(stranger, **given)
        assert answer.status_code == 422, given
        if said in ("无法", "过长"):
            continue
        assert said in answer.text, given
        typed = given.get("words", WORDS).strip()
        assert not typed or typed in answer.text, "what was typed is not lost"
    script = tell(stranger, words="<script>alert(1)</script>，这是举报内容。")
    shown = by_code(stranger, FOLLOW, **receipt(script)).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    with stage.app.app_context():
        limiter.reset()
    phoned = stage.at_browser(OFFICER).send("/tip-offs/new", "/tip-offs/new", channel="web")
    assert "请选择举报从哪个渠道来" in phoned.text
    assert "Not a valid" not in phoned.text
    for path in ("/tip-off/999999", "/tip-off/0", "/tip-off/99999999999", "/info/999999"):
        assert stranger.open(path).status_code == 404, path
    assert [tell(stranger).status_code for _ in range(6)] == [200] * 5 + [429]
    statuses = [by_code(stranger, FOLLOW, number="x", code="y").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert count(stage) - before == 6


def count(stage: Stage) -> int:
    with stage.app.app_context(), acting_for(COUNTY, read_only=True):
        return len(db.session.scalars(select(TipOff.id)).all())


def by_phone(stage: Stage) -> None:
    """王芳 writes down a call; she does not read it again, and the head who is named never does."""
    with stage.app.app_context():
        limiter.reset()
    officer = stage.at_browser(OFFICER)
    given = {"channel": "phone", "received_on": "2026-11-19", "about": "staff", "words": WORDS}
    late = officer.send("/tip-offs/new", "/tip-offs/new", **given | {"received_on": "2026-11-21"})
    assert "日期不能晚于今天" in late.text
    entered = officer.send("/tip-offs/new", "/tip-offs/new", **given)
    caller = {"number": NUMBER.search(entered.text)[0], "code": CODE.search(entered.text)[0]}
    assert officer.open(f"/tip-offs/{newest(stage).id}").status_code == 404
    stranger = Browser(stage.app.test_client())
    assert WORDS in by_code(stranger, FOLLOW, **caller).text
    act(stage, DIRECTOR, "assign", handler=account(stage, DIRECTOR))
    done = {"outcome": "untrue", "found": "查无此事，有值班记录。", "reply": REPLY}
    act(stage, DIRECTOR, "handle", **done)
    own = f"/tip-offs/{newest(stage).id}"
    browser = stage.at_browser(DIRECTOR)
    forced = browser.send_unasked(own, f"{own}/close", revision="2")
    assert "应由另一人审核办结" in browser.after(forced)
    act(stage, DIRECTOR, "send-back", **{"back-reason": "改由他人办理。"})
    named = act(stage, DIRECTOR, "keep-away", **{"away-accused": account(stage, DIRECTOR)})
    assert "请先改派他人" in named
    act(stage, DIRECTOR, "assign", handler=account(stage, REVIEWER), reason="回避")
    took_part = act(stage, DIRECTOR, "keep-away", **{"away-case_number": a_case(stage)})
    assert "请先改派他人" in took_part, "赵磊 reviewed the household that it turns out to be about"
    act(stage, DIRECTOR, "keep-away", **{"away-accused": account(stage, OFFICER)})
    assert newest(stage).handler_id == int(account(stage, REVIEWER))
