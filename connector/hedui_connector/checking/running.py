"""``check``: every promise in turn against one server, told in Chinese."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from hedui_connector.catalogue import known_items
from hedui_connector.checking import receiving, sending, signing
from hedui_connector.checking.asking import Asker, Broken
from hedui_connector.checking.messages import BROKEN, PROMISES, REPORT
from hedui_connector.checking.stage import Stage, set_stage
from hedui_connector.settings.loading import known_persons, load_check_settings, others_key, own_key
from hedui_connector.wire.models import Outcome

# In this order: a request is sent, answered and taken while the promises are held against it.
ORDER: tuple[Callable[[Stage], None], ...] = (
    *(sending.unknown_request, sending.unknown_address, sending.head_bad),
    *(sending.head_of_another, sending.too_large, sending.head_taken_in),
    *(sending.head_again, sending.head_changed),
    *(signing.unsigned, signing.unknown_key, signing.wrong_key, signing.altered_body),
    *(signing.altered_target, signing.replayed, signing.expired, signing.from_the_future),
    *(signing.valid_too_long, signing.a_little_skewed, signing.same_words),
    *(signing.signed_back, signing.signed_back_when_refused),
    *(sending.key_missing, sending.wrong_type, sending.bad_page_writes_nothing),
    *(sending.huge_line, sending.gap, sending.first_page, sending.same_key_again),
    *(sending.same_lines_again, sending.key_for_another, sending.line_changed),
    *(sending.taken_too_early, sending.last_page),
    *(receiving.all_answered, receiving.every_line_once, receiving.records_as_described),
    *(receiving.consent_heeded, receiving.resumed, receiving.read_again),
    *(receiving.beyond_the_end, receiving.bad_cursor, receiving.taken_wrong_count),
    receiving.taken,
)


@dataclass(frozen=True)
class Verdict:
    """A promise by its name, and why it does not hold (empty: it does)."""

    promise: str
    why: str


def check(url: str, path: Path) -> int:
    """Print what holds and what does not; 0 when all does."""
    settings = load_check_settings(path)
    item = known_items().get(settings.item)
    if item is None:
        print(REPORT["no_item"].format(file=path, item=settings.item), file=sys.stderr)
        return 1
    key = own_key(path, "key", settings.key)
    asker = Asker(url, key, others_key(path, "unit_key", settings.unit_key))
    about = {"agency": settings.agency, "unit": settings.unit, "item": item.code}
    print(REPORT["begin"].format(url=url, title=item.title, **about))
    count = failed = 0
    with asker.client:
        stage = set_stage(asker, settings, item, known_persons(path, settings))
        for verdict in verdicts(stage):
            count += 1
            failed += bool(verdict.why)
            said = "fails" if verdict.why else "holds"
            print(REPORT[said].format(words=PROMISES[verdict.promise], why=verdict.why), flush=True)
    if not any(answer.outcome is Outcome.HIT for answer in stage.answers):
        print(REPORT["no_hit"])
    ended = "some_fail" if failed else "all_hold"
    print(REPORT[ended].format(count=count, failed=failed))
    return 1 if failed else 0


def verdicts(stage: Stage) -> Iterator[Verdict]:
    """Hold every promise against the server; one that cannot be reached ends it."""
    for promise in ORDER:
        why = ""
        try:
            promise(stage)
        except Broken as error:
            why = BROKEN[error.code].format(**error.values)
        except httpx.ConnectError as error:
            yield Verdict(promise.__name__, BROKEN["no_connection"].format(said=error))
            return
        except httpx.HTTPError as error:
            why = BROKEN["no_connection"].format(said=error)
        yield Verdict(promise.__name__, why)
