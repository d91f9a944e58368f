"""Fonts cut down to what one report shows.

The engine embeds one subset of the font for a whole run, its characters in the order in which they
first appeared: in a single household's file that would spell out the names of the others. Here
every glyph and every character code that this file does not show is taken out.
"""

import re
import struct
from collections import defaultdict

import pikepdf

from app.report.messages import Fault

_TEXT = re.compile(rb"/(\w+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f]+)>")
_MAPPED = re.compile(
    rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(?:\[([^\]]*)\]|<([0-9A-Fa-f]+)>)"
)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_CMAP = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{parts}\n"
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)
_CHARS_PER_PART = 100


def keep_used_glyphs(document: pikepdf.Pdf) -> None:
    """Cut the embedded fonts of a file that the engine drew down to the glyphs it shows.

    Raises ``Fault`` (``report.engine_failed``) when fonts are not as the engine writes them.
    """
    fonts: dict[tuple[int, int], pikepdf.Object] = {}
    used: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for page in document.pages:
        shown = _codes(page.Contents.read_bytes())
        for name, font in page.Resources.get("/Font", {}).items():
            fonts[font.objgen] = font
            used[font.objgen] |= shown.get(name, set())
    for key, font in fonts.items():
        _cut(document, font, used[key] | {0})


def _codes(content: bytes) -> dict[str, set[int]]:
    """The two-byte codes that a page shows, by font name."""
    codes: dict[str, set[int]] = {}
    current: set[int] = set()
    for font, text in _TEXT.findall(content):
        if font:
            current = codes.setdefault("/" + font.decode("ascii"), set())
        else:
            raw = bytes.fromhex(text.decode("ascii"))
            current.update(struct.unpack(f">{len(raw) // 2}H", raw))
    return codes


def _cut(document: pikepdf.Pdf, font: pikepdf.Object, used: set[int]) -> None:
    try:
        descriptor = font.DescendantFonts[0].FontDescriptor
        program = descriptor.FontFile2.read_bytes()
        characters = _characters(font.ToUnicode.read_bytes())
        smaller = cut_truetype(program, used)
    except (AttributeError, KeyError, ValueError, struct.error) as fault:
        raise Fault("report.engine_failed", reason="font") from fault
    descriptor.FontFile2 = document.make_stream(smaller, Length1=len(smaller))
    if "/CIDSet" in descriptor:
        del descriptor["/CIDSet"]
    kept = {code: text for code, text in characters.items() if code in used}
    font.ToUnicode = document.make_stream(_to_unicode(kept))


def _characters(cmap: bytes) -> dict[int, str]:
    """Code → UTF-16 hexadecimal text, from the ranges that the engine writes."""
    characters: dict[int, str] = {}
    for first, last, many, one in _MAPPED.findall(cmap):
        codes = range(int(first, 16), int(last, 16) + 1)
        texts = _HEX.findall(many) if many else [one] if len(codes) == 1 else None
        if texts is None:
            raise ValueError("a range of characters in a row")
        characters |= {code: text.decode("ascii") for code, text in zip(codes, texts, strict=False)}
    return characters


def _to_unicode(characters: dict[int, str]) -> bytes:
    pairs = [f"<{code:04X}> <{text}>" for code, text in sorted(characters.items())]
    parts = []
    for at in range(0, len(pairs), _CHARS_PER_PART):
        part = pairs[at : at + _CHARS_PER_PART]
        parts.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return _CMAP.format(parts="\n".join(parts)).encode("ascii")


def cut_truetype(program: bytes, used: set[int]) -> bytes:
    """A TrueType program with the outlines of all glyphs but ``used`` made empty."""
    tables = _tables(program)
    long_offsets = struct.unpack_from(">h", tables[b"head"], 50)[0] == 1
    loca = tables[b"loca"]
    count = len(loca) // (4 if long_offsets else 2)
    places = struct.unpack(f">{count}{'I' if long_offsets else 'H'}", loca)
    scale = 1 if long_offsets else 2
    glyphs = bytearray()
    offsets = [0]
    for glyph, (start, end) in enumerate(zip(places, places[1:], strict=False)):
        if glyph in used:
            glyphs += tables[b"glyf"][start * scale : end * scale]
        offsets.append(len(glyphs) // scale)
    tables[b"glyf"] = bytes(glyphs)
    tables[b"loca"] = struct.pack(f">{count}{'I' if long_offsets else 'H'}", *offsets)
    return _program(program[:4], tables)


def _tables(program: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack_from(">4sIII", program, at)
        found[tag] = program[offset : offset + length]
    return found


def _program(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    head = version + struct.pack(">4H", count, search, power, count * 16 - search)
    directory, body = b"", b""
    start = 12 + 16 * count
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, total, start + len(body), len(table))
        body += padded
    return head + directory + body
