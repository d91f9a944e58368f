"""A long list as a workbook, made by the worker: the page itself, drawn stretch by stretch in the
session of whom it is for. What the page does not show them cannot get into it."""

import json
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from app.made.making import Maker, Part, Task
from app.web.long_sheets import long_workbook
from app.web.page_sheets import page_at, read_page_sheets
from app.web.sheets import Sheet
from tenants.messages import Fault

STRETCHES_PER_JOB = 5


def _step(task: Task) -> Part:
    page = page_at(task.asked["of"])
    if page.permission != task.permission:
        raise Fault("sheet_unknown")
    read: list[list[tuple[str, list[Any]]]] = []
    past, done = task.reached or None, task.done
    for _ in range(STRETCHES_PER_JOB):
        # A session for each: nothing that one remembers is taken for the next one's.
        with task.at_work():
            sheets, stretch = read_page_sheets(page, past)
        read.append([(sheet.title, sheet.rows) for sheet in sheets])
        done += max((sheet.count for sheet in sheets), default=0)
        task.tell(done)
        past = stretch.next
        if past is None:
            break
    data = zlib.compress(json.dumps(read, ensure_ascii=False).encode())
    return Part(data, reached=past or 0, done=done, is_last=past is None)


def _join(_task: Task, parts: Callable[[], Iterator[bytes]]) -> bytes:
    def stretches() -> Iterator[list[Sheet]]:
        for part in parts():
            for sheets in json.loads(zlib.decompress(part)):
                yield [Sheet(title, rows) for title, rows in sheets]

    if not next(stretches(), None):
        raise Fault("sheet_empty")
    return long_workbook(stretches)


SHEETS = Maker(_step, _join)
