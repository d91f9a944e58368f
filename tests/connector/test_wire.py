"""What both sides agree on: signatures, pages, answers, the description of the interface."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui_connector.clock import instant
from hedui_connector.wire import models, openapi, pages, problems
from hedui_connector.wire.algorithms import ALGORITHMS, BadKey
from hedui_connector.wire.limits import BYTES_PER_LINE, LINES_PER_PAGE, VALID_FOR_S
from hedui_connector.wire.pages import read_page, to_json, write_page
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.signatures import (
    Key,
    Response,
    Unverified,
    request,
    sign_request,
    sign_response,
    verify_request,
    verify_response,
)
from hedui_connector.wire.values import answer_faults, is_of_kind
from tests.connector.unit import DEPOSIT, line, page

BODY = b'{"answers":1}'


class Remembered(set):
    """Nonces in memory."""

    def use(self, keyid: str, nonce: str, until: dt.datetime) -> bool:
        is_new = (keyid, nonce) not in self
        self.add((keyid, nonce))
        return is_new


def keys(algorithm: str, keyid: str = "agency") -> tuple[Key, Key]:
    row = ALGORITHMS[algorithm]
    private, public = row.generate()
    return Key(keyid, row, row.read_private(private)), Key(
        keyid, row, row.read_public(public or private)
    )


def signed(key: Key, moved_s: int = 0, valid_for_s: int = VALID_FOR_S):
    headers = {"Content-Type": "application/json", "Idempotency-Key": "12345678"}
    message = request("POST", "/exchange/v1/requests/r-1/taken?a=1", headers)
    now = instant() + dt.timedelta(seconds=moved_s)
    sign_request(message, BODY, key, now=now, valid_for_s=valid_for_s)
    return message


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_is_signed_verifies_once(algorithm: str) -> None:
    own, public = keys(algorithm)
    message, nonces = signed(own), Remembered()
    assert verify_request(message, BODY, {"agency": public}.get, nonces).keyid == "agency"
    with pytest.raises(Unverified, match="used before"):
        verify_request(message, BODY, {"agency": public}.get, nonces)


def other_method(message):
    message.method = "PUT"


def other_path(message):
    message.target = message.target.replace("r-1", "r-2")


def other_query(message):
    message.target = message.target.replace("a=1", "a=2")


def other_type(message):
    message.headers["Content-Type"] = "text/plain"


def other_idempotency_key(message):
    message.headers["Idempotency-Key"] = "87654321"


def no_idempotency_key(message):
    del message.headers["Idempotency-Key"]


def other_tag(message):
    text = message.headers["Signature-Input"]
    message.headers["Signature-Input"] = text.replace("hedui-exchange/1", "hedui-exchange/2")


def less_covered(message):
    text = message.headers["Signature-Input"]
    message.headers["Signature-Input"] = text.replace('"@query" ', "")


def no_signature(message):
    del message.headers["Signature"]


def not_a_signature(message):
    message.headers["Signature-Input"] = "hedui=(("


SPOILERS = (
    *(other_method, other_path, other_query, other_type, other_idempotency_key),
    *(no_idempotency_key, other_tag, less_covered, no_signature, not_a_signature),
)


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_is_altered_does_not_verify_and_uses_up_no_nonce(algorithm: str, spoil) -> None:
    own, public = keys(algorithm)
    message, nonces = signed(own), Remembered()
    spoil(message)
    with pytest.raises(Unverified):
        verify_request(message, BODY, {"agency": public}.get, nonces)
    assert not nonces


@pytest.mark.parametrize(
    ("moved_s", "valid_for_s", "holds"),
    [
        (0, 300, True),
        (50, 300, True),
        (70, 300, False),
        (-340, 300, True),
        (-370, 300, False),
        (0, 301, False),
        (-70, 5, False),
    ],
)
def test_the_clocks_may_differ_by_a_minute(moved_s: int, valid_for_s: int, holds: bool) -> None:
    own, public = keys("ed25519")
    message = signed(own, moved_s, valid_for_s)
    try:
        verify_request(message, BODY, {"agency": public}.get, Remembered())
        assert holds
    except Unverified:
        assert not holds


def test_a_response_holds_for_its_own_request_only() -> None:
    agency, _ = keys("ed25519")
    own, public = keys("ed25519", "unit")
    first, second = signed(agency), signed(agency)
    given = Response(200, request("GET", "/", {"Content-Type": "a"}).headers, first)
    sign_response(given, BODY, own, now=instant())
    verify_response(given, BODY, public)
    for spoiled in (
        Response(200, given.headers, second),
        Response(201, given.headers, first),
    ):
        with pytest.raises(Unverified):
            verify_response(spoiled, BODY, public)
    with pytest.raises(Unverified):
        verify_response(given, BODY + b" ", public)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_file_that_holds_something_else_is_refused(algorithm: str) -> None:
    for data in (b"", b"c2hvcnQ=", b"-----BEGIN PUBLIC KEY-----\nxx\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(BadKey):
            ALGORITHMS[algorithm].read_private(data)
        with pytest.raises(BadKey):
            ALGORITHMS[algorithm].read_public(data)


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
