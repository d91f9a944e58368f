"""The bank answers on sealed paper: 周建华 types it in, 吴晓东 types it in, what differs is settled."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.exchange.models import Reply
from app.exchange.paper.models import PaperReply
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Browser, Stage, approved, file_of, on_day
from tests.pages.test_exchange import MAKER, SECOND, delivered
from tests.pages.test_reply_columns import stamp_of

SCAN = b"%PDF-1.4 the sealed paper"
NOTHING = {"v-1601-0-0": "无记录", "v-1601-0-6": "2026-11-10"}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def hit(balance: str, day: str = "2026-11-10") -> dict[str, str]:
    """One deposit as the paper says it; the columns of 1601 behind the outcome."""
    texts = ("有记录", "榆树支行", "6228480402564890018", "活期", balance, "2026-10-31", day, "")
    return {f"v-1601-0-{place}": text for place, text in enumerate(texts)}


def taken(stage: Stage) -> tuple[Browser, Browser, str, str]:
    """Both operators, the request's page, and the paper's page; 周建华 registered it."""
    zhou, wu, here, files = delivered(stage)
    sent: dict[str, Any] = {"letter_number": "榆农商函〔2026〕8号", "as_of": "2026-11-10"}
    sent |= {"stamp": stamp_of(files), "scan": file_of(SCAN, "盖章反馈.pdf")}
    answer = zhou.send(f"{here}/paper/new", f"{here}/paper", **sent)
    assert answer.status_code == 303, answer.text[:3000]
    found = re.match(r"(/exchange/paper/\d+)/line", answer.location)
    assert found
    return zhou, wu, here, found[1]


def type_all(browser: Browser, paper: str, first: dict[str, str]) -> str:
    """Every line is typed: the first as given, the others without a record; then finished."""
    at = browser.send(paper, f"{paper}/next").location
    fields = first
    while at != paper:
        answer = browser.send(at, f"{paper}/line", do="save", **fields)
        assert answer.status_code == 303, answer.text[:4000]
        at, fields = answer.location, NOTHING
    done = browser.send(paper, f"{paper}/finish")
    assert done.status_code == 303, done.text[:3000]
    return done.location


def test_two_looks_that_agree_are_a_reply_at_once(stage: Stage) -> None:
    zhou, wu, here, paper = taken(stage)
    type_all(zhou, paper, hit("1,234.50"))
    assert "录入纸质反馈" in wu.read("/"), "the second look waits for another person"
    line = wu.send(paper, f"{paper}/next").location
    assert "1,234.50" not in wu.read(line), "nobody sees what the other one typed"
    assert "6228480402564890018" not in wu.read(line)
    reply = type_all(wu, paper, hit("1234.5", "20261110"))
    assert reply.startswith("/exchange/replies/"), "written otherwise, but meant the same"
    stage.work()
    assert "相符" in wu.read(reply)
    assert "查看两遍录入和扫描件" in wu.read(reply)
    wu.after(wu.send(reply, f"{reply}/accept"))
    assert "已接收" in zhou.after(zhou.send(reply, f"{reply}/accept"))
    stage.work()
    assert "（已录完）" in zhou.read(here)
    assert zhou.send(paper, f"{paper}/scan").data == SCAN


def test_what_differs_is_settled_with_a_reason_and_accepted_first_by_another(
    stage: Stage,
) -> None:
    zhou, wu, _, paper = taken(stage)
    type_all(zhou, paper, hit("1234.50"))
    assert type_all(wu, paper, hit("1243.50")) == paper
    shown = wu.read(f"{paper}/differences")
    assert "1234.50" in shown
    assert "1243.50" in shown
    assert "无记录" not in shown, "what agrees is not shown"
    assert shown.count("不同</span>") == 2, "the one cell that differs, on either side"
    send = f"{paper}/differences"
    bare = wu.send(send, send, why="原件第 1 页为 1234.50 元")
    assert "还有 1 行没有核定" in bare.text
    number = re.search(r'name="(line-\d+)"', shown)
    assert number
    unsaid = wu.send(send, send, **{number[1]: "1", "why": ""})
    assert "请填写理由" in unsaid.text
    settled = wu.send(send, send, **{number[1]: "1", "why": "原件第 1 页为 1234.50 元"})
    assert settled.status_code == 303, settled.text[:3000]
    reply = settled.location
    stage.work()
    told = wu.after(wu.send(reply, f"{reply}/accept"))
    assert "须由另一名交换员作为第一人接收" in told
    zhou.after(zhou.send(reply, f"{reply}/accept"))
    assert "已接收" in wu.after(wu.send(reply, f"{reply}/accept"))


def test_neither_may_be_right_and_the_line_is_typed_a_third_time(stage: Stage) -> None:
    zhou, wu, _, paper = taken(stage)
    type_all(zhou, paper, hit("1"))
    type_all(wu, paper, hit("2"))
    again = re.search(
        r'href="(/exchange/paper/\d+/line\?[^"]*settle=1)"', zhou.read(f"{paper}/differences")
    )
    assert again
    form = again[1].replace("&amp;", "&")
    kept = zhou.send(form, f"{paper}/line", do="save", **hit("3"))
    assert kept.location == f"{paper}/differences"
    assert "已重新录入" in zhou.read(kept.location)
    settled = zhou.send(kept.location, kept.location, why="原件第 1 页为 3 元")
    stage.work()
    assert "相符" in zhou.read(settled.location)


def test_one_person_never_types_both_looks(stage: Stage) -> None:
    zhou, wu, _, paper = taken(stage)
    type_all(zhou, paper, hit("1"))
    assert zhou.open(f"{paper}/line?line=1").status_code == 404
    refused = zhou.send_unasked(paper, f"{paper}/finish")
    assert "须由两名不同的交换员完成" in refused.text
    agency = stage.world.agency("榆树市").id
    who = stage.world.person(MAKER).account_id
    with stage.app.app_context(), pytest.raises(IntegrityError):
        change(agency, update(PaperReply).values(second_by=who))
    type_all(wu, paper, hit("1"))
    with stage.app.app_context(), acting_for(agency, read_only=True):
        reply = db.session.scalars(select(Reply).where(Reply.paper_id.is_not(None))).one()
    by = stage.world.person(SECOND).account_id
    values = {"settled_by": by, "first_by": by}
    with stage.app.app_context(), pytest.raises(IntegrityError):
        change(agency, update(Reply).where(Reply.id == reply.id).values(**values))


def change(agency: int, statement) -> None:
    with acting_for(agency):
        db.session.execute(statement)


def test_what_is_typed_is_judged_by_the_rules_of_a_file(stage: Stage) -> None:
    zhou, _, _, paper = taken(stage)
    line = f"{paper}/line?line=1"
    wrong = hit("壹佰") | {"v-1601-0-6": "2027-01-01"}
    told = zhou.send(line, f"{paper}/line", do="save", **wrong)
    assert told.status_code == 422
    assert "以元为单位的数字" in told.text
    assert "晚于今天" in told.text
    assert 'value="壹佰"' in told.text, "what was typed is not lost"
    more = zhou.send(line, f"{paper}/line", do="add-1601", **hit("1"))
    assert "第 2 条记录" in more.text
    early = zhou.send_unasked(paper, f"{paper}/finish")
    assert "人没有录入" in early.text


def test_paper_without_the_right_stamp_is_not_taken(stage: Stage) -> None:
    zhou, _, here, _ = delivered(stage)
    sent = {"letter_number": "函", "as_of": "2026-11-10", "stamp": "0000-0000-0000-0000-0000-0000"}
    sent["letter_number"] = "榆农商函〔2026〕8号"
    told = zhou.send(f"{here}/paper/new", f"{here}/paper", scan=file_of(SCAN, "a.pdf"), **sent)
    assert told.status_code == 422
    assert "抄录的校验码与本次申请不符" in told.text


def test_a_paper_is_given_up_and_begun_anew(stage: Stage) -> None:
    zhou, wu, here, paper = taken(stage)
    second = zhou.open(f"{here}/paper/new")
    assert second.status_code == 200
    zhou.after(zhou.send(paper, f"{paper}/discard"))
    assert "已作废" in zhou.read(paper)
    assert wu.open(f"{paper}/line?line=1").status_code == 404
    assert stage.at_browser("秦岚").open(paper).status_code == 404
    assert stage.at_browser("王芳").open(paper).status_code == 403
