"""What each cell must be: one code, one column, one test over the whole column.

For every column the first rule that fires gives the cell's fault.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from app.intake.cells import (
    AMOUNT,
    has_refused,
    is_required,
    is_younger_than,
    plain_amount,
    value,
    written,
)
from app.intake.columns import (
    CITIZEN_DOCUMENTS,
    COLUMNS,
    EVERYTHING,
    TEN_THOUSAND,
    WORDS,
    Column,
)
from app.intake.id_numbers import SCIENTIFIC, id_number_verdicts
from app.intake.sheet import Sheet

_MAX_AMOUNT_FEN = 10_000_000_000_00
_MAX_COUNT = 999
_MOBILE = r"^1[3-9]\d{9}$"
_LANDLINE = r"^(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?$"
_HOUSEHOLD_NO = r"^[\p{Han}\p{Latin}0-9_/.()-]{1,40}$"
_CITIZEN_NAME = r"^\p{Han}+(?:\u00b7\p{Han}+)*$"
_ANY_NAME = r"^[\p{Han}\p{Latin}][\p{Han}\p{Latin} \u00b7.'\u2019-]*$"
_LOST_CHARACTER = "[?\ufffd\u25a1\u3013]"
_PRIVATE_CHARACTER = r"\p{Co}"
_DOCUMENT_NUMBER = r"^[A-Z0-9\p{Han}()/.-]{5,30}$"
_LIKE_FORMULA = r"^[=+@-]"
_ERROR_OF_CELL = r"^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!)$"
_TEXT_KINDS = ("text", "word", "words", "region")


@dataclass(frozen=True)
class Rule:
    """``code`` at ``column`` in every row where ``broken``; ``values`` fill the message."""

    code: str
    column: str
    broken: pl.Expr
    values: Mapping[str, pl.Expr] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What the rules depend on beyond the list: the day, the schemes taken, the longest consent,
    and below which age a guardian consents (0: never asked for)."""

    today: date
    schemes: Collection[str]
    authorisation_max_days: int | None
    guardian_below_age: int = 0


def cell_rules(sheet: Sheet, terms: Terms) -> list[Rule]:
    """All rules on single cells, in the order in which they are judged."""
    return [rule for column in COLUMNS for rule in _rules_of(column, sheet, terms)]


def _rules_of(column: Column, sheet: Sheet, terms: Terms) -> list[Rule]:
    if column.kind == "number":
        return []
    own = _OWN_RULES.get(column.key) or _KIND_RULES[column.kind]
    return [
        *_sheet_rules(column.key, sheet),
        *_presence(column, terms),
        *own(column.key, terms),
    ]


def _sheet_rules(key: str, sheet: Sheet) -> list[Rule]:
    """What only the file shows: formulas, numbers that should be text, cells too many."""
    noted = [("cell_formula", sheet.formulas.get(key, ()))]
    if key == "id_number":
        noted.append(("id_number_scientific", sheet.numbers))
    if key == "household_no":
        noted.append(("row_too_many_cells", sheet.overlong))
    return [Rule(code, key, _in_rows(rows)) for code, rows in noted if rows]


def _in_rows(rows: Sequence[int]) -> pl.Expr:
    return pl.col("sheet_row").is_in(rows)


def _presence(column: Column, terms: Terms) -> list[Rule]:
    key = column.key
    rules = [Rule("cell_is_error", key, written(key).str.contains(_ERROR_OF_CELL))]
    if column.required != "no":
        lacking = written(key).is_null() & is_required(key, terms.today)
        rules.append(Rule("cell_missing", key, lacking, {"note": pl.lit(column.note)}))
    if column.kind in _TEXT_KINDS:
        rules.append(Rule("cell_like_formula", key, written(key).str.contains(_LIKE_FORMULA)))
    return rules


def _word(key: str, _terms: Terms) -> list[Rule]:
    unknown = written(key).is_not_null() & value(key).is_null()
    allowed = "\u3001".join(word.word for word in WORDS[key])
    return [Rule("word_unknown", key, unknown, {"written": shown(key), "allowed": pl.lit(allowed)})]


