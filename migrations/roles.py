"""Database roles: created once per cluster, granted to the login role, with no login of their own."""

import os
from collections.abc import Iterator

from sqlalchemy import make_url

from tenants.isolation import ROLES

_CREATE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hedui_{role}') THEN
    CREATE ROLE hedui_{role} NOLOGIN NOINHERIT;
  END IF;
END $$
"""


def statements() -> Iterator[str]:
    """SQL that creates the roles and lets the login role (of DATABASE_URL) take them on."""
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f'GRANT USAGE ON SCHEMA public TO "{_login()}"'
    for role in ROLES:
        yield from one(role)
    yield "GRANT hedui_loader TO CURRENT_USER"
    yield "GRANT CREATE ON SCHEMA public TO hedui_loader"


def one(role: str) -> Iterator[str]:
    """SQL that creates one role and lets the login role take it on; harmless where it is there."""
    yield _CREATE.format(role=role)
    yield f"GRANT USAGE ON SCHEMA public TO hedui_{role}"
    yield f'GRANT hedui_{role} TO "{_login()}"'


def _login() -> str | None:
    return make_url(os.environ["DATABASE_URL"]).username
