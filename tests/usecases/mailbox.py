"""A real mail server on loopback, with its ways of refusing, and the portal set up to use it."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

HERE = "127.0.0.1"
SENDER = "tixing@hedui.example.cn"
USER, PASSWORD = "hedui", "only-for-tests"


@dataclass
class Mailbox:
    """What came, and what the server says next: ``answers`` to RCPT, ``to_data`` to DATA."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    to_data: str = ""
    over_tls: list[bool] = field(default_factory=list)

    @property
    def last(self) -> EmailMessage:
        return self.letters[-1]

    @property
    def text(self) -> str:
        """What the last one says."""
        return str(self.last.get_content())


@dataclass
class _Handler:
    """What aiosmtpd asks; it looks at every attribute of this at once."""

    box: Mailbox

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _: Any) -> str:
        if refusal := self.box.answers.get(to):
            return refusal
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        if self.box.to_data:
            return self.box.to_data
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.box.letters.append(found)
        self.box.recipients += envelope.rcpt_tos
        self.box.over_tls.append(session.ssl is not None)
        return "250 OK"


@contextmanager
def mail_server(mailbox: Mailbox, **options: Any) -> Iterator[int]:
    """The port of a running server; ``options`` as aiosmtpd's controller takes them."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(_Handler(mailbox), hostname=HERE, port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, auth: Any) -> AuthResult:
    """Whether the login is the one user's."""
    is_right = (auth.login, auth.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


def set_up(app: Flask, port: int, **more: Any) -> None:
    """Let the portal hand its mail over at this port."""
    given = {"hedui_smtp_host": HERE, "hedui_smtp_port": port, "hedui_smtp_sender": SENDER}
    given |= {"hedui_smtp_security": "none"} | more
    app.extensions["hedui.settings"] = app.extensions["hedui.settings"].model_copy(update=given)


def certificate(folder: Path, host: str = HERE) -> tuple[Path, ssl.SSLContext]:
    """A certificate for a host that is its own authority: its file, and the server's side."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    public, private = folder / f"{host}.pem", folder / f"{host}.key"
    public.write_bytes(made.public_bytes(pem))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
