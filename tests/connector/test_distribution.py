"""The connector as a distribution: its files, its words, its habits, the catalogue it carries."""

import re
import tomllib
from fnmatch import fnmatch

import pytest

from scripts.connector_catalogue import FILE, written
from scripts.places import ROOT
from tests.architecture import habits
from tests.architecture.source import Module, parsed

HOME = ROOT / "connector"
PACKAGE = HOME / "hedui_connector"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))


def modules() -> list[Module]:
    return [
        parsed(str(path.relative_to(HOME)), path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


def test_every_file_that_is_no_module_is_packed() -> None:
    patterns = [
        f"{package.replace('.', '/')}/{pattern}"
        for package, given in PROJECT["tool"]["setuptools"]["package-data"].items()
        for pattern in given
    ]
    others = [
        str(path.relative_to(HOME))
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
    ]
    assert others
    assert [name for name in others if not any(fnmatch(name, p) for p in patterns)] == []


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_what_it_imports_it_names() -> None:
    named = {re.split(r"[<>=\[]", name)[0] for name in PROJECT["project"]["dependencies"]}
    provided = {"http-sf"}  # of http-message-signatures
    packages = {
        "python_calamine": "python-calamine",
        "http_message_signatures": "http-message-signatures",
        "http_sf": "http-sf",
        "pydantic_core": "pydantic",
        "werkzeug": "flask",
    }
    imported = {
        found.split(".")[0]
        for module in modules()
        for found in re.findall(r"^\s*(?:from|import) (\w+)", source(module), re.MULTILINE)
    }
    import sys

    outside = imported - set(sys.stdlib_module_names) - {"hedui_connector"}
    assert {packages.get(name, name) for name in outside} <= named | provided


def source(module: Module) -> str:
    return (HOME / module.path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "search",
    [habits.chinese_texts, habits.swallowed, habits.database_clocks],
    ids=lambda s: s.__name__,
)
def test_it_keeps_the_habits_of_the_portal(search) -> None:
    places = [place for module in modules() for place in search(module)]
    # Dates and money as people write them into a cell.
    cells = "hedui_connector/sources/conversion.py:"
    assert [place for place in places if not place.startswith(cells)] == []


def test_it_has_one_clock_and_asks_only_what_the_settings_say() -> None:
    clocks = {p.split(":")[0] for m in modules() for p in habits.own_clocks(m)}
    assert clocks == {"hedui_connector/clock.py"}
    composed = {p.split(":")[0] for m in modules() for p in habits.composed_sql(m)}
    assert composed == {"hedui_connector/sources/database.py"}


def test_no_file_is_long() -> None:
    assert [m.path for m in modules() if source(m).count("\n") > 300] == []


def test_the_catalogue_it_carries_is_the_portal_s() -> None:
    """``python -m scripts.connector_catalogue`` writes it anew."""
    assert FILE.read_text(encoding="utf-8") == written()
