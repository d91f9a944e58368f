"""docs/law.md: every article once, and every page, command and test it names is there."""

import re
from dataclasses import dataclass

from flask import Flask

from scripts.places import ROOT

LAW = ROOT / "docs" / "law.md"
TENS = ("", "十", "二十")
DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
ARTICLES = {
    "吉民发〔2017〕58号": [f"第{TENS[n // 10]}{DIGITS[n % 10]}条" for n in range(1, 26)],
    "操作规程": [
        *("一", "二（一）", "二（二）", "三"),
        *(f"三（一）{step}" for step in range(1, 5)),
        *("三（二）", "三（三）", "四", "五（一）", "五（二）", "五（三）"),
    ],
    "民发〔2020〕95号": [
        *("一", "二（一）1", "二（一）2", "二（一）3"),
        *("二（二）", "二（三）", "二（四）", "二（五）", "三（一）", "三（二）", "三（三）"),
    ],
    "粤民发〔2020〕143号": ["一", "二", "三"],
}
"""The articles of each document, in their order; a heading of docs/law.md ends in its name."""

NOTHING = "—"
MISSING = "尚未实现"
ASKS_NOTHING = "没有要求"
QUOTED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One article: what the system does, where, and what proves it."""

    document: str
    article: str
    words: str
    places: str
    tests: str


def rows() -> list[Row]:
    found, document = [], ""
    for line in LAW.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            document = next((name for name in ARTICLES if name in line), "")
        elif line.startswith("| ") and not line.startswith("| 条款"):
            found.append(Row(document, *(cell.strip() for cell in line.strip("|").split("|"))))
    return found


def test_every_article_is_there_once_and_in_its_order() -> None:
    for document, articles in ARTICLES.items():
        assert [row.article for row in rows() if row.document == document] == articles
    assert {row.document for row in rows()} == ARTICLES.keys()


def test_what_is_done_has_a_place_and_a_test() -> None:
    for row in rows():
        shown = QUOTED.findall(row.places), QUOTED.findall(row.tests)
        if row.places == NOTHING:
            assert row.tests == NOTHING, row
            assert MISSING in row.words or ASKS_NOTHING in row.words, row
        else:
            assert all(shown), row
            assert ASKS_NOTHING not in row.words, row


def test_every_page_and_command_named_is_there(app: Flask) -> None:
    pages = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    commands = {f"flask {name}" for name in app.cli.commands}
    named = {place for row in rows() for place in QUOTED.findall(row.places)}
    scripts = {place for place in named if place.startswith("scripts/")}
    assert named - scripts <= pages | commands
    assert all((ROOT / script).is_file() for script in scripts)


def test_every_test_named_is_there() -> None:
    for row in rows():
        for named in QUOTED.findall(row.tests):
            path, _, function = named.partition("::")
            source = ROOT / path
            assert source.is_file(), named
            assert f"def {function or 'test_'}" in source.read_text(encoding="utf-8"), named
