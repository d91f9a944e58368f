"""The guide is kept current: roles, words of the screen, pictures and links, all enumerated."""

import re
from functools import cache

import pytest

from app.accounts.permissions import PERMISSIONS
from scripts.places import ROOT
from tests.journeys.guide import GUIDE, GUIDE_FOLDER

FOLDER = ROOT / "docs" / "guide"
PAGES = sorted(FOLDER.glob("*.md"))
MOST_BYTES = 2_000_000
ROLES = re.compile(r"<!-- roles: ([a-z_ ]+) -->")
QUOTED = re.compile(r"「(.+?)」")
PICTURE = re.compile(r"!\[[^\]]+\]\(\.\./images/guide/([a-z-]+)\.png\)")
LINK = re.compile(r"\]\(([a-z-]+\.md)\)")
SAID = ("templates/**/*.html", "templates/**/*.svg", "app/**/*.py", "app/**/*.toml")


@cache
def screens() -> str:
    """Every text that a screen may say, as it is written."""
    return "\n".join(
        path.read_text(encoding="utf-8") for pattern in SAID for path in ROOT.glob(pattern)
    )


def stands_on_a_screen(word: str) -> bool:
    """Whether a screen says the word by itself, not only within a longer one."""
    whole = rf"(?<![\u4e00-\u9fff]){re.escape(word)}(?![\u4e00-\u9fff])"
    return re.search(whole, screens()) is not None


def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in PAGES}


def test_every_role_has_a_page() -> None:
    told = [
        role for text in texts().values() for found in ROLES.findall(text) for role in found.split()
    ]
    assert sorted(told) == sorted(PERMISSIONS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_quoted_word_stands_on_a_screen(page) -> None:
    words = QUOTED.findall(page.read_text(encoding="utf-8"))
    assert words
    assert [word for word in words if not stands_on_a_screen(word)] == []


def test_a_word_that_no_screen_says_is_seen() -> None:
    """The control: a made-up button, and half of one that there is."""
    assert not stands_on_a_screen("一键核对")
    assert not stands_on_a_screen("打印查询授权")
    assert stands_on_a_screen("打印查询授权书")


def test_every_picture_is_there_and_made_by_the_script() -> None:
    shown = [name for text in texts().values() for name in PICTURE.findall(text)]
    assert sorted(shown) == sorted(scene.name for scene in GUIDE)
    assert {path.stem for path in GUIDE_FOLDER.glob("*.png")} == set(shown)


def test_the_pictures_are_modest() -> None:
    assert sum(path.stat().st_size for path in GUIDE_FOLDER.glob("*.png")) < MOST_BYTES


def test_the_index_leads_to_every_page() -> None:
    index = texts()["README.md"]
    assert sorted(LINK.findall(index)) == sorted(
        path.name for path in PAGES if path.name != "README.md"
    )
