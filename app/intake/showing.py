"""A stranger's sheet on a screen: its columns by letter, its cells short and masked."""

import re

from tenants.masking import mask_account, mask_id_number, mask_name, mask_phone

_LONGEST = 18
_MIDNIGHT = " 00:00:00"
_FIGURES = re.compile(r"\d{7,}[\dXx]?")


def letter(place: int) -> str:
    """``A`` for the first column, as every spreadsheet heads it."""
    name, rest = "", place + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(65 + last) + name
    return name


def shown_cell(text: str, key: str | None) -> str:
    """A cell as it may stand on a screen: names and long figures masked, cut short.

    ``key``: the column that it belongs to, as far as that is known.
    """
    plain = " ".join(text.split()).removesuffix(_MIDNIGHT)
    if key in ("name", "guardian_name"):
        return mask_name(plain)
    if key == "phone":
        return mask_phone(plain)
    if key in ("id_number", "guardian_id_number"):
        return mask_id_number(plain)
    masked = _FIGURES.sub(lambda found: _masked(found[0]), plain)
    return masked if len(masked) <= _LONGEST else masked[: _LONGEST - 1] + "\u2026"


def _masked(figures: str) -> str:
    if len(figures) == 8 and figures[:2] in ("19", "20"):
        return figures
    if len(figures) == 11:
        return mask_phone(figures)
    return mask_id_number(figures) if len(figures) >= 15 else mask_account(figures)
