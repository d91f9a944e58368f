"""Until when an inquiry is answered: counted from the day on which all of it was here.

Five working days between civil affairs and human resources, in both directions (民发〔2020〕95号
二(二)), fewer where the agreement says so; nothing is promised to others.
"""

import datetime as dt

from app.sharing.agreements import answer_days
from tenants.calendar import add_working_days


def due_on(agency_id: int, unit_id: int, received_on: dt.date) -> dt.date | None:
    """The last day for the answer to a unit; None where no term binds this agency."""
    term = answer_days(agency_id, unit_id, received_on)
    if term is None or term.days is None:
        return None
    return add_working_days(received_on, term.days)