def _relation(key: str, _terms: Terms) -> list[Rule]:
    unknown = written(key).is_not_null() & value(key).is_null()
    return [Rule("relation_unknown", key, unknown, {"written": shown(key)})]


def _scheme(key: str, terms: Terms) -> list[Rule]:
    words = [word.word for word in WORDS[key] if word.code in terms.schemes]
    values = {"written": shown(key), "allowed": pl.lit("\u3001".join(words))}
    not_offered = ~value(key).is_in(list(terms.schemes))
    return [*_word(key, terms), Rule("scheme_not_offered", key, not_offered, values)]


def _household_no(key: str, _terms: Terms) -> list[Rule]:
    return [Rule("household_no_shape", key, ~value(key).str.contains(_HOUSEHOLD_NO))]


def _name(key: str, _terms: Terms) -> list[Rule]:
    name, length = value(key), value(key).str.len_chars()
    citizen = value("id_type").is_in(CITIZEN_DOCUMENTS)
    return [
        Rule("name_lost_character", key, name.str.contains(_LOST_CHARACTER)),
        Rule("name_private_character", key, name.str.contains(_PRIVATE_CHARACTER)),
        Rule("name_characters", key, citizen & ~name.str.contains(_CITIZEN_NAME)),
        Rule("name_foreign_characters", key, ~name.str.contains(_ANY_NAME)),
        Rule("name_length", key, ~length.is_between(2, 50), {"length": length}),
    ]


def _id_number(key: str, terms: Terms) -> list[Rule]:
    number = value(key)
    citizen = value("id_type").is_in(CITIZEN_DOCUMENTS)
    verdicts = id_number_verdicts(number, terms.today)
    return [
        Rule("id_number_scientific", key, number.str.contains(SCIENTIFIC)),
        *(Rule(v.code, key, citizen & v.broken, v.values) for v in verdicts),
        Rule("document_number_shape", key, ~citizen & ~number.str.contains(_DOCUMENT_NUMBER)),
    ]


def _phone(key: str, _terms: Terms) -> list[Rule]:
    right = value(key).str.contains(_MOBILE) | value(key).str.contains(_LANDLINE)
    return [Rule("phone_shape", key, ~right)]


def _region(key: str, _terms: Terms) -> list[Rule]:
    unknown = written(key).is_not_null() & value(key).is_null()
    return [Rule("region_unknown", key, unknown, {"written": shown(key)})]


def _date(key: str, _terms: Terms) -> list[Rule]:
    return [Rule("date_unreadable", key, written(key).is_not_null() & value(key).is_null())]


def _authorised_on(key: str, terms: Terms) -> list[Rule]:
    values = {"written": _iso(value(key)), "today": pl.lit(terms.today.isoformat())}
    return [
        *_date(key, terms),
        Rule("refused_with_date", key, has_refused() & written(key).is_not_null()),
        Rule("authorised_in_future", key, value(key) > terms.today, values),
    ]


def _expires_on(key: str, terms: Terms) -> list[Rule]:
    ends, starts = value(key), value("authorised_on")
    both = {"written": _iso(ends), "authorised": _iso(starts)}
    today = {"written": _iso(ends), "today": pl.lit(terms.today.isoformat())}
    rules = [
        *_date(key, terms),
        Rule("authorisation_ends_early", key, ends <= starts, both),
        Rule("authorisation_expired", key, ends < terms.today, today),
    ]
    if (days := terms.authorisation_max_days) is not None:
        latest = starts + pl.duration(days=days)
        values = {"days": pl.lit(days), "latest": _iso(latest)}
        rules.append(Rule("authorisation_too_long", key, ends > latest, values))
    return rules


def _consent(key: str, terms: Terms) -> list[Rule]:
    not_an_obligor = has_refused() & (value("subject_role") != "obligor")
    return [*_word(key, terms), Rule("refused_by_member", key, not_an_obligor)]


