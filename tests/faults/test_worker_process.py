"""``python -m worker`` as it is started for real: its parts come up and work off what waits."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import select

from app.delegation.coverage import announce
from scripts.places import ROOT
from tenants.calendar import business_date
from tenants.database import db
from tenants.outbox import Job
from tenants.provisioning import open_agency
from tenants.scope import acting_for

PROVINCE = 220000
PATIENCE_S = 60


@contextmanager
def worker() -> Iterator[None]:
    """The whole worker as a process, ended by the signal that a service manager sends."""
    process = subprocess.Popen([sys.executable, "-m", "worker"], cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def states(app: Flask) -> set[str]:
    with app.app_context(), acting_for(PROVINCE, read_only=True):
        return set(db.session.scalars(select(Job.state)))


@pytest.mark.slow
def test_the_worker_started_as_a_program_does_what_waits(app: Flask) -> None:
    with app.app_context():
        open_agency(
            PROVINCE,
            name="吉林省核对中心",
            short_name="吉",
            region_name="吉林省",
            tier="province",
            parent_id=None,
            opened_on=business_date(),
        )
        with acting_for(PROVINCE):
            announce()
    assert states(app) == {"waiting"}
    with worker():
        deadline = time.monotonic() + PATIENCE_S
        while states(app) != {"done"} and time.monotonic() < deadline:
            time.sleep(0.5)
    assert states(app) == {"done"}
