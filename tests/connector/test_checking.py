"""``check`` can fail: a guard is taken out of the connector, and the promise it kept is named."""

import re
import threading
from collections.abc import Callable

import pytest

from hedui_connector.answering import composing
from hedui_connector.checking.messages import BROKEN, PROMISES
from hedui_connector.checking.running import ORDER, verdicts
from hedui_connector.checking.stage import set_stage
from hedui_connector.command.main import main
from hedui_connector.server import app, verbs
from hedui_connector.server.authentication import Gate
from hedui_connector.settings.loading import load_check_settings
from hedui_connector.store import guards
from hedui_connector.store.answers import answers_after
from hedui_connector.store.guards import StoredNonces
from hedui_connector.store.requests import keep_head
from hedui_connector.wire.faults import Fault
from hedui_connector.wire.models import Authorisation
from hedui_connector.wire.problems import Refusal
from tests.connector.unit import DEPOSIT, LI, WANG

Sabotage = Callable[[pytest.MonkeyPatch], None]


def nonces_forgotten(patch) -> None:
    patch.setattr(StoredNonces, "use", lambda *_given: True)


def anyone_admitted(patch) -> None:
    patch.setattr(Gate, "admit", lambda self, *_given: next(iter(self.callers.values())))


def cause_told(patch) -> None:
    admit = Gate.admit

    def telling(self, *given):
        try:
            return admit(self, *given)
        except Refusal as error:
            cause = Fault(place="-", wrong=str(error.__cause__), right="-")
            raise Refusal("unauthenticated", cause) from error

    patch.setattr(Gate, "admit", telling)


def responses_unsigned(patch) -> None:
    patch.setattr(app, "sign_response", lambda *_given, **_named: None)


def keys_forgotten(patch) -> None:
    patch.setattr(guards, "earlier_response", lambda *_given: None)
    patch.setattr(guards, "remember_response", lambda *_given: None)


def pages_unchecked(patch) -> None:
    patch.setattr(verbs, "line_faults", lambda *_given: [])


def heads_overlooked(patch) -> None:
    patch.setattr(verbs, "keep_head", lambda db, head: keep_head(db, head) or True)


def nothing_erased(patch) -> None:
    patch.setattr(verbs, "erase", lambda *_given: None)


def consent_ignored(patch) -> None:
    patch.setattr(Authorisation, "covers", lambda *_given: True)


def limit_ignored(patch) -> None:
    patch.setattr(
        verbs, "answers_after", lambda db, key, after, _most: answers_after(db, key, after, 5000)
    )


def order_lost(patch) -> None:
    patch.setattr(verbs, "answers_after", lambda *given: answers_after(*given)[::-1])


def other_records(patch) -> None:
    patch.setattr(composing, "_record", lambda *_given, **_named: {"bank": 1})


SABOTAGES: list[tuple[Sabotage, set[str]]] = [
    (nonces_forgotten, {"replayed"}),
    (anyone_admitted, {"unsigned", "unknown_key", "wrong_key", "altered_body", "altered_target"}),
    (anyone_admitted, {"expired", "from_the_future", "valid_too_long", "replayed"}),
    (cause_told, {"same_words"}),
    (responses_unsigned, {"signed_back", "signed_back_when_refused"}),
    (keys_forgotten, {"key_for_another"}),
    (pages_unchecked, {"bad_page_writes_nothing"}),
    (heads_overlooked, {"head_changed"}),
    (nothing_erased, {"taken"}),
    (consent_ignored, {"consent_heeded"}),
    (limit_ignored, {"resumed"}),
    (order_lost, {"all_answered"}),
    (other_records, {"records_as_described"}),
]


def failures(desk, unit) -> set[str]:
    settings = load_check_settings(unit / "check.toml").model_copy(update={"patience_s": 1})
    answering = threading.Thread(target=desk.worker.run)
    answering.start()
    try:
        stage = set_stage(desk.agency.asker, settings, DEPOSIT, [WANG, LI])
        return {verdict.promise for verdict in verdicts(stage) if verdict.why}
    finally:
        desk.stopping.set()
        answering.join()


def test_nothing_fails_where_nothing_was_taken_out(bench, unit) -> None:
    assert failures(bench(), unit) == set()


def test_a_shared_secret_does_where_a_unit_can_do_no_better(bench, unit) -> None:
    assert main(["keys", str(unit / "secret"), "--algorithm", "hmac-sha256"]) == 0
    for name in ("connector.toml", "check.toml"):
        path = unit / name
        text = re.sub(
            r'"ed25519", file = "\w+\.\w+"',
            '"hmac-sha256", file = "secret.key"',
            path.read_text("utf-8"),
        )
        path.write_text(text, "utf-8")
        assert text.count("secret.key") == 2
    assert failures(bench(), unit) == set()


@pytest.mark.parametrize(
    ("sabotage", "promises"),
    SABOTAGES,
    ids=[f"{sabotage.__name__}-{min(promises)}" for sabotage, promises in SABOTAGES],
)
def test_a_guard_that_is_missing_is_named(bench, unit, monkeypatch, sabotage, promises) -> None:
    sabotage(monkeypatch)
    assert promises <= failures(bench(), unit)


def test_every_promise_and_every_failure_has_its_words() -> None:
    assert [promise.__name__ for promise in ORDER] == sorted(
        PROMISES, key=[promise.__name__ for promise in ORDER].index
    )
    assert all("。" in words for words in BROKEN.values())


def test_a_server_that_is_not_there_is_said(unit, capsys) -> None:
    assert main(["check", "http://127.0.0.1:9", "--settings", str(unit / "check.toml")]) == 1
    assert "连不上" in capsys.readouterr().out


def test_a_redirect_is_not_followed(bench, unit) -> None:
    """Nothing of what is signed goes where the server points."""
    desk = bench()
    seen: list[str] = []

    def redirecting(environ, respond):
        seen.append(environ["PATH_INFO"])
        respond("302 Found", [("Location", "http://127.0.0.1:1/elsewhere")])
        return [b""]

    import httpx

    desk.agency.asker.client.close()
    desk.agency.asker.client = httpx.Client(
        transport=httpx.WSGITransport(app=redirecting), base_url="http://unit"
    )
    assert failures(desk, unit) == set(PROMISES)
    assert all(path.startswith("/exchange/v1/") for path in seen)
