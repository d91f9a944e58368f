"""The words of the list for its codes: relation, document, scheme, application, role."""

from collections.abc import Iterable
from functools import cache

from app.intake.columns import WORDS


@cache
def _titles(key: str) -> dict[str, str]:
    return {word.code: word.word for word in WORDS[key]}


def title(key: str, code: str) -> str:
    """The official word for a code of the list's column ``key``; the code itself if unknown."""
    return _titles(key).get(code, code)


def scope_words(scope: Iterable[int]) -> str:
    """The kinds of sharing unit that an authorisation names; empty when it covers all."""
    return "\u3001".join(title("authorisation_scope", f"{kind:02d}") for kind in scope)
