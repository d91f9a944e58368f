"""Each rule exists once: every code that is raised is worded, every wording is used."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest

from app.cases.messages import SKIP_TITLES
from scripts.places import ROOT
from tenants import messages
from tests.architecture.source import Module, called, modules

RAISED = {"Fault": 0, "Forbidden": 0, "say": 0, "RowFault": 2}
MESSAGE_TABLES = re.compile(r"(^|_)messages\.py$")


def texts() -> dict[str, str]:
    """Every worded code, once every module of the program is imported."""
    for module in modules():
        if not module.name.startswith("__"):
            importlib.import_module(module.path.removesuffix(".py").replace("/", "."))
    return messages._texts


def codes_of(module: Module) -> Iterator[tuple[str, str]]:
    """(code, place) of what a module raises or says, where the code is written out."""
    for call in module.calls():
        place = RAISED.get(called(call))
        if place is None:
            continue
        given = call.args[place : place + 1]
        given += [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        for node in given:
            for constant in ast.walk(node):
                if not isinstance(node, (ast.Constant, ast.IfExp)):
                    continue
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    yield constant.value, module.at(call)


def mentioned() -> str:
    """Everything that may name a code: the program's strings, its data and its templates."""
    parts: list[str] = []
    for module in modules():
        if MESSAGE_TABLES.search(module.name):
            said = [call for call in module.calls() if called(call) == "say"]
            parts += [ast.unparse(call) for call in said]
        else:
            parts += [str(text.value) for text in module.texts()]
    for pattern in ("app/**/*.toml", "tenants/**/*.toml", "templates/**/*"):
        parts += [p.read_text(encoding="utf-8") for p in ROOT.glob(pattern) if p.is_file()]
    return "\n".join(parts)


def prefixes() -> set[str]:
    """How codes begin that are put together (``f"format.weekday.{n}"``)."""
    return {
        str(node.values[0].value)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and re.fullmatch(r"[a-z_.]{3,}[._]", str(node.values[0].value))
    }


def test_every_code_that_is_raised_is_worded() -> None:
    known = texts()
    raised = [pair for module in modules() for pair in codes_of(module)]
    assert len(raised) > 50
    assert [f"{place} {code}" for code, place in raised if code not in known] == []


def test_every_wording_is_used() -> None:
    words, begun = set(re.findall(r"[a-z_0-9.]+", mentioned())), tuple(prefixes())
    unused = [code for code in texts() if code not in words and not code.startswith(begun)]
    assert unused == []


def test_every_reason_to_skip_is_worded_and_every_wording_is_used() -> None:
    given = {
        constant.value
        for module in modules()
        for call in module.calls()
        if called(call) == "Skip"
        for constant in ast.walk(call)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    assert given <= SKIP_TITLES.keys()
    words = set(re.findall(r"[a-z_]+", mentioned()))
    assert [code for code in SKIP_TITLES if code not in words] == []


def test_a_text_that_two_tables_word_differently_stops_the_program() -> None:
    messages.register({"guard.example": "一"})
    try:
        with pytest.raises(ValueError, match="worded twice"):
            messages.register({"guard.example": "二"})
    finally:
        del messages._texts["guard.example"]
