"""What the page components of ``templates/components`` need from Python."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from jinja2 import Environment

from app.web import formats


def install(
    environment: Environment,
    *,
    today: Callable[[], date],
    working_days: formats.WorkingDays,
    is_provisional: Callable[[date], bool],
) -> None:
    """Add the filters, the filter ``due``, and the globals ``today`` and ``new_form_id``.

    ``today`` gives the business date; ``working_days(after, until)`` counts the working days
    after the first date up to and including the second; ``is_provisional(day)`` says that no notice
    of holidays covers the day yet, so that the test ``provisional`` marks it.
    """

    def due(on: date | None) -> formats.Due | None:
        return None if on is None else formats.due(on, today(), working_days)

    environment.filters.update(formats.FILTERS)
    environment.filters["due"] = due
    environment.tests["provisional"] = lambda on: on is not None and is_provisional(on)
    environment.globals["today"] = today
    environment.globals["new_form_id"] = new_form_id


def new_form_id() -> str:
    """The id that a form carries so that sending it twice acts once."""
    return str(uuid4())
