"""The mail server of this deployment, and handing one message to it."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from flask import current_app

from tenants.settings import Settings

TIMEOUT_S = 20
_TEMPORARY = range(400, 500)


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over: ``security`` is starttls, tls, or none (this machine only)."""

    host: str
    port: int
    security: str
    sender: str
    login_file: Path | None
    ca_file: Path | None


class SendingFailed(Exception):
    """A message was not taken: ``code`` of ``FAILURES``, the server's ``answer`` (0: none), and
    whether another attempt can be of no use."""

    def __init__(self, code: str, answer: int = 0, *, is_final: bool = False) -> None:
        super().__init__(code, answer)
        self.code = code
        self.answer = answer
        self.is_final = is_final


def mail_server() -> MailServer | None:
    """The configured server; None where this deployment sends no mail."""
    settings: Settings = current_app.extensions["hedui.settings"]
    if settings.hedui_smtp_host is None:
        return None
    return MailServer(
        settings.hedui_smtp_host,
        settings.hedui_smtp_port,
        settings.hedui_smtp_security,
        settings.hedui_smtp_sender,
        settings.hedui_smtp_login_file,
        settings.hedui_smtp_ca_file,
    )


def hand_over(server: MailServer, message: EmailMessage) -> None:
    """Give one message to the server, which answers for it from then on.

    Raises ``SendingFailed``. Never goes on without encryption where encryption was asked for.
    """
    try:
        with _connected(server) as connection:
            connection.send_message(message)
    except smtplib.SMTPAuthenticationError as error:
        raise SendingFailed("login", error.smtp_code) from error
    except smtplib.SMTPSenderRefused as error:
        raise SendingFailed("sender", error.smtp_code) from error
    except smtplib.SMTPRecipientsRefused as error:
        ((answer, _),) = error.recipients.values()
        code = "busy" if answer in _TEMPORARY else "address"
        raise SendingFailed(code, answer, is_final=code == "address") from error
    except smtplib.SMTPNotSupportedError as error:
        raise SendingFailed("tls" if server.security == "starttls" else "login") from error
    except smtplib.SMTPServerDisconnected as error:
        raise SendingFailed("unreachable") from error
    except smtplib.SMTPResponseException as error:
        final = error.smtp_code not in _TEMPORARY
        raise SendingFailed(
            "content" if final else "busy", error.smtp_code, is_final=final
        ) from error
    except ssl.SSLError as error:
        raise SendingFailed("tls") from error
    except (OSError, socket.gaierror) as error:
        raise SendingFailed("unreachable") from error


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    place = (server.host, server.port)
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            *place, timeout=TIMEOUT_S, context=_trust(server)
        )
    else:
        connection = smtplib.SMTP(*place, timeout=TIMEOUT_S)
    with connection:
        if server.security == "starttls":
            connection.starttls(context=_trust(server))
        if server.login_file is not None:
            user, password = server.login_file.read_text(encoding="utf-8").splitlines()[:2]
            connection.login(user, password)
        yield connection


def _trust(server: MailServer) -> ssl.SSLContext:
    """The machine's authorities, or only those of the file; names are checked either way."""
    return ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
