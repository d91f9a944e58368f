"""A disc goes out and its reply comes back: altered, forged, in two parts, and reconciled."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.pages.stage import Browser, Stage, approved, file_of, on_day
from tests.pages.test_exchange import delivered
from tests.world.answers import Habits, fill_reply

ROW = re.compile(r"<tr><td>(?:<b>)?([^<]+)(?:</b>)?</td><td class=\"number\">(?:<b>)?([\d,]+)")


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def loaded(stage: Stage, who: Browser, here: str, data: bytes) -> str:
    """The address of the reply, after the worker has looked at it."""
    sent = who.send(here, f"{here}/reply", file=file_of(data, "反馈.xlsx"))
    assert sent.status_code == 303, sent.text[:2000]
    stage.work()
    return sent.location


def numbers(page: str) -> dict[str, int]:
    """What the reconciliation says, by its words."""
    table = page[page.index("与所问对账") :]
    return {title: int(count.replace(",", "")) for title, count in ROW.findall(table)}


def test_a_reply_with_an_altered_byte_is_refused_with_what_and_where(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    good = fill_reply(files)
    spoilt = bytearray(good)
    spoilt[len(good) // 3] ^= 4
    told = zhou.read(loaded(stage, zhou, here, bytes(spoilt)))
    assert "不予接收的原因" in told
    assert re.search(r"工作簿内第 \d+ 个文件损坏或被改动过（校验不符）", told)
    assert "重新复制或重新保存" in told, "and what would be right"
    assert "相符" in zhou.read(loaded(stage, zhou, here, good)), "the same file unaltered is taken"


def test_a_reply_under_another_stamp_is_refused(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    forged = fill_reply(files, Habits(stamp="0000-0000-0000-0000-0000-0000"))
    told = zhou.read(loaded(stage, zhou, here, forged))
    assert "校验码与发出的名单不一致" in told
    assert "严禁手工造表" in told


def test_who_was_not_asked_about_is_never_an_answer(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    told = zhou.read(loaded(stage, zhou, here, fill_reply(files, Habits(stranger=True))))
    assert "行号 9999 不在本次核对名单中" in told
    assert "与所问对账" not in told


def test_every_asked_pair_is_accounted_for_and_the_rest_comes_in_a_second_file(
    stage: Stage,
) -> None:
    zhou, wu, here, files = delivered(stage)
    withheld = frozenset({1, 3})
    first = loaded(stage, zhou, here, fill_reply(files, Habits(withhold=withheld)))
    shown = numbers(zhou.read(first))
    assert shown["未反馈"] > 0
    assert shown["所问合计"] == sum(n for title, n in shown.items() if title != "所问合计")
    assert "尚未反馈的行" not in zhou.read(here), "nothing counts before it is accepted"
    zhou.after(zhou.send(first, f"{first}/accept"))
    wu.after(wu.send(first, f"{first}/accept"))
    stage.work()
    page = zhou.read(here)
    assert "待反馈" in page
    assert re.search(r"尚未反馈的行.*1、3</td>", page, re.S)

    everyone = loaded(stage, zhou, here, fill_reply(files))
    assert "只补交尚未反馈的行" in zhou.read(everyone), "what was answered comes no second time"
    lines = frozenset(range(1, 10_000)) - withheld
    second = loaded(stage, zhou, here, fill_reply(files, Habits(withhold=lines)))
    both = numbers(zhou.read(second))
    assert both["未反馈"] == 0
    assert both["所问合计"] == shown["所问合计"]
    zhou.after(zhou.send(second, f"{second}/accept"))
    wu.after(wu.send(second, f"{second}/accept"))
    stage.work()
    assert "反馈齐全" in zhou.read(here)
    assert "尚未反馈的行" not in zhou.read(here)