def _authorisation_scope(key: str, terms: Terms) -> list[Rule]:
    codes = value(key)
    is_all = codes.list.contains(EVERYTHING)
    return [
        *_word(key, terms),
        Rule("scope_all_and_some", key, is_all & (codes.list.len() > 1)),
        Rule("scope_of_refused", key, has_refused() & written(key).is_not_null() & ~is_all),
    ]


def _guardian_name(key: str, terms: Terms) -> list[Rule]:
    age = terms.guardian_below_age
    lacking = written(key).is_null() & is_younger_than(age, terms.today) & ~has_refused()
    wrong = ~value(key).str.contains(_ANY_NAME) | ~value(key).str.len_chars().is_between(2, 50)
    return [
        Rule("guardian_missing", key, lacking, {"age": pl.lit(age)}),
        Rule("guardian_name_shape", key, wrong),
    ]


def _guardian_relation(key: str, _terms: Terms) -> list[Rule]:
    return [Rule("guardian_relation_shape", key, ~value(key).str.contains(r"^\p{Han}{1,12}$"))]


def _guardian_id_number(key: str, terms: Terms) -> list[Rule]:
    number, named = value(key), written("guardian_name").is_not_null()
    citizen = number.str.contains(r"^\d{17}[\dX]$")
    own = number == value("id_number")
    return [
        Rule("guardian_number_missing", key, named & written(key).is_null()),
        Rule("id_number_scientific", key, number.str.contains(SCIENTIFIC)),
        Rule("document_number_shape", key, ~number.str.contains(_DOCUMENT_NUMBER)),
        *(
            Rule(v.code, key, citizen & v.broken, v.values)
            for v in id_number_verdicts(number, terms.today)
        ),
        Rule("guardian_is_self", key, own),
    ]


def _money(key: str, _terms: Terms) -> list[Rule]:
    text, amount = written(key), plain_amount(written(key))
    return [
        Rule("amount_in_ten_thousand", key, text.str.contains(TEN_THOUSAND, literal=True)),
        Rule("amount_unreadable", key, ~amount.str.contains(AMOUNT)),
        Rule("amount_negative", key, amount.str.starts_with("-")),
        Rule("amount_decimals", key, amount.str.contains(r"\.\d\d\d*?[1-9]")),
        Rule(
            "amount_too_large",
            key,
            amount.is_not_null() & (value(key).is_null() | (value(key) > _MAX_AMOUNT_FEN)),
        ),
    ]


def _count(key: str, _terms: Terms) -> list[Rule]:
    amount = plain_amount(written(key))
    return [
        Rule("count_negative", key, amount.str.contains(r"^-\d+(?:\.\d+)?$")),
        Rule("count_unreadable", key, ~amount.str.contains(r"^\+?\d+(?:\.0+)?$")),
        Rule(
            "count_too_large",
            key,
            amount.is_not_null() & (value(key).is_null() | (value(key) > _MAX_COUNT)),
            {"limit": pl.lit(_MAX_COUNT)},
        ),
    ]


_KIND_RULES = {"word": _word, "region": _region, "date": _date, "money": _money, "count": _count}
_OWN_RULES = {
    "household_no": _household_no,
    "relation": _relation,
    "name": _name,
    "id_number": _id_number,
    "phone": _phone,
    "scheme": _scheme,
    "authorised_on": _authorised_on,
    "authorisation_expires_on": _expires_on,
    "consent": _consent,
    "authorisation_scope": _authorisation_scope,
    "guardian_name": _guardian_name,
    "guardian_relation": _guardian_relation,
    "guardian_id_number": _guardian_id_number,
}


def shown(key: str) -> pl.Expr:
    """What was written, short, long figures masked: it may be a number in a wrong column."""
    return written(key).str.replace_all(r"\d{7,}[Xx]?", "******").str.slice(0, 20)


def _iso(day: pl.Expr) -> pl.Expr:
    return day.dt.strftime("%Y-%m-%d")
