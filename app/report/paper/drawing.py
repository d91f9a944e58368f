"""The lanes drawing let into the merged report: checked to be a drawing and nothing else."""

from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.report.messages import Fault
from app.report.paper.blocks import TEXT_WIDTH_MM, Drawing
from app.report.paper.typeset import shown

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = ("path", "line", "polyline", "polygon", "rect", "circle", "ellipse")
_ELEMENTS = frozenset(
    ("svg", "g", "defs", "marker", "title", "desc", "text", "tspan", *_SHAPES),
)
_TALLEST_MM = 120.0
register_namespace("", _NAMESPACE.strip("{}"))


def checked_drawing(svg: str) -> Drawing:
    """Fit an SVG string with a ``viewBox`` to the text width.

    Raises ``Fault`` (``report.drawing_unsafe``) for anything that is not lines, shapes and text:
    scripts, images, links, references out of the drawing. Its look is given by attributes, or by
    classes that ``templates/report/lanes.css`` words; a ``<style>`` element would reach the whole
    page and is refused.
    """
    try:
        root = fromstring(svg)
    except (ParseError, DefusedXmlException, ValueError) as fault:
        raise Fault("report.drawing_unsafe", part="XML") from fault
    for element in root.iter():
        _check(element)
    width, height = _measure(root)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    height_mm = min(TEXT_WIDTH_MM * height / width, _TALLEST_MM)
    return Drawing(tostring(root, encoding="unicode"), height_mm)


def _check(element: Element) -> None:
    name = str(element.tag).removeprefix(_NAMESPACE)
    if name not in _ELEMENTS:
        raise Fault("report.drawing_unsafe", part=name[:40])
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2].lower()
        if local.startswith("on") or local in ("href", "src", "base") or _refers(value):
            raise Fault("report.drawing_unsafe", part=local[:40])
    element.text = shown(element.text) if element.text else element.text
    element.tail = shown(element.tail) if element.tail else element.tail


def _refers(value: str) -> bool:
    """Whether a value leads out of the drawing; ``url(#name)`` within it is a marker."""
    inside = value.lower().replace("url(#", "")
    return any(sign in inside for sign in ("url", "\\", "script", "expression", "//"))


def _measure(root: Element) -> tuple[float, float]:
    try:
        _, _, width, height = map(float, root.attrib["viewBox"].replace(",", " ").split())
    except (KeyError, ValueError) as fault:
        raise Fault("report.drawing_unsafe", part="viewBox") from fault
    if not (0 < width < 1e5 and 0 < height < 1e5):
        raise Fault("report.drawing_unsafe", part="viewBox")
    return width, height
