"""What both sides agree on: pages, answers, the description of the interface."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui_connector.wire import models, openapi, pages, problems
from hedui_connector.wire.limits import BYTES_PER_LINE, LINES_PER_PAGE
from hedui_connector.wire.pages import read_page, to_json, write_page
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.values import answer_faults, is_of_kind
from tests.connector.unit import DEPOSIT, line, page


def test_a_page_comes_back_as_it_was_written() -> None:
    lines = [line(n) for n in range(1, 4)]
    rows, end = read_page(page(lines, 3), models.Line)
    assert rows == lines
    assert (end.count, end.next, end.is_last) == (3, "3", True)


GOOD = page([line(1), line(2)], 2)
END = b'{"end":{"count":2,"next":"2","is_last":true}}\n'


@pytest.mark.parametrize(
    ("body", "row", "place", "right"),
    [
        (b"", 1, "-", "end"),
        (GOOD[:-1], 3, "-", "end"),
        (GOOD.removesuffix(END), 2, "-", "end"),
        (b"\xef\xbb\xbf" + GOOD, 1, "-", "JSON"),
        (b"\n" + GOOD, 1, "-", "JSON"),
        (GOOD.replace("王芳".encode(), "王芳".encode("gbk")), 0, "-", "UTF-8"),
        (GOOD.replace(b'"line":2', b'"line":2.0'), 2, "line", "整数"),
        (GOOD.replace(b'"line":2', b'"line":true'), 2, "line", "整数"),
        (GOOD.replace(b'"items":[1601]', b'"items":[1601,1601]', 1), 1, "-", "只写一次"),
        (GOOD.replace(b'"count":2', b'"count":3'), 0, "end.count", "相同"),
        (GOOD.replace(b'"next":"2"', b'"next":2'), 3, "end.next", "文本"),
        (
            GOOD.replace("王芳".encode(), "芳".encode() * BYTES_PER_LINE, 1),
            *(1, "-", str(BYTES_PER_LINE)),
        ),
        (write_page(["{}"] * (LINES_PER_PAGE + 1), models.End(count=1, next="1", is_last=True)),
         0, "end", str(LINES_PER_PAGE)),
    ],
)  # fmt: skip
def test_a_page_with_a_fault_says_where_and_gives_no_row(body, row, place, right) -> None:
    with pytest.raises(Refusal) as refused:
        read_page(body, models.Line)
    fault = refused.value.problem.faults[0]
    assert (fault.row, fault.place) == (row, place)
    assert right in fault.right


@given(st.binary(max_size=200))
def test_whatever_comes_in_is_refused_in_words(body: bytes) -> None:
    for read in (
        lambda: read_page(body, models.Line),
        lambda: pages.read_message(body, models.Head),
    ):
        with pytest.raises(Refusal) as refused:
            read()
        assert refused.value.problem.faults


def test_a_fault_never_repeats_what_was_given() -> None:
    body = GOOD.replace(b'"id_number":"', b'"id_number":"?secret-')
    with pytest.raises(Refusal) as refused:
        read_page(body, models.Line)
    assert "secret" not in refused.value.problem.model_dump_json()


ANSWER = {"answer": 1, "line": 1, "item": 1601, "as_of": "2026-11-11"}
RECORD = {
    "bank": "示例银行",
    "account_no": "62",
    "account_kind": "1",
    "balance": 1250050,
    "as_of": "2026-10-31",
}
REASON = {"code": "policy", "words": "不提供"}


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({"outcome": "hit", "records": [RECORD]}, True),
        ({"outcome": "hit"}, False),
        ({"outcome": "no_record"}, True),
        ({"outcome": "no_record", "records": [RECORD]}, False),
        ({"outcome": "unable"}, False),
        ({"outcome": "unable", "reason": REASON}, True),
        ({"outcome": "refused", "reason": REASON}, True),
        ({"outcome": "no_record", "reason": REASON}, False),
        ({"outcome": ""}, False),
        ({}, False),
    ],
)
def test_an_answer_is_explicit(given: dict, holds: bool) -> None:
    body = json.dumps(ANSWER | given).encode()
    if holds:
        answer = pages.read_message(body, models.Answer)
        assert models.Answer.model_validate_json(to_json(answer)) == answer
    else:
        with pytest.raises(Refusal):
            pages.read_message(body, models.Answer)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 0),
        ({"balance": None}, 0),
        ({"balance": "12500.50"}, 1),
        ({"balance": True}, 1),
        ({"account_kind": "7"}, 1),
        ({"as_of": "2026-1-5"}, 1),
        ({"as_of": "2026-02-30"}, 1),
        ({"surprise": "1"}, 1),
    ],
)
def test_records_are_held_against_the_item(change: dict, count: int) -> None:
    body = json.dumps(ANSWER | {"outcome": "hit", "records": [RECORD | change]}).encode()
    answer = pages.read_message(body, models.Answer)
    assert len(list(answer_faults(answer, DEPOSIT))) == count


@pytest.mark.parametrize(("value", "holds"), [("12.50", True), ("1e5", False), ("1,0", False)])
def test_a_number_is_a_plain_decimal(value: str, holds: bool) -> None:
    field = models.ItemField(name="n", title="数", type=models.FieldType.NUMBER)
    assert is_of_kind(value, field) is holds


def test_a_missing_field_is_a_fault() -> None:
    record = {name: value for name, value in RECORD.items() if name != "bank"}
    body = json.dumps(ANSWER | {"outcome": "hit", "records": [record]}).encode()
    answer = pages.read_message(body, models.Answer)
    assert [fault.place for fault in answer_faults(answer, DEPOSIT)] == ["records.0"]


def test_the_description_is_whole() -> None:
    """Every reference leads somewhere, every problem stands at an operation, both halves are in."""
    document = openapi.document()
    text = json.dumps(document)
    schemas = document["components"]["schemas"]
    referred = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert referred <= schemas.keys()
    tags = {op["tags"][0] for path in document["paths"].values() for op in path.values()}
    assert tags == {openapi.ASKED, openapi.ASKING}
    told = {code for op in openapi.OPERATIONS for code in op.problems} | set(openapi.FOR_ALL)
    assert problems.STATUS.keys() - told == {"no_such_address", "wrong_method"}


def test_every_fault_and_problem_has_its_words() -> None:
    from hedui_connector.wire.messages import FAULT_TITLES, KINDS, PROBLEM_DETAILS, PROBLEM_TITLES

    assert problems.STATUS.keys() == PROBLEM_TITLES.keys() == PROBLEM_DETAILS.keys()
    assert set(KINDS.values()) <= FAULT_TITLES.keys()
    assert all(text.count("|") == 1 for name, text in FAULT_TITLES.items() if name != "whole")
