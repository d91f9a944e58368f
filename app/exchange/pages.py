"""What the pages of operators and liaisons have in common: progress, downloads, taking a file."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from flask import send_file
from werkzeug.wrappers import Response

from app.accounts.current import actor
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.models import Event
from app.exchange import queries, service
from app.exchange.forms import ReplyForm
from app.exchange.messages import REPLY_PART
from app.exchange.models import ExchangeRequest, Reply
from tenants.files import StoredFile
from tenants.messages import say


class Progress(TypedDict):
    """What the progress component asks for (templates/components/progress.html)."""

    done: int
    total: int | None
    text: str
    finished: bool
    location: str | None


@dataclass(frozen=True)
class Happening:
    """One line of a timeline."""

    day: date
    when: datetime
    who: str
    what: str
    why: str


def package_progress(asked: ExchangeRequest) -> Progress:
    """How far the package of a made request is."""
    if asked.way != "media":
        ready = "wire.ready" if asked.way == "system" else "store.ready"
        return _progress(ready, asked.subjects, asked.subjects, finished=True)
    if asked.state != "made" or service.package_of(asked.id) is not None:
        return _progress("package.ready", asked.subjects, asked.subjects, finished=True)
    state, done = queries.job_of("package.make", "request_id", asked.id)
    if state == "failed":
        return _progress("job_failed", done, asked.subjects, finished=True)
    return _progress("package.making", done, asked.subjects)


def reply_progress(found: Reply) -> Progress:
    """How far the check of a returned file is."""
    if found.state != "received":
        return _progress("reply.done", 1, 1, finished=True)
    state, done = queries.job_of("reply.check", "reply_id", found.id)
    if state == "failed":
        return _progress("job_failed", done, 1, finished=True)
    return _progress("reply.checking", done, max(done, 1))


def _progress(code: str, done: int, total: int, *, finished: bool = False) -> Progress:
    return Progress(done=done, total=total, text=say(code), finished=finished, location=None)


def as_download(stored: StoredFile) -> Response:
    """A stored file as an attachment; its name holds nothing private."""
    return send_file(
        io.BytesIO(stored.data),
        mimetype="application/zip",
        as_attachment=True,
        download_name=stored.name,
    )


def receive(request_id: int, form: ReplyForm) -> int | None:
    """Take the returned file of a valid form; the new reply's id, or None if it was taken before.

    Raises what ``service.receive_reply`` raises.
    """
    taken: list[int] = []
    # What a letter says is copied by an operator; a liaison's file bears its stamp itself.
    stamp = (form.stamp.data or "").strip() if actor().may("exchange.operate") else ""

    def work() -> Moved:
        data, name = form.data_and_name()
        password = form.password.data or ""
        reply = service.receive_reply(
            request_id,
            data,
            name,
            actor(),
            password=password,
            typed_stamp=stamp,
            as_of=form.as_of.data,
        )
        taken.append(reply.id)
        return Moved((reply.id,))

    once("reply.receive", work)
    return taken[0] if taken else None


def timeline(
    events: Sequence[Event],
    people: Mapping[int, str],
    replies: Sequence[Reply],
    titles: Mapping[str, str],
) -> list[Happening]:
    """The history of a request and its replies in words."""
    parts = {reply.id: REPLY_PART.format(part=reply.part) for reply in replies}
    return [
        Happening(
            day=event.day,
            when=event.at,
            who=people.get(event.account_id, ""),
            what=" ".join(filter(None, (parts.get(event.object_id), titles[event.action]))),
            why=event.reason,
        )
        for event in events
    ]
