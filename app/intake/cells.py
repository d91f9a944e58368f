"""From what was written to what is meant: cleaned text and typed values, a column at a time.

In the frame made here ``written(key)`` is the cleaned text (null when blank) and ``value(key)``
the typed value (null when blank or unreadable).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

import polars as pl

from app.intake.columns import (
    APPLICANT_RELATIONS,
    BY_KEY,
    CITIZEN_DOCUMENTS,
    COLUMNS,
    codes_of_words,
)
from app.intake.id_numbers import birth_date

KnownRegions = Callable[[Collection[str]], Mapping[str, int]]

ADULT = 18
_INVISIBLE = r"[\p{Cf}\p{Cc}]"
# year, month and day as they are written behind figures
_YEAR, _MONTH, _DAY = "\u5e74", "\u6708", "\u65e5"
_YUAN = "[\u5143\u5706]"
_BETWEEN_WORDS = r"[\u3001\u3002,;/|+]+"
_BETWEEN = r"\s*[-/.\u3001{0}]\s*"
_DATE = (
    rf"^(\d{{4}}){_BETWEEN.format(_YEAR)}(\d{{1,2}}){_BETWEEN.format(_MONTH)}(\d{{1,2}})"
    rf"\s*{_DAY}?(?: \d{{1,2}}:\d{{2}}.*)?$"
)
_DATE_IN_FIGURES = r"^(\d{4})(\d{2})(\d{2})(?:\.0+)?$"
_MIDDLE_DOTS = (
    "[\u2022\u30fb\u2027\u22c5\u2219\u25cf\u25e6\uff65\u2e31\u16eb\ua78f\u1427\u3002\u2218\u0387]"
)
# Taken apart by the narrowing of widths, so it is told before.
_DOT_ABOVE = "\u02d9"
_MOBILE_AS_NUMBER = r"^(1[3-9]\d{9})\.0+$"
_DOT_AFTER_HAN = r"(\p{Han})\s*[.\u00b7]\s*"
_SPACE_AFTER_HAN = r"(\p{Han})\s+"
_GROUPED = r"^([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?)$"
AMOUNT = r"^[+-]?(\d+)(?:\.(\d+))?$"
_ID_CARD_NOISE = r"^['\s]+|\s"


def written(key: str) -> pl.Expr:
    """The cleaned text of a column; null when blank."""
    return pl.col(f"{key}.written")


def value(key: str) -> pl.Expr:
    """The typed value of a column; null when blank or unreadable."""
    return pl.col(key)


def read_cells(frame: pl.DataFrame, known_regions: KnownRegions) -> pl.DataFrame:
    """``sheet_row``, the cleaned texts, the typed values, and ``born`` of citizens' numbers."""
    texts = frame.select("sheet_row", *(_cleaned(c.key).alias(f"{c.key}.written") for c in COLUMNS))
    typed = texts.with_columns(
        (
            _regions(texts, column.key, known_regions)
            if column.kind == "region"
            else _typed(column.key, column.kind)
        ).alias(column.key)
        for column in COLUMNS
    )
    citizen = value("id_type").is_in(CITIZEN_DOCUMENTS)
    return typed.with_columns(pl.when(citizen).then(birth_date(value("id_number"))).alias("born"))


def read_column(cells: pl.Series, key: str) -> pl.Series:
    """The typed values of one column's cells; null when blank or unreadable. Not for regions."""
    texts = cells.alias(key).to_frame().select(_cleaned(key).alias(f"{key}.written"))
    return texts.select(_typed(key, BY_KEY[key].kind).alias(key))[key]


def _cleaned(key: str) -> pl.Expr:
    """Narrow, without invisible characters and outer spaces; blank is null."""
    text = pl.col(key)
    if key == "name":
        text = text.str.replace_all(_DOT_ABOVE, "\u00b7", literal=True)
    text = text.str.normalize("NFKC").str.replace_all(_INVISIBLE, "").str.strip_chars()
    shaped = _SHAPED[key](text) if key in _SHAPED else text
    return pl.when(shaped.str.len_bytes() > 0).then(shaped)


def _name(text: pl.Expr) -> pl.Expr:
    one_dot = text.str.replace_all(_MIDDLE_DOTS, "\u00b7")
    one_dot = one_dot.str.replace_all(_DOT_AFTER_HAN, "${1}\u00b7")
    return one_dot.str.replace_all(_SPACE_AFTER_HAN, "${1}").str.replace_all(r"\s+", " ")


