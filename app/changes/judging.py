"""What is typed of a person at a form of the changes, judged by the rules of the list: while one
types, and once more when it is sent."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from app.cases.models import Case, Subject
from app.changes.forms import ConsentedForm
from app.changes.person_rows import judge_person

_NOT_JUDGED = (
    *("csrf_token", "paper", "scans", "authorisation_scans"),
    *("register_scans", "marriage_scans"),
)
"""Files are judged when they come, and the box below the form is ticked last."""


def has_faults(
    form: ConsentedForm, case: Case, row: Mapping[str, str], instead_of: Subject | None
) -> bool:
    """Whether anything is wrong: each fault then stands at its field; what has none, on top."""
    is_wrong = not form.validate()
    for fault in judge_person(case, row, instead_of=instead_of).faults:
        is_wrong = True
        if fault.column not in form:
            form.form_errors.append(str(fault))
        elif not form[fault.column].errors:
            field: Any = form[fault.column]
            field.errors = [str(fault)]
    return is_wrong


def judged_answer(form: ConsentedForm) -> ResponseReturnValue:
    """What the script shows: which fields were judged, which are blank, what is wrong at each."""
    judged = [field for field in form if field.name not in _NOT_JUDGED]
    return jsonify(
        judged=[field.name for field in judged],
        blank=[field.name for field in judged if not field.raw_data or not field.raw_data[0]],
        faults={field.name: field.errors[0] for field in judged if field.errors},
    )
