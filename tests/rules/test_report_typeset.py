"""Text on paper: nothing hidden, nothing lost, nothing wider than its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.paper.typeset import shown, width_em, wrap


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("赵国强", "赵国强"),
        ("买买提·艾力", "买买提·艾力"),
        ("赵\u202e强国", "赵〔U+202E〕强国"),
        ("赵\x00\x1b强", "赵〔U+0000〕〔U+001B〕强"),
        ("两行\r\n文字", "两行  文字"),
        ("\ue863", "〔U+E863〕"),
        ("\ud800", "〔U+D800〕"),
        ("e\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301〔U+0301〕〔U+0301〕"),
    ],
)
def test_what_cannot_be_seen_is_written_out(given_text: str, printed: str) -> None:
    assert shown(given_text) == printed


@given(st.text(max_size=300), st.floats(min_value=4, max_value=44))
def test_lines_joined_are_the_text_and_each_fits(text: str, room_em: float) -> None:
    lines = wrap(text, room_em)
    assert "".join(lines) == shown(text)
    for line in lines:
        assert len(line) == 1 or sum(map(width_em, line)) <= room_em + 1e-9


@pytest.mark.parametrize(
    ("text", "room_em", "lines"),
    [
        ("核对报告，出具", 4, ("核对报", "告，出具")),
        ("查询（授权）书", 3, ("查询", "（授", "权）书")),
        ("截至 2026-11-15", 6, ("截至 ", "2026-11-15")),
        ("", 6, ("",)),
    ],
)
def test_breaks_where_a_reader_would(text: str, room_em: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, room_em) == lines
