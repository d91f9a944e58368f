"""A portal with the demonstration world in it, and Chromium before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.world.builder import build_world


@pytest.fixture(autouse=True)
def trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demonstration's root certificate is laid, before the settings are read."""
    monkeypatch.setenv("HEDUI_TRUST_DIR", str(tmp_path / "trust"))
    return tmp_path / "trust"


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """The portal with the world as it is before the month begins."""
    world = build_world(app)
    with opened(app, settings, world, chromium_path) as portal:
        yield portal
