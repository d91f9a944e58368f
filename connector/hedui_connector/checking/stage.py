"""The request that ``check`` plays through: made-up persons, one data item."""

import datetime as dt
import hashlib
import secrets
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from hedui_connector.checking.asking import Asker, Broken, Got, listed
from hedui_connector.checking.messages import NAMES
from hedui_connector.clock import instant, today
from hedui_connector.settings.model import CheckSettings
from hedui_connector.wire import pages
from hedui_connector.wire.limits import INTERFACE
from hedui_connector.wire.models import (
    Answer,
    Authorisation,
    End,
    Head,
    Item,
    Line,
    Party,
    State,
    Status,
)
from hedui_connector.wire.pages import read_page, to_json, write_page
from hedui_connector.wire.problems import Refusal

POLL_S = 0.2


@dataclass
class Stage:
    """What the promises share: the server, the request, the keys of its pages."""

    asker: Asker
    settings: CheckSettings
    item: Item
    head: Head
    lines: list[Line]
    keys: list[str] = field(default_factory=lambda: [secrets.token_hex(16) for _ in range(2)])
    answers: list[Answer] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where the request is."""
        return f"/requests/{self.head.id}"

    @property
    def lines_path(self) -> str:
        return f"{self.path}/lines"

    @property
    def middle(self) -> int:
        """The last line of the first of two pages."""
        return len(self.lines) // 2

    def page(self, first: int, last: int, lines: list[Line] | None = None) -> bytes:
        """The page of the lines ``first`` to ``last``."""
        rows = (self.lines if lines is None else lines)[first - 1 : last]
        end = End(count=len(rows), next=str(last), is_last=last == self.head.lines)
        return write_page(map(to_json, rows), end)

    def first_page(self) -> bytes:
        return self.page(1, self.middle)

    def last_page(self) -> bytes:
        return self.page(self.middle + 1, len(self.lines))

    def post_lines(self, body: bytes, key: str = "") -> Got:
        """Send a page of lines."""
        return self.asker.post(self.lines_path, body, pages.MEDIA_TYPE, key)

    def status(self) -> Status:
        """How far the request is."""
        return self.asker.get(self.path).message(Status)

    def read(self, after: int, limit: int | None = None) -> tuple[list[Answer], End]:
        """A page of answers."""
        query = f"?after={after}" + (f"&limit={limit}" if limit else "")
        got = self.asker.get(f"{self.path}/answers{query}")
        if got.status != 200:
            raise Broken("status", found=got.status, expected=200)
        self.asker.verify(got)
        try:
            return read_page(got.body, Answer)
        except Refusal as error:
            raise Broken("bad_message", faults=listed(error)) from error

    def wait_until_answered(self) -> Status:
        """The status once all is answered; ``Broken`` when patience ends."""
        until = time.monotonic() + self.settings.patience_s
        while (status := self.status()).state is not State.ANSWERED:
            if time.monotonic() > until:
                raise Broken("patience", seconds=self.settings.patience_s, note=status.note or "-")
            time.sleep(POLL_S)
        return status


def set_stage(
    asker: Asker, settings: CheckSettings, item: Item, persons: Sequence[str] = ()
) -> Stage:
    """A new request that nobody has seen: known persons first, then made-up ones; the last line's
    consent is no longer in force."""
    head = Head(
        interface=INTERFACE,
        id=f"check-{secrets.token_hex(8)}",
        number=NAMES["number"],
        agency=Party(code=settings.agency, name=NAMES["agency"]),
        unit=Party(code=settings.unit, name=NAMES["unit"]),
        period=f"{today():%Y-%m}",
        sent_at=instant(),
        due_on=today() + dt.timedelta(days=7),
        lines=settings.lines,
        items=(item,),
    )
    made_up = [f"00000019000101{number:04d}" for number in range(settings.lines)]
    numbers = [*persons[: settings.lines - 1], *made_up][: settings.lines]
    lines = [
        _line(number, id_number, item, is_expired=number == settings.lines)
        for number, id_number in enumerate(numbers, start=1)
    ]
    return Stage(asker, settings, item, head, lines)


def _line(number: int, id_number: str, item: Item, *, is_expired: bool) -> Line:
    day = today()
    consent = Authorisation(
        signed_on=day - dt.timedelta(days=30),
        expires_on=day - dt.timedelta(days=1) if is_expired else day + dt.timedelta(days=180),
        scope="all",
        digest=f"sha-256=:{b64encode(hashlib.sha256(b'check').digest()).decode()}:",
    )
    return Line(
        line=number,
        name=NAMES["person"],
        id_number=id_number,
        items=(item.code,),
        authorisation=consent,
    )
