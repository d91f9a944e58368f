"""What is written later has the larger id, whoever writes it: lists by id are newest first, and a
filter up to an id takes in nothing that came after the page was shown."""

from flask import Flask

from tenants.database import take_ids
from tenants.scope import acting_for


def test_two_people_at_work_at_once_get_ids_in_order(app: Flask) -> None:
    with app.app_context(), acting_for(220182):
        taken = take_ids(2)
        # Another session, on another connection, while the first is at work.
        with acting_for(220112):
            taken += take_ids(2)
        taken += take_ids(2)
    assert taken == sorted(taken)
