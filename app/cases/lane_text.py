"""How wide a text will be, and where it may be broken, without asking a font."""

from unicodedata import east_asian_width

TITLE_SIZE = 12.0
SUB_SIZE = 11.0
NARROW = 0.58
BREAK_AFTER = " 、,·"
SEPARATOR = " ·"


def text_width(text: str, size: float) -> float:
    """Width of ``text`` at font size ``size``; a little generous, so that nothing touches."""
    return size * sum(1.0 if east_asian_width(c) in "WFA" else NARROW for c in text)


def break_text(text: str, limit: float, size: float) -> tuple[str, ...]:
    """One line if it fits ``limit``, else two of the most even widths.

    Broken after a space or mark; where there is none, in the middle of the Chinese.
    """
    if text_width(text, size) <= limit:
        return (text,) if text else ()
    places = [i + 1 for i, c in enumerate(text[:-1]) if c in BREAK_AFTER] or _middle(text)
    if not places:
        return (text,)
    halves = [(_trim(text[:place]), _trim(text[place:])) for place in places]
    best = min(halves, key=lambda two: max(text_width(part, size) for part in two))
    return tuple(part for part in best if part)


def break_name(text: str, limit: float, size: float, most: int) -> tuple[str, ...]:
    """As few lines as ``limit`` allows, evenly filled, broken anywhere.

    What is over ``most`` lines ends in ``…``.
    """
    lines = _fill(text, limit, size)
    if len(lines) > most:
        return (*lines[: most - 1], lines[most - 1][:-1] + "…")
    even = text_width(text, size) / max(len(lines), 1)
    while even < limit and len(_fill(text, even, size)) > len(lines):
        even += size / 2
    return tuple(_fill(text, min(even, limit), size))


def _fill(text: str, limit: float, size: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and text_width(lines[-1] + character, size) > limit:
            lines.append("")
        lines[-1] += character
    return [line for line in lines if line]


def _middle(text: str) -> list[int]:
    half = (len(text) + 1) // 2
    around = text[half - 1 : half + 1]
    return [half] if all(east_asian_width(c) in "WF" for c in around) else []


def _trim(part: str) -> str:
    return part.strip(SEPARATOR)
