"""What the look promises: contrast, and nothing that the Content-Security-Policy would refuse."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "app/web/static/hedui.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS.split("}")[0]))
PAGES = [
    path
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.suffix in (".html", ".svg")
    and "report" not in path.relative_to(ROOT / "templates").parts
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["paper", "ground", "head", "accent-soft"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
def test_text_stands_out_on_every_ground(text, ground):
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_red_stands_out():
    assert contrast(COLOURS["late"], COLOURS["late-soft"]) >= 4.5
    assert contrast(COLOURS["late"], COLOURS["paper"]) >= 4.5


def test_edges_of_controls_stand_out():
    assert contrast(COLOURS["edge"], COLOURS["paper"]) >= 3


@pytest.mark.parametrize(
    "tone", re.findall(r"^\.tone-[\w-]+(?:, \.tone-[\w-]+)* \{.*\}", CSS, re.M)
)
def test_every_badge_can_be_read(tone):
    def colour(name: str) -> str:
        value = re.search(rf"[{{;] ?{name}: ([^;]+);", tone).group(1)
        value = COLOURS[value[6:-1]] if value.startswith("var(") else value
        return value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])

    assert contrast(colour("color"), colour("background")) >= 4.5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_needs_inline_style_or_script(page):
    text = re.sub(r"\{#.*?#\}", "", page.read_text("utf-8"), flags=re.S)
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_loads_anything_from_elsewhere(page):
    text = page.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|src=\"//", text)
