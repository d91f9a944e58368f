"""The portal's interface against its own description: what schemathesis makes up, right and wrong.

A real server and a real database; every message is signed by the unit, so that what is made up
reaches the verbs. Whatever names a request in the right form names the one that is there.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from flask import Flask
from http_message_signatures.structures import CaseInsensitiveDict
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from limits import RateLimitItemPerMinute
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from hedui_connector.wire import pages
from hedui_connector.wire.signatures import Key, Request, sign_request
from tenants.calendar import instant, set_process_business_date
from tenants.settings import Settings
from tests.usecases.pulling import Pulling, approved_and_served

EXAMPLES = 20
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
ALWAYS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CHECKS = {
    GenerationMode.POSITIVE: [*ALWAYS, positive_data_acceptance],
    GenerationMode.NEGATIVE: [*ALWAYS, negative_data_rejection, unsupported_method],
}


@schemathesis.serializer(pages.MEDIA_TYPE)
def as_page(_context: Any, value: Any) -> bytes:
    """Rows as NDJSON; what is no list of rows goes as the one line that it is."""
    rows = value if isinstance(value, list) else [value]
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


class Signed(requests.auth.AuthBase):
    """Signs what is about to be sent, whatever it is."""

    def __init__(self, key: Key) -> None:
        self.key = key

    def __call__(self, sent: requests.PreparedRequest) -> requests.PreparedRequest:
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
        message = Request(
            str(sent.method), sent.path_url, CaseInsensitiveDict(_texts(sent.headers))
        )
        sign_request(message, body, self.key, now=instant())
        for name in ("Content-Digest", "Signature-Input", "Signature"):
            sent.headers[name] = message.headers[name]
        return sent


def _texts(headers: Any) -> dict[str, str]:
    return {
        name: text.decode("latin-1") if isinstance(text, bytes) else text
        for name, text in headers.items()
    }


def described(url: str) -> dict[str, Any]:
    """What the portal says of its half for units that pull; a page, which is a text there, as the
    list of its rows."""
    document = requests.get(f"{url}/exchange/v1/openapi.json", timeout=10).json()
    document["paths"] = {
        path: found for path, found in document["paths"].items() if "/outbox" in path
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media in content.values():
                if "x-row" in media:
                    rows = {"type": "array", "minItems": 1, "items": media.pop("x-row")}
                    media["schema"] = rows
    return dict(document)


@pytest.fixture(autouse=True)
def the_twelfth(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's threads share the day; nobody is told to wait."""
    most = RateLimitItemPerMinute(1_000_000)
    monkeypatch.setattr("app.exchange.outbox.routes.PER_KEY", most)
    set_process_business_date(dt.date(2026, 11, 12), allow=True)
    yield
    set_process_business_date(None, allow=True)


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Pulling]:
    for bank in approved_and_served(app, settings, tmp_path / "bank"):
        bank.connect()
        bank.release()
        yield bank


def test_what_is_made_up_is_answered_as_the_description_says(bank: Pulling) -> None:
    tried: set[tuple[str, int]] = set()
    document = described(bank.url)
    # So that a receipt is right wherever it is well formed.
    document["components"]["schemas"]["Receipt"]["properties"]["lines"] = {
        "type": "integer",
        "enum": [bank.dispatch.lines],
    }
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        try_out(found.ok(), bank, tried)
    reached = {label for label, status in tried if status not in (401, 404)}
    assert reached == OPERATIONS, sorted(tried)
    assert ("POST /exchange/v1/outbox/{id}/receipt", 200) in tried
    assert bank.dispatch.received_at is not None
    assert bank.dispatch.answers_kept == 0, "no page of answers was right"


OPERATIONS = {
    "GET /exchange/v1/outbox",
    "GET /exchange/v1/outbox/{id}",
    "GET /exchange/v1/outbox/{id}/lines",
    "POST /exchange/v1/outbox/{id}/receipt",
    "POST /exchange/v1/outbox/{id}/answers",
}
GUESSED = "/answers"
"""Where what is well formed is still no answer to what was asked."""


def try_out(operation: APIOperation, bank: Pulling, tried: set[tuple[str, int]]) -> None:
    """Send what the description allows and what it does not: each bound of it, then at random."""
    signed, schema = Signed(bank.own_key()), operation.schema

    def send(case: Case) -> None:
        given_id = (case.path_parameters or {}).get("id")
        if isinstance(given_id, str) and ID.fullmatch(given_id):
            case.path_parameters["id"] = bank.wire_id
        checks = list(CHECKS[case.meta.generation.mode])
        if operation.path.endswith(GUESSED) and positive_data_acceptance in checks:
            checks.remove(positive_data_acceptance)
        answer = case.call_and_validate(base_url=bank.url, auth=signed, checks=checks)
        tried.add((operation.label, answer.status_code))

    for case in schema.iter_coverage_cases(
        operation, generation_modes=list(CHECKS), generation_config=schema.config.generation
    ):
        send(case)
    modes = [mode for mode in CHECKS if mode.is_positive or list(operation.iter_parameters())]

    @examples(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes)))
    def send_any(case: Case) -> None:
        send(case)

    send_any()
