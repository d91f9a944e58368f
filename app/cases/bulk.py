"""What was chosen on a list: the rows ticked, or everything that fits the list's filter."""

from flask import request
from sqlalchemy import ColumnElement, and_

from app.cases.acts import chosen_ids, whole_number
from app.cases.lifecycle import Chosen
from app.cases.models import Case
from tenants.database import any_of

ALL_MATCHING = "all_matching"


def picked(matching: ColumnElement[bool]) -> Chosen:
    """The ticked cases of a form, or all that fit ``matching``.

    The latter by the field ``all_matching``: the highest id that the page knew of. Raises
    ``Fault`` for nothing chosen and for a malformed choice.
    """
    upper = request.form.get(ALL_MATCHING, "")
    if not upper:
        return chosen_ids()
    return Chosen.where(matching, whole_number(upper))


def condition_of(chosen: Chosen) -> ColumnElement[bool]:
    """The rows of a choice, for a page that shows them before it asks for reasons."""
    if chosen.condition is None:
        chosen_here: ColumnElement[bool] = Case.id == any_of(chosen.ids)
        return chosen_here
    return and_(chosen.condition, Case.id <= (chosen.up_to or 0))
