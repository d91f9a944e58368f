"""The code of a tip-off, what comes from it, and the sum before it is taken."""

import datetime as dt

import pytest

from app.oversight.tipoffs import proof
from app.oversight.tipoffs.codes import ALPHABET, code_from, fresh_code, key_of, read_code, shown
from app.oversight.tipoffs.messages import FIGURES
from app.oversight.tipoffs.rules import due_on, number_of
from tenants.messages import Fault

SECRET = b"a secret of the server's"


def test_a_code_is_read_however_it_was_written_down() -> None:
    code = "0A1B2C3D4E5F6G7H8J9K"
    for typed in (
        shown(code),
        code.lower(),
        "oa1b 2c3d-4e5f 6g7h 8j9k",
        f"  {code}\n",
        "OAIB2C3D4E5F6G7H8J9K",
    ):
        assert read_code(typed) == code
    for typed in ("", code[:-1], code + "X", code.replace("A", "U"), code.replace("A", "！")):
        assert read_code(typed) == ""
    fresh = {fresh_code() for _ in range(100)}
    assert len(fresh) == 100
    assert all(read_code(shown(one)) == one and set(one) <= set(ALPHABET) for one in fresh)


def test_one_form_has_one_code_and_one_code_has_keys_of_its_own_at_each_agency() -> None:
    assert code_from(SECRET, "n1") == code_from(SECRET, "n1") != code_from(SECRET, "n2")
    assert code_from(SECRET, "n1") != code_from(b"another", "n1")
    code = code_from(SECRET, "n1")
    here, there = key_of(220182, code), key_of(220112, code)
    assert here == key_of(220182, code)
    assert not {here.follow_hash, here.private, here.public, here.tail} & {*vars(there).values()}
    assert code not in repr(here)


def test_the_sum_is_answered_once_in_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = proof.ask(SECRET)
    first, second = (FIGURES.index(sign) for sign in asked.words if sign in FIGURES)
    right = str(first + second)
    assert proof.judge(SECRET, asked.token, f" {right} ") == proof.judge(SECRET, asked.token, right)
    for token, answer in (
        (asked.token, str(first + second + 1)),
        (asked.token, ""),
        (asked.token, "-1"),
        (asked.token[:-2], right),
        (proof.ask(b"another").token, right),
        ("", right),
    ):
        with pytest.raises(Fault) as refused:
            proof.judge(SECRET, token, answer)
        assert refused.value.code == "tipoff.answer"
    monkeypatch.setattr(proof, "LASTS_S", -1)
    with pytest.raises(Fault):
        proof.judge(SECRET, asked.token, right)


def test_the_last_day_and_the_number() -> None:
    day = dt.date(2026, 11, 20)
    assert due_on(day, 60) == dt.date(2027, 1, 19)
    assert number_of("榆", "举", day, "4K7Q2ZD") == "榆举 2026-11-4K7Q2ZD"
