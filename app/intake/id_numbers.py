"""GB 11643 over a column at once: the same verdicts as :mod:`tenants.identity`, without a loop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from tenants.identity import LENGTH

_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECK_CHARACTERS = "10X98765432"
_EARLIEST_BIRTH = date(1880, 1, 1)
SCIENTIFIC = r"^[0-9.]*[0-9][0-9.]*E\+*[0-9]+$"


@dataclass(frozen=True)
class Verdict:
    """``code`` when ``broken`` is true; the first that is true counts."""

    code: str
    broken: pl.Expr
    values: Mapping[str, pl.Expr] = field(default_factory=dict)


def id_number_verdicts(number: pl.Expr, today: date) -> list[Verdict]:
    """What can be wrong with a cleaned, filled identity number, in the order of judging."""
    born = birth_date(number)
    position = number.str.extract(r"^([0-9]*)").str.len_chars() + 1
    found, expected = number.str.slice(17, 1), check_character(number)
    return [
        Verdict("id_number_scientific", number.str.contains(SCIENTIFIC)),
        Verdict("id_number_old", number.str.contains(r"^[0-9]{15}$")),
        Verdict(
            "id_number_length",
            number.str.len_chars() != LENGTH,
            {"length": number.str.len_chars()},
        ),
        Verdict(
            "id_number_characters",
            ~number.str.contains(r"^[0-9]{17}[0-9X]$"),
            {"position": position},
        ),
        Verdict("id_number_date", born.is_null() | (born < _EARLIEST_BIRTH)),
        Verdict("id_number_future", born > today),
        Verdict("id_number_checksum", found != expected, {"expected": expected, "found": found}),
    ]


def birth_date(number: pl.Expr) -> pl.Expr:
    """The birth date in an 18-character number; null when there is no such date."""
    eight = number.str.extract(r"^[0-9]{6}([0-9]{8})[0-9]{3}[0-9X]$")
    return eight.str.to_date("%Y%m%d", strict=False)


def check_character(number: pl.Expr) -> pl.Expr:
    """The 18th character that the first 17 digits call for; null unless they are digits."""
    digits = number.str.slice(0, 17).cast(pl.Int64, strict=False)
    total = pl.sum_horizontal(
        digits // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(_WEIGHTS)
    )
    characters = dict(enumerate(_CHECK_CHARACTERS))
    return (total % 11).replace_strict(characters, default=None, return_dtype=pl.String)
