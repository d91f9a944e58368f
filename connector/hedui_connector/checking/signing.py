"""Promises of the signatures: what is refused, always in the same words."""

import datetime as dt

from hedui_connector.checking.asking import Broken, Got, Spoiled
from hedui_connector.checking.stage import Stage
from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.limits import CLOCK_SKEW_S, VALID_FOR_S
from hedui_connector.wire.models import Status
from hedui_connector.wire.signatures import Key

FAR = dt.timedelta(seconds=VALID_FOR_S + 2 * CLOCK_SKEW_S + 60)
REFUSED = "unauthenticated"


def unsigned(stage: Stage) -> None:
    stage.asker.send("GET", stage.path, spoiled=Spoiled(unsigned=True)).problem(REFUSED)


def unknown_key(stage: Stage) -> None:
    stage.asker.send("GET", stage.path, spoiled=Spoiled(key=_other_key("nobody"))).problem(REFUSED)


def wrong_key(stage: Stage) -> None:
    key = _other_key(stage.asker.key.keyid)
    stage.asker.send("GET", stage.path, spoiled=Spoiled(key=key)).problem(REFUSED)


def altered_body(stage: Stage) -> None:
    spoiled = Spoiled(body=lambda body: body[:-2] + bytes([body[-2] ^ 1]) + body[-1:])
    body = stage.head.model_dump_json().encode()
    stage.asker.send(
        "PUT", stage.path, body, media_type="application/json", spoiled=spoiled
    ).problem(REFUSED)


def altered_target(stage: Stage) -> None:
    spoiled = Spoiled(target=lambda target: f"{target}?after=1")
    stage.asker.send("GET", f"{stage.path}/answers", spoiled=spoiled).problem(REFUSED)


def replayed(stage: Stage) -> None:
    first = stage.asker.send("GET", stage.path)
    first.message(Status)
    stage.asker.again(first.sent).problem(REFUSED)


def expired(stage: Stage) -> None:
    stage.asker.send("GET", stage.path, spoiled=Spoiled(moved=-FAR)).problem(REFUSED)


def from_the_future(stage: Stage) -> None:
    stage.asker.send("GET", stage.path, spoiled=Spoiled(moved=FAR)).problem(REFUSED)


def valid_too_long(stage: Stage) -> None:
    spoiled = Spoiled(valid_for_s=VALID_FOR_S * 10)
    stage.asker.send("GET", stage.path, spoiled=spoiled).problem(REFUSED)


def a_little_skewed(stage: Stage) -> None:
    for seconds in (-CLOCK_SKEW_S // 2, CLOCK_SKEW_S // 2):
        spoiled = Spoiled(moved=dt.timedelta(seconds=seconds))
        stage.asker.send("GET", stage.path, spoiled=spoiled).message(Status)


def same_words(stage: Stage) -> None:
    found: set[tuple[int, bytes]] = set()
    for spoiled in (
        Spoiled(unsigned=True),
        Spoiled(key=_other_key("nobody")),
        Spoiled(moved=-FAR),
    ):
        got: Got = stage.asker.send("GET", stage.path, spoiled=spoiled)
        got.problem(REFUSED)
        found.add((got.status, got.body))
    if len(found) > 1:
        raise Broken("words_differ")


def signed_back(stage: Stage) -> None:
    stage.asker.verify(stage.asker.get(stage.path))


def signed_back_when_refused(stage: Stage) -> None:
    got = stage.asker.get("/requests/check-nobody-sent-this")
    got.problem("not_found")
    stage.asker.verify(got)


def _other_key(keyid: str) -> Key:
    row = ALGORITHMS["ed25519"]
    return Key(keyid, row, row.read_private(row.generate()[0]))
