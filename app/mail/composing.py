"""An e-mail put together: headers for machines, plain Chinese for people."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.mail import names


@dataclass(frozen=True)
class Envelope:
    """From which agency, to whom, with which number; ``url`` is the portal's address."""

    agency_id: int
    agency_name: str
    sender: str
    to: str
    mail_id: int
    at: dt.datetime
    url: str


@dataclass(frozen=True)
class Matter:
    """One reminder of a request: kind, the request's number, the day on which its reply is due; or
    one of decisions: their month as ``number``, and ``by`` which day of the next one."""

    kind: str
    number: str
    due_on: dt.date | None
    by: int = 0


def digest(envelope: Envelope, matters: Sequence[Matter], count: int) -> EmailMessage:
    """How many reminders wait; of requests the number and the due date, of decisions their month,
    of others nothing."""
    lines = names.REQUEST_LINES | names.DECISION_LINES
    told = [
        lines[one.kind].format(number=one.number, due_on=_day(one.due_on), by=one.by)
        for one in matters
    ]
    if count > len(told):
        told.append(names.MORE_LINE.format(count=count - len(told)))
    opening = names.DIGEST_OPENING.format(agency=envelope.agency_name, count=count)
    return _message(
        envelope, names.DIGEST_SUBJECT.format(count=count), "\n".join([opening, "", *told])
    )


def code(envelope: Envelope, digits: str) -> EmailMessage:
    """The code that shows that an address is its owner's."""
    said = names.CODE_TEXT.format(agency=envelope.agency_name, code=digits)
    return _message(envelope, names.CODE_SUBJECT, said)


def _message(envelope: Envelope, subject: str, text: str) -> EmailMessage:
    own_url = f"{envelope.url}/me/mail"
    domain = envelope.sender.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    name = names.FROM_NAME.format(agency=envelope.agency_name)
    message["From"] = Address(display_name=name, addr_spec=envelope.sender)
    message["To"] = envelope.to
    message["Subject"] = subject
    message["Date"] = format_datetime(envelope.at)
    # The same at each attempt: a mailbox can tell that it has it already.
    message["Message-ID"] = f"<{envelope.mail_id}.{envelope.agency_id}@{domain}>"
    message["List-Id"] = f"{names.LIST_NAME} <reminders.{envelope.agency_id}.{domain}>"
    message["List-Unsubscribe"] = f"<{own_url}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "zh-CN"
    closing = names.CLOSING.format(url=envelope.url, own_url=own_url)
    message.set_content(f"{text}\n\n{closing}\n", charset="utf-8", cte="base64")
    return message


def _day(day: dt.date | None) -> str:
    return names.DAY.format(day) if day else ""
