"""A unit's answers that come by wire, checked as a reply; beside parsing the same lines as JSON."""

import datetime as dt
import hashlib
import json

from app.exchange.medium.asked import AskedLine, AskedRequest
from app.exchange.wire.answers import read_answers
from app.exchange.wire.sending import described
from hedui_connector.wire.limits import LINES_PER_PAGE
from hedui_connector.wire.models import Answer, End, Outcome
from hedui_connector.wire.pages import read_page, to_json, write_page
from tenants.catalogue import catalogue
from tests.bench.measure import Figure, seconds

ITEM, DAY = 1601, dt.date(2026, 11, 10)
RECORD = {
    "bank": "吉林榆树农村商业银行五棵树支行",
    "account_kind": "1",
    "balance": 1_234_500,
    "as_of": "2026-10-31",
}


def measure(subjects: int) -> Figure:
    """``subjects`` people asked one thing each, two thirds of them with an account."""
    pages = [_page(first, subjects) for first in range(1, subjects + 1, LINES_PER_PAGE)]
    asked = _asked(subjects)
    return Figure(
        name="by_wire",
        what=f"the answers about {subjects} subjects ({len(pages)} pages): digest, typed, reconciled",
        against="json.loads of each line",
        ours=seconds(lambda: check(pages, asked)),
        bare=seconds(lambda: parse(pages)),
        details={"subjects": subjects, "bytes": sum(map(len, pages))},
    )


def check(pages: list[bytes], asked: AskedRequest) -> None:
    """What the worker does with pages that came: each is verified, read and held against the list."""
    item = catalogue().item(ITEM)
    answers = []
    for page in pages:
        hashlib.sha256(page).digest()
        answers += read_page(page, Answer)[0]
    checked = read_answers(answers, {ITEM: described(item)}, asked, today=DAY)
    if checked.faults or checked.reconciliation.missing:
        raise RuntimeError(checked.faults[:3])


def parse(pages: list[bytes]) -> None:
    """The least that can be done with them."""
    for page in pages:
        for line in page.splitlines():
            json.loads(line)


def _page(first: int, subjects: int) -> bytes:
    last = min(first + LINES_PER_PAGE - 1, subjects)
    rows = [to_json(_answer(number)) for number in range(first, last + 1)]
    return write_page(rows, End(count=len(rows), next=str(last), is_last=last == subjects))


def _answer(number: int) -> Answer:
    has_account = number % 3 > 0
    record = {**RECORD, "account_no": f"6228{number:015d}"}
    return Answer(
        answer=number,
        line=number,
        item=ITEM,
        outcome=Outcome.HIT if has_account else Outcome.NO_RECORD,
        as_of=DAY,
        records=(record,) if has_account else (),
    )


def _asked(subjects: int) -> AskedRequest:
    lines = {
        number: AskedLine("王秀兰", f"22018219{number:010d}", (ITEM,))
        for number in range(1, subjects + 1)
    }
    return AskedRequest("榆数请 1", "STAMP", "银行", lines, {ITEM: catalogue().item(ITEM)})
