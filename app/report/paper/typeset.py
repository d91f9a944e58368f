"""Text as it will stand on paper: nothing invisible in it, and broken into lines that surely fit.

The engine is never asked to wrap: a line that Python broke has a known height, so pages are known
before anything is drawn. Widths are in em (the size of the type) and rather too wide than too
narrow: the widest of the two WenQuanYi faces.
"""

import unicodedata

_MARKS_IN_A_ROW = 3
_WIDTHS = {
    0.31: " !'(),.:;[]ijlIft{}-Jr",
    0.48: 'z"cvFy',
    0.55: "L_kx/T\\gs?ZaeX|",
    0.62: "EYVP`obdhnpqu$*+0123456789<=>^~ABCKRS",
    0.7: "#DG&HU",
    0.75: "NOQw",
    0.92: "%@MWm",
}
_EM = {character: width for width, characters in _WIDTHS.items() for character in characters}
_WIDE_JOINS = 4


def shown(text: str) -> str:
    """``text`` with everything that cannot be seen written out as its code point.

    Control and direction marks, private and unassigned characters and piled-up accents become
    ``〔U+202E〕``: nothing is lost and nothing acts. Line breaks and tabs become a space.
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    marks = 0
    for character in text:
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if character in "\t\r\n\v\f\u0085\u2028\u2029":
            out.append(" ")
        elif kind[0] == "C" or marks > _MARKS_IN_A_ROW:
            out.append(f"\u3014U+{ord(character):04X}\u3015")
        else:
            out.append(character)
    return "".join(out)


def width_em(character: str) -> float:
    """The room one character takes, at most."""
    known = _EM.get(character)
    if known is not None:
        return known
    if character.isascii() or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    spelled = len(unicodedata.normalize("NFKC", character))
    return 1.0 if spelled <= _WIDE_JOINS else 0.7 * spelled


def wrap(text: str, room_em: float, indent_em: float = 0.0) -> tuple[str, ...]:
    """Break ``text`` into lines of at most ``room_em``; joined again they are the text shown.

    The first line has ``indent_em`` less room. Chinese punctuation that closes stays off the
    start of a line, what opens stays off its end, and short numbers and words stay whole.
    """
    whole = shown(text)
    lines: list[str] = []
    start = 0
    while start < len(whole):
        end = _fit(whole, start, room_em - (0.0 if lines else indent_em))
        lines.append(whole[start:end])
        start = end
    return tuple(lines) or ("",)


def _fit(text: str, start: int, room_em: float) -> int:
    used = 0.0
    for at in range(start, len(text)):
        used += width_em(text[at])
        if used > room_em and at > start:
            return _better_break(text, start, at)
    return len(text)


def _better_break(text: str, start: int, end: int) -> int:
    """A break at or before ``end`` that reads better; always after ``start``."""
    at = end
    while at > start + 1 and end - at < 3 and (_closes(text[at]) or _opens(text[at - 1])):
        at -= 1
    if _joins(text[at - 1]) and _joins(text[at]):
        word = at
        while word > start and _joins(text[word - 1]):
            word -= 1
        at = word if word > start else at
    return at


def _joins(character: str) -> bool:
    return character.isascii() and character != " "


def _closes(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in ("Pe", "Pf", "Po")


def _opens(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in ("Ps", "Pi")
