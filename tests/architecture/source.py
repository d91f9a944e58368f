"""The program's own source, as trees to look through."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.places import ROOT

FOLDERS = ("app", "tenants", "worker")


@dataclass(frozen=True)
class Words:
    """A string constant and its line."""

    value: str
    lineno: int


@dataclass(frozen=True)
class Module:
    """One file of the program: where it is (``app/cases/acts.py``), and what it says."""

    path: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return Path(self.path).name

    def at(self, node: ast.AST | Words) -> str:
        """Where a node stands, for the message of a failed test."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def texts(self) -> Iterator[Words]:
        """String constants, docstrings left out."""
        documented = set(docstrings(self.tree))
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Constant) or id(node) in documented:
                continue
            if isinstance(node.value, str):
                yield Words(node.value, node.lineno)


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of app/, tenants/ and worker/."""
    return tuple(
        parsed(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


def parsed(path: str, text: str) -> Module:
    return Module(path, ast.parse(text, path))


def called(node: ast.Call) -> str:
    """The last name of what is called: ``commit`` of ``db.session.commit()``."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def docstrings(tree: ast.Module) -> Iterator[int]:
    """The identities of the constants that stand alone: docstrings, of attributes too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
