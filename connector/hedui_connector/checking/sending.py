"""Promises of taking a request in: whole pages or nothing, in order, each once."""

from hedui_connector.checking.asking import JSON, Broken
from hedui_connector.checking.messages import NAMES
from hedui_connector.checking.stage import Stage
from hedui_connector.wire.limits import BYTES_PER_HEAD, BYTES_PER_LINE
from hedui_connector.wire.models import Line, Party, State, Status

BAD = "bad_message"


def head_taken_in(stage: Stage) -> None:
    status = stage.asker.put(stage.path, stage.head).message(Status)
    _expect(status.state is State.RECEIVING and status.lines_received == 0, "not_receiving")


def head_again(stage: Stage) -> None:
    before = stage.status()
    _expect(stage.asker.put(stage.path, stage.head).message(Status) == before, "changed")


def head_changed(stage: Stage) -> None:
    other = stage.head.model_copy(update={"number": stage.head.number + "-2"})
    stage.asker.put(stage.path, other).problem("conflict")


def head_bad(stage: Stage) -> None:
    path = f"{stage.path}-bad"
    body = stage.head.model_copy(update={"id": f"{stage.head.id}-bad"}).model_dump_json()
    lines = f'"lines":{stage.head.lines}'
    for spoiled in (
        body.replace(lines, f'"lines":"{stage.head.lines}"'),
        body.replace(lines, f'{lines},"surprise":1'),
        body[:-1],
    ):
        _faults(stage.asker.put(path, spoiled.encode()).problem(BAD).faults)
    stage.asker.get(path).problem("not_found")


def head_of_another(stage: Stage) -> None:
    other = Party(code="999999", name=NAMES["agency"])
    head = stage.head.model_copy(update={"agency": other, "id": f"{stage.head.id}-other"})
    stage.asker.put(f"/requests/{head.id}", head).problem(BAD)


def unknown_request(stage: Stage) -> None:
    stage.asker.get("/requests/check-nobody-sent-this").problem("not_found")


def unknown_address(stage: Stage) -> None:
    stage.asker.get("/no-such-address").problem("no_such_address")


def too_large(stage: Stage) -> None:
    stage.asker.put(stage.path, b" " * (BYTES_PER_HEAD + 1)).problem("too_large")


def key_missing(stage: Stage) -> None:
    body = stage.first_page()
    stage.asker.send("POST", stage.lines_path, body, media_type="application/x-ndjson").problem(
        "key_missing"
    )


def wrong_type(stage: Stage) -> None:
    stage.asker.post(stage.lines_path, stage.first_page(), JSON).problem("wrong_type")


def bad_page_writes_nothing(stage: Stage) -> None:
    good = stage.first_page()
    rows = good.split(b"\n")
    for spoiled in (
        good.replace(b'"line":2', b'"line":"2"'),
        good.replace(f'"count":{stage.middle}'.encode(), b'"count":1'),
        b"\n".join(rows[:-2]) + b"\n",
        good.replace(rows[0], rows[0][:-1]),
        good.replace(NAMES["person"].encode(), NAMES["person"].encode("gbk")),
        good.replace(rows[0], rows[0].replace(b'"items":[', b'"items":[9999,')),
    ):
        _faults(stage.post_lines(spoiled).problem(BAD).faults)
        _expect(stage.status().lines_received == 0, "written")


def huge_line(stage: Stage) -> None:
    good = stage.first_page()
    name = NAMES["person"].encode()
    spoiled = good.replace(name, name * (BYTES_PER_LINE // len(name) + 1), 1)
    _faults(stage.post_lines(spoiled).problem(BAD).faults)
    _expect(stage.status().lines_received == 0, "written")


def gap(stage: Stage) -> None:
    stage.post_lines(stage.last_page()).problem("conflict")
    _expect(stage.status().lines_received == 0, "written")


def first_page(stage: Stage) -> None:
    status = stage.post_lines(stage.first_page(), stage.keys[0]).message(Status)
    _expect(status.lines_received == stage.middle, "not_received")
    _expect(status.state is State.RECEIVING, "not_receiving")


def same_key_again(stage: Stage) -> None:
    status = stage.post_lines(stage.first_page(), stage.keys[0]).message(Status)
    _expect(status.lines_received == stage.middle, "twice")


def same_lines_again(stage: Stage) -> None:
    status = stage.post_lines(stage.first_page()).message(Status)
    _expect(status.lines_received == stage.middle, "twice")


def key_for_another(stage: Stage) -> None:
    stage.post_lines(stage.last_page(), stage.keys[0]).problem("key_reused")


def line_changed(stage: Stage) -> None:
    first: Line = stage.lines[0].model_copy(update={"name": NAMES["other"]})
    body = stage.page(1, stage.middle, [first, *stage.lines[1:]])
    stage.post_lines(body).problem("conflict")


def taken_too_early(stage: Stage) -> None:
    stage.asker.post(f"{stage.path}/taken", b'{"answers":0}', JSON).problem("not_answered")


def last_page(stage: Stage) -> None:
    status = stage.post_lines(stage.last_page(), stage.keys[1]).message(Status)
    _expect(status.lines_received == stage.head.lines, "not_received")
    _expect(status.state is not State.RECEIVING, "still_receiving")


def _expect(holds: bool, code: str) -> None:
    if not holds:
        raise Broken(code)


def _faults(faults: object) -> None:
    _expect(bool(faults), "no_faults")
