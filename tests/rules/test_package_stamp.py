"""The stamp: made with the agency's key over who asks whom what, and not to be made by hand."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.medium.asked import ListLine, PackageHead
from app.exchange.medium.stamp import make_stamp, same_stamp, stamp_is_valid
from tests.rules.exchange_desk import HEAD, KEY, LINES


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case int():
            return value + 1
        case str():
            return value + "另"
        case date():
            return value + timedelta(days=1)
        case tuple():
            return value[:-1]
    raise TypeError(value)


def test_it_is_valid_for_what_it_was_made_for() -> None:
    assert stamp_is_valid(KEY, HEAD, LINES, HEAD.stamp)
    assert not stamp_is_valid(b"another key of at least thirty-two", HEAD, LINES, HEAD.stamp)


@pytest.mark.parametrize("name", [f.name for f in fields(PackageHead) if f.name != "stamp"])
def test_it_covers_every_word_of_the_head(name: str) -> None:
    changed = replace(HEAD, **{name: other(getattr(HEAD, name))})
    assert not stamp_is_valid(KEY, changed, LINES, HEAD.stamp)


@pytest.mark.parametrize("name", [f.name for f in fields(ListLine)])
def test_it_covers_every_word_of_every_line(name: str) -> None:
    changed = replace(LINES[1], **{name: other(getattr(LINES[1], name))})
    assert not stamp_is_valid(KEY, HEAD, (LINES[0], changed, LINES[2]), HEAD.stamp)


def test_it_covers_the_number_and_order_of_lines() -> None:
    for lines in (LINES[:2], (*LINES, LINES[0]), LINES[::-1]):
        assert not stamp_is_valid(KEY, HEAD, lines, HEAD.stamp)


@given(st.binary(min_size=32, max_size=64))
def test_it_can_be_read_out_and_typed_again(key: bytes) -> None:
    stamp = make_stamp(key, HEAD, LINES)
    assert len(stamp) == 29
    assert not set(stamp) & set("ILOU")
    assert same_stamp(stamp, stamp.lower().replace("-", " "))
    assert same_stamp(stamp, "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in stamp))
    assert not same_stamp(stamp, stamp[:-1])
    assert not same_stamp(stamp, "")


def test_a_short_key_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        make_stamp(b"short", HEAD, LINES)
