"""What rows must be to each other: within one household, and across the households of a list."""

import polars as pl

from app.intake.cell_rules import Rule
from app.intake.cells import is_applicant, value

_ROW = pl.col("sheet_row")
_HOUSEHOLD = value("household_no")


def household_rules() -> list[Rule]:
    """What the rows of one household must be to each other."""
    return [*_applicant_rules(), *_agreement_rules()]


def repeated_persons(cells: pl.DataFrame) -> pl.DataFrame:
    """The rows whose document stands in another row too, with ``person`` to tell them apart.

    Few rows are, and only they are looked at by :func:`person_rules`.
    """
    document = pl.concat_str([value("id_type"), value("id_number")], separator=" ")
    person = cells.select(document.alias("person"))["person"]
    repeated = person.is_not_null() & person.is_duplicated()
    return cells.with_columns(person).filter(repeated)


def _applicant_rules() -> list[Rule]:
    applicants = is_applicant().sum().over(_HOUSEHOLD)
    unreadable = value("relation").is_null().any().over(_HOUSEHOLD)
    is_first = _ROW.min().over(_HOUSEHOLD) == _ROW
    first_applicant = pl.when(is_applicant()).then(_ROW).min().over(_HOUSEHOLD)
    obligor = value("subject_role") == "obligor"
    return [
        Rule(
            "household_no_applicant",
            "relation",
            _HOUSEHOLD.is_not_null() & is_first & (applicants == 0) & ~unreadable,
        ),
        Rule(
            "household_two_applicants",
            "relation",
            _HOUSEHOLD.is_not_null() & is_applicant() & (first_applicant != _ROW),
            {"other_row": first_applicant},
        ),
        Rule("applicant_is_obligor", "subject_role", is_applicant() & obligor),
    ]


def _agreement_rules() -> list[Rule]:
    together = value("subject_role") != "obligor"
    everyone = pl.lit(True)
    rules = []
    for key, who in (("actual_region", together), ("scheme", everyone), ("application", everyone)):
        judged = who & value(key).is_not_null() & _HOUSEHOLD.is_not_null()
        first_of_kind = pl.when(judged).then(_ROW).min().over(_HOUSEHOLD, key)
        first = pl.when(judged).then(_ROW).min().over(_HOUSEHOLD)
        differs = judged & (first_of_kind != first)
        rules.append(Rule("household_differs", key, differs, {"other_row": first}))
    return rules


def person_rules() -> list[Rule]:
    """What the rows about one person must be to each other, over repeated persons."""
    here = _HOUSEHOLD.is_not_null()
    first_here = _ROW.min().over(_HOUSEHOLD, "person")
    lives_here = here & (value("subject_role") != "obligor")
    elsewhere = _other_group(_HOUSEHOLD, lives_here)
    named = value("name").is_not_null()
    other_name = _other_group(value("name"), named)
    return [
        Rule(
            "person_twice_in_household",
            "id_number",
            here & (first_here != _ROW),
            {"other_row": first_here},
        ),
        Rule(
            "person_in_two_households",
            "id_number",
            lives_here & elsewhere.is_not_null(),
            {"other_row": elsewhere},
        ),
        Rule(
            "person_two_names", "name", named & other_name.is_not_null(), {"other_row": other_name}
        ),
    ]


def _other_group(group: pl.Expr, judged: pl.Expr) -> pl.Expr:
    """Of the rows about one person, the first that is in another group; null when all agree."""
    row = pl.when(judged).then(_ROW)
    first_in_group = row.min().over("person", group)
    first, last = first_in_group.min().over("person"), first_in_group.max().over("person")
    other = pl.when(first_in_group == first).then(last).otherwise(first)
    return pl.when(first != last).then(other)
