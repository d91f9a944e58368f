"""Imports point upstream along the process (DESIGN §2): the contracts of pyproject.toml, kept."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scripts.places import ROOT

PROJECT = ROOT / "pyproject.toml"
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(config), "--no-cache"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "connector")},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def contracts() -> list[dict]:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return list(project["tool"]["importlinter"]["contracts"])


def layered() -> list[str]:
    """Every module that the ladder inside app places, from above."""
    ladder = next(c["layers"] for c in contracts() if c["layers"][0].startswith("app."))
    return [name.strip() for layer in ladder for name in layer.split(":")]


def test_imports_keep_to_the_contracts() -> None:
    outcome = lint(PROJECT)
    assert outcome.returncode == 0, outcome.stdout


def test_a_contract_that_is_broken_fails(tmp_path: Path) -> None:
    """The control: turn the ladder upside down, and the linter must say so."""
    text = PROJECT.read_text(encoding="utf-8")
    upside_down = tmp_path / "pyproject.toml"
    upside_down.write_text(
        text.replace('["worker", "app", "tenants"]', '["tenants", "app", "worker"]'),
        encoding="utf-8",
    )
    outcome = lint(upside_down)
    assert outcome.returncode != 0
    assert "tenants is not allowed to import app" not in outcome.stdout
    assert "app is not allowed to import tenants" in outcome.stdout


def names_in(folder: Path) -> set[str]:
    """The packages and modules of a folder, as names to import."""
    prefix = ".".join(folder.relative_to(ROOT).parts)
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    return {f"{prefix}.{name}" for name in packages | modules}


@pytest.mark.parametrize("folder", ["app", "app/web"])
def test_every_package_stands_on_a_rung(folder: str) -> None:
    here = names_in(ROOT / folder) - {"app.web"}
    assert here <= set(layered()), f"not in the ladder of pyproject.toml: {here - set(layered())}"
