"""Amounts that stand in ten thousands of yuan, as texts in yuan: by moving the point, exactly."""

import polars as pl

from app.intake.columns import TEN_THOUSAND

_UNIT_SAID = rf"\s*{TEN_THOUSAND}\u5143?\s*$"
_AMOUNT = r"^\s*([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*$"


def in_yuan(amount: pl.Expr) -> pl.Expr:
    """``1.5`` as ``15000``; what is no amount stays as it stands and is judged as such."""
    narrow = amount.str.normalize("NFKC").str.replace(_UNIT_SAID, "")
    sign, whole, rest = (narrow.str.extract(_AMOUNT, group) for group in (1, 2, 3))
    figures = rest.fill_null("").str.pad_end(4, "0")
    yuan = pl.concat_str(
        [sign, whole.str.replace_all(",", ""), figures.str.slice(0, 4)], ignore_nulls=False
    )
    fen = figures.str.slice(4).str.strip_chars_end("0")
    moved = pl.when(fen.str.len_bytes() > 0).then(pl.concat_str([yuan, pl.lit("."), fen]))
    return pl.coalesce(moved, yuan, amount)
