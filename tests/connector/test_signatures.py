"""Signatures: what holds, what does not, and what a nonce is used up by."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui_connector.clock import instant
from hedui_connector.wire.algorithms import ALGORITHMS, BadKey
from hedui_connector.wire.limits import VALID_FOR_S
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


PIECES = st.sampled_from(
    [
        "hedui",
        "=",
        "(",
        ")",
        '"@method"',
        '"',
        ";",
        "keyid",
        '="agency"',
        "created=1",
        ":AA==:",
        ",",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30), st.text(max_size=30))
def test_whatever_stands_in_the_headers_is_refused(given: str, signature: str) -> None:
    own, public = keys("hmac-sha256")
    message = signed(own)
    real = message.headers["Signature-Input"]
    spoiled = [{"Signature-Input": text} for text in (given, real + given, given + real)]
    for headers in (*spoiled, {"Signature": signature}):
        if headers.get("Signature-Input", "").strip() == real:
            continue
        changed = dict(message.headers.items()) | headers
        with pytest.raises(Unverified):
            verify_request(
                request(message.method, message.target, changed),
                *(BODY, {"agency": public}.get, Remembered()),
            )


@pytest.mark.parametrize("target", ["http://elsewhere/x", "*", "/a b", "/%zz", "/\u4e2d", ""])
def test_a_target_that_is_none_is_refused(target: str) -> None:
    own, public = keys("hmac-sha256")
    message = signed(own)
    message.target = target
    with pytest.raises(Unverified):
        verify_request(message, BODY, {"agency": public}.get, Remembered())
