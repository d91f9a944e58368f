"""The words of the list for its codes: relation, document, scheme, application, role."""

from functools import cache

from app.intake.columns import WORDS


@cache
def _titles(key: str) -> dict[str, str]:
    return {word.code: word.word for word in WORDS[key]}


def title(key: str, code: str) -> str:
    """The official word for a code of the list's column ``key``; the code itself if unknown."""
    return _titles(key).get(code, code)