def _number_of_document(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(_ID_CARD_NOISE, "").str.to_uppercase()


def _phone(text: pl.Expr) -> pl.Expr:
    plain = text.str.replace_all(r"\s", "").str.replace(r"^\+?86(1\d{10}|-?1[\d-]{10,})$", "${1}")
    plain = plain.str.replace(_MOBILE_AS_NUMBER, "${1}")
    mobile = plain.str.replace_all("-", "")
    return pl.when(mobile.str.contains(r"^1\d{10}$")).then(mobile).otherwise(plain)


def _without_spaces(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"\s", "")


_SHAPED: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "name": _name,
    "id_number": _number_of_document,
    "phone": _phone,
    "guardian_name": _name,
    "guardian_id_number": _number_of_document,
} | {
    column.key: _without_spaces for column in COLUMNS if column.kind in ("word", "words", "region")
}


def _typed(key: str, kind: str) -> pl.Expr:
    text = written(key)
    if kind == "word":
        return text.replace_strict(codes_of_words(key), default=None, return_dtype=pl.String)
    if kind == "words":
        return _several(text, codes_of_words(key))
    if kind == "date":
        return _date(text)
    if kind == "money":
        return _fen(plain_amount(text))
    if kind in ("count", "number"):
        return plain_amount(text).str.extract(r"^(\d{1,9})(?:\.0+)?$").cast(pl.Int32)
    return text


def _several(text: pl.Expr, codes: Mapping[str, str]) -> pl.Expr:
    """The codes of several words, each once; null as soon as one of them is not understood."""
    one_by_one = text.str.replace_all(_BETWEEN_WORDS, "\u3001").str.strip_chars("\u3001")
    known = pl.element().replace_strict(codes, default=None, return_dtype=pl.String)
    found = one_by_one.str.split("\u3001").list.eval(known)
    is_known = ~found.list.eval(pl.element().is_null()).list.any()
    return pl.when(is_known).then(found.list.unique().list.sort())


def _date(text: pl.Expr) -> pl.Expr:
    def parsed(pattern: str) -> pl.Expr:
        year, month, day = (text.str.extract(pattern, group) for group in (1, 2, 3))
        padded = pl.concat_str([year, month.str.zfill(2), day.str.zfill(2)])
        return padded.str.to_date("%Y%m%d", strict=False)

    return pl.coalesce(parsed(_DATE), parsed(_DATE_IN_FIGURES))


def plain_amount(text: pl.Expr) -> pl.Expr:
    """An amount without currency sign, unit, spaces and thousands separators."""
    bare = text.str.replace_all(rf"(?i)^(?:\u00a5|RMB|CNY)\s*|{_YUAN}$|\s", "")
    grouped = bare.str.contains(_GROUPED)
    return pl.when(grouped).then(bare.str.replace_all(",", "")).otherwise(bare)


def _fen(amount: pl.Expr) -> pl.Expr:
    """Whole fen, by integers only; null for negatives, fractions of a fen, 13 digits and more."""
    shape = r"^\+?0*(\d{1,12})(?:\.(\d{1,2})0*)?$"
    yuan = amount.str.extract(shape, 1).cast(pl.Int64)
    rest = amount.str.extract(shape, 2).fill_null("").str.pad_end(2, "0").cast(pl.Int64)
    return yuan * 100 + rest


def _regions(texts: pl.DataFrame, key: str, known_regions: KnownRegions) -> pl.Expr:
    """One look-up for all places written in a column."""
    places = texts[f"{key}.written"].drop_nulls().unique().sort().to_list()
    codes = dict(known_regions(places))
    if not codes:
        return pl.lit(None, pl.Int32)
    return written(key).replace_strict(codes, default=None, return_dtype=pl.Int32)


def years_before(today: date, years: int) -> date:
    """The latest birth date of somebody who is that old on ``today``."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)


def is_adult(today: date) -> pl.Expr:
    """18 years old by the identity number; without such a number, taken to be."""
    return pl.col("born").is_null() | (pl.col("born") <= years_before(today, ADULT))


def is_required(key: str, today: date) -> pl.Expr:
    """Whether the column must be filled in this row, as ``list.toml`` says."""
    rule = BY_KEY[key].required
    if rule == "applicant":
        return is_applicant()
    if rule == "authorised":
        return ~has_refused()
    return is_adult(today) if rule == "adult" else pl.lit(rule == "always")


def has_refused() -> pl.Expr:
    """Whether the row says that the person refuses the authorisation."""
    return (value("consent") == "refused").fill_null(False)


def is_younger_than(years: int, today: date) -> pl.Expr:
    """By the identity number; without such a number, taken not to be."""
    return (pl.col("born") > years_before(today, years)).fill_null(False)


def is_applicant() -> pl.Expr:
    """Whether the relation is that of the household's applicant."""
    return value("relation").is_in(APPLICANT_RELATIONS)
