"""What one page asks for more than once is read once."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import g

from tenants.scope import current_scope

Answer = TypeVar("Answer")


def remembered(name: Hashable, read: Callable[[], Answer]) -> Answer:
    """``read()``, kept until this session ends where the session writes nothing.

    A session that writes reads anew each time: what it wrote may have changed the answer.
    """
    if not current_scope().read_only:
        return read()
    kept: dict[Hashable, Any] = g.setdefault("remembered", {})
    if name not in kept:
        kept[name] = read()
    answer: Answer = kept[name]
    return answer


def is_remembered(name: Hashable) -> bool:
    """Whether this session has the answer already."""
    return name in g.get("remembered", {})
