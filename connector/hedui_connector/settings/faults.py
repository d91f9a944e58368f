"""What is wrong with the TOML file: file, key, what is wrong, what would be right."""

import difflib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from hedui_connector.settings.messages import TITLES


class SettingsError(ValueError):
    """The file cannot be used; the text names every fault, a line each."""


def wrong(code: str, **values: object) -> PydanticCustomError:
    """What a setting's check raises: a key of ``TITLES``."""
    return PydanticCustomError("setting", "{code}", {"code": code, "values": values})


def said(file: Path, key: str, code: str, /, **values: object) -> str:
    """One fault in one line."""
    found, right = (part.format(**values) for part in TITLES[code].split("|"))
    return TITLES["line"].format(file=file, key=key, wrong=found, right=right)


def told(path: Path, error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """Each fault of the file in one line."""
    for detail in error.errors(include_url=False, include_input=False):
        yield _told(path, detail, model)


def _told(path: Path, detail: ErrorDetails, model: type[BaseModel]) -> str:
    parts = [str(part) for part in detail["loc"] if part != "[key]"]
    key = ".".join(parts) or "-"
    context = dict(detail.get("ctx", {}))
    if detail["type"] == "setting":
        return said(path, key, context["code"], **context["values"])
    if detail["type"] == "extra_forbidden":
        return said(path, key, "unknown", known=_known(model, parts))
    code = detail["type"] if detail["type"] in TITLES else "other"
    return said(path, key, code, **context)


def _known(model: type[BaseModel], parts: list[str]) -> str:
    """The keys that the table of an unknown key may have, the likeliest first."""
    found: type[BaseModel] | None = model
    for part in parts[:-1]:
        found = _inner(found, part) if found is not None else None
    names = list(found.model_fields) if found is not None else []
    close = difflib.get_close_matches(parts[-1], names, n=1)
    return ", ".join([*close, *(name for name in names if name not in close)])


def _inner(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    if name not in model.model_fields:
        return model
    waiting = [model.model_fields[name].annotation]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        waiting.extend(getattr(kind, "__args__", ()))
    return None
