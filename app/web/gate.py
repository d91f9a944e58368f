"""Before any route: what no page of ours ever sends, and no column could keep."""

from collections.abc import Iterator

from flask import request

from tenants.messages import Fault

LARGEST_ID = 10**18
LONGEST_TEXT = 5_000


def names_no_row() -> bool:
    """Whether a number in the address is greater than any id (yyyymm · 10¹² + n)."""
    asked = [*(request.view_args or {}).values(), *request.args.values()]
    return any(_is_beyond(text) for text in map(str, asked))


def require_readable(*, path: bool = True) -> None:
    """Raises ``text_with_nul`` or ``text_too_long`` for a field of the form or the address.

    ``path``: whether the address itself is looked at too; a page open to anyone judges its own.
    """
    for text in (*_texts(), request.path if path else ""):
        if "\x00" in text:
            raise Fault("text_with_nul")
        if len(text) > LONGEST_TEXT:
            raise Fault("text_too_long", length=len(text), limit=LONGEST_TEXT)


def _texts() -> Iterator[str]:
    for fields in (request.args, request.form):
        for name, text in fields.items(multi=True):
            yield name
            yield text
    for sent in request.files.values():
        yield sent.filename or ""


def _is_beyond(text: str) -> bool:
    try:
        return abs(int(text)) >= LARGEST_ID
    except ValueError:
        # Figures beyond what Python reads at once are no id either.
        return text.isdigit() and len(text) > len(str(LARGEST_ID))
