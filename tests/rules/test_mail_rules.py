"""What is an address, when digests go out, when sending is tried again; and the settings of mail."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.mail import names
from app.mail.rules import (
    URGENT_KINDS,
    code_of,
    is_address,
    is_mailing_time,
    wait_before_next,
)
from app.notices.kinds import KINDS
from tenants.settings import Settings
from tests.servers import KEYS


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("wang.fang@hedui.gov.cn", True),
        ("a+b@x-y.example.cn", True),
        ("王芳@hedui.gov.cn", False),
        ("a@b", False),
        ("a..b@c.cn", False),
        ("a@-b.cn", False),
        ("a@b.cn\r\nBcc: x@y.cn", False),
        ("<a@b.cn>", False),
        (f"{'a' * 65}@b.cn", False),
        (f"a@{'b.' * 130}cn", False),
    ],
)
def test_addresses(text: str, good: bool) -> None:
    assert is_address(text) is good


@pytest.mark.parametrize(
    ("hour_utc", "good"), [(0, True), (23, False), (9, True), (10, False), (16, False)]
)
def test_digests_go_out_by_day_in_china(hour_utc: int, good: bool) -> None:
    assert is_mailing_time(dt.datetime(2026, 11, 19, hour_utc, 0, tzinfo=dt.UTC)) is good


def test_waits_grow_and_end() -> None:
    waits = [wait_before_next(n) for n in range(1, 7)]
    assert waits == sorted(filter(None, waits))
    assert wait_before_next(7) is None
    assert sum(filter(None, waits), dt.timedelta()) > dt.timedelta(hours=12)


def test_a_code_has_six_digits() -> None:
    assert code_of(b"\0" * 16) == "000000"
    assert len(code_of(b"\xff" * 16)) == 6


def test_every_reminder_of_a_request_is_a_notice_and_has_its_words() -> None:
    assert set(URGENT_KINDS) <= KINDS.keys()
    of_requests = {kind for kind in URGENT_KINDS if kind.startswith("request.")}
    assert of_requests == names.REQUEST_LINES.keys()
    of_decisions = {kind for kind in URGENT_KINDS if kind.startswith("decision.")}
    assert of_decisions == names.DECISION_LINES.keys()


BASE = {"database_url": "x", "redis_url": "x", "hedui_files_dir": "/x"}
BASE |= {name.lower(): key for name, key in KEYS.items()}
HOST = {"hedui_smtp_host": "mail.example.cn", "hedui_smtp_sender": "a@example.cn"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"hedui_smtp_sender": ""}, "HEDUI_SMTP_SENDER"),
        ({"hedui_smtp_sender": "核对 <a@b.cn>"}, "HEDUI_SMTP_SENDER"),
        ({"hedui_smtp_security": "none"}, "on this machine only"),
        ({"hedui_smtp_security": "ssl"}, "hedui_smtp_security"),
    ],
)
def test_a_half_set_up_server_stops_the_start(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings(**BASE | HOST | given)
    assert Settings(**BASE | HOST).hedui_smtp_port == 587


def test_a_login_file_holds_user_and_password(tmp_path: Path) -> None:
    login = tmp_path / "login"
    login.write_text("only-the-user\n")
    with pytest.raises(ValidationError, match="HEDUI_SMTP_LOGIN_FILE"):
        Settings(**BASE | HOST | {"hedui_smtp_login_file": login})
    login.write_text("user\npassword\n")
    assert Settings(**BASE | HOST | {"hedui_smtp_login_file": login}).hedui_smtp_login_file == login
