"""The round red seal: drawn by us from circles, a star and the letters of the agency's name."""

import io
import math
from functools import lru_cache

import pikepdf
from markupsafe import Markup

from app.report.messages import Fault, say
from app.report.paper.engine import render
from app.report.paper.typeset import shown

SEAL_MM = 42.0
_RED = "#c8102e"
_CENTRE = 210.0
_NAME_RADIUS = 150.0
_CAPTION_Y = 322.0
_WIDEST_ARC = 230.0
_NO_TEXT = b"/Span <</ActualText <FEFF>>> BDC "
_FONTS = "WenQuanYi Micro Hei, WenQuanYi Zen Hei, sans-serif"


def seal_svg(name: str) -> Markup:
    """The seal of the agency ``name`` as SVG, 420 units across (0.1 mm each)."""
    parts = (_rings(), _star(), *_name_on_arc(shown(name)), _caption())
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" fill="{red}" '
        'font-family="{fonts}" text-anchor="middle">{parts}</svg>'
    ).format(red=_RED, fonts=_FONTS, parts=Markup("").join(parts))


@lru_cache(maxsize=256)
def seal_pdf(name: str) -> bytes:
    """The seal as a one-page PDF of 42 × 42 mm: sharp in print; kept, for it is drawn often."""
    page = Markup(
        '<!DOCTYPE html><html><head><meta charset="utf-8"><style>'
        "*{{margin:0;padding:0}}body{{zoom:1.302}}"
        "div{{width:41.8mm;height:41.8mm;overflow:hidden}}svg{{width:41.8mm;height:41.8mm}}"
        "</style></head><body><div>{seal}</div></body></html>"
    ).format(seal=seal_svg(name))
    return _without_paper(render(page, (SEAL_MM, SEAL_MM)))


def _without_paper(drawn: bytes) -> bytes:
    """Take away the white sheet that the engine paints first, so that what is sealed stays legible.

    The letters of a seal are a picture: they are kept out of the text that a reader copies.
    """
    with pikepdf.open(io.BytesIO(drawn)) as document:
        page = document.pages[0]
        kept: list[pikepdf.ContentStreamInstruction] = []
        for step in pikepdf.parse_content_stream(page):
            if not isinstance(step, pikepdf.ContentStreamInstruction):
                raise Fault("report.engine_failed", reason="seal")
            sheet = str(step.operator) == "f" and kept and str(kept[-1].operator) == "re"
            operator = pikepdf.Operator("n") if sheet else step.operator
            kept.append(pikepdf.ContentStreamInstruction(step.operands, operator))
        strokes = pikepdf.unparse_content_stream(kept)
        for font in page.Resources.Font.values():
            if "/ToUnicode" in font:
                del font["/ToUnicode"]
        page.Contents = document.make_stream(_NO_TEXT + strokes + b" EMC")
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _rings() -> Markup:
    return Markup(
        '<circle cx="210" cy="210" r="201" fill="none" stroke="{red}" stroke-width="12"/>'
    ).format(red=_RED)


def _star() -> Markup:
    points = []
    for corner in range(10):
        radius = 52.0 if corner % 2 == 0 else 52.0 * 0.381966
        turn = math.radians(36.0 * corner - 90.0)
        points.append(
            f"{_CENTRE + radius * math.cos(turn):.1f},{_CENTRE + radius * math.sin(turn):.1f}"
        )
    return Markup('<polygon points="{points}"/>').format(points=" ".join(points))


def _name_on_arc(name: str) -> list[Markup]:
    """Each character upright to the ring; long names close up and grow smaller."""
    step = min(26.0, _WIDEST_ARC / max(len(name) - 1, 1))
    room = math.radians(step) * _NAME_RADIUS
    size = min(48.0, room * 1.12)
    first = -step * (len(name) - 1) / 2
    return [_letter(letter, first + step * at, size) for at, letter in enumerate(name)]


def _letter(letter: str, degrees: float, size: float) -> Markup:
    return Markup(
        '<text x="210" y="{y:.1f}" font-size="{size:.1f}" font-weight="bold"'
        ' transform="rotate({degrees:.2f} 210 210)">{letter}</text>'
    ).format(y=_CENTRE - _NAME_RADIUS, size=size, degrees=degrees, letter=letter)


def _caption() -> Markup:
    return Markup('<text x="210" y="{y}" font-size="28" font-weight="bold">{words}</text>').format(
        y=_CAPTION_Y, words=say("report.seal.caption")
    )
