"""What the program must know from its surroundings, typed; read once at start."""

import base64
import datetime as dt
import re
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Mode = Literal["production", "demo", "test"]
MailSecurity = Literal["starttls", "tls", "none"]
_SENDER = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """Settings from environment variables; a missing or malformed one stops the start."""

    model_config = SettingsConfigDict(env_prefix="", extra="ignore", frozen=True)

    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    redis_url: str
    hedui_master_key: SecretStr = Field(description="base64 of 32 bytes; wraps every agency key")
    hedui_secret_key: SecretStr = Field(description="signs cookies, forms and queue entries")
    hedui_files_dir: Path
    hedui_mode: Mode = "production"
    hedui_trust_dir: Path | None = None
    hedui_trusted_proxies: int = Field(default=0, ge=0, le=4)
    hedui_public_url: str = "http://127.0.0.1:8000"
    hedui_business_date: dt.date | None = None
    # E-mail: without a host none is sent.
    hedui_smtp_host: str | None = None
    hedui_smtp_port: int = Field(default=587, ge=1, le=65535)
    hedui_smtp_security: MailSecurity = "starttls"
    hedui_smtp_sender: str = ""
    hedui_smtp_login_file: Path | None = Field(default=None, description="user, then password")
    hedui_smtp_ca_file: Path | None = None

    @field_validator("hedui_master_key")
    @classmethod
    def _master_key_has_32_bytes(cls, value: SecretStr) -> SecretStr:
        if len(base64.b64decode(value.get_secret_value(), validate=True)) != 32:
            raise ValueError("HEDUI_MASTER_KEY must be the base64 form of exactly 32 bytes")
        return value

    @field_validator("hedui_secret_key")
    @classmethod
    def _secret_key_is_long(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < 32:
            raise ValueError("HEDUI_SECRET_KEY must have at least 32 characters")
        return value

    @model_validator(mode="after")
    def _clock_is_real_in_production(self) -> "Settings":
        if self.hedui_mode == "production" and self.hedui_business_date is not None:
            raise ValueError("HEDUI_BUSINESS_DATE is for demonstration and tests only")
        return self

    @model_validator(mode="after")
    def _mail_is_set_up_whole(self) -> "Settings":
        if self.hedui_smtp_host is None:
            return self
        if not _SENDER.fullmatch(self.hedui_smtp_sender):
            raise ValueError("HEDUI_SMTP_SENDER must be one plain address, name@example.cn")
        if self.hedui_smtp_security == "none" and self.hedui_smtp_host not in _THIS_MACHINE:
            raise ValueError("HEDUI_SMTP_SECURITY=none is for a mail server on this machine only")
        login = self.hedui_smtp_login_file
        if login is not None and len(login.read_text(encoding="utf-8").split()) != 2:
            raise ValueError("HEDUI_SMTP_LOGIN_FILE must hold two lines: the user, the password")
        return self

    @cached_property
    def master_key(self) -> bytes:
        return base64.b64decode(self.hedui_master_key.get_secret_value())

    @property
    def is_production(self) -> bool:
        return self.hedui_mode == "production"

    @property
    def is_https(self) -> bool:
        return self.hedui_public_url.startswith("https://")
