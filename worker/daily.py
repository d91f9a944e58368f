"""What the passing of days brings: changes of the map and capabilities begin and end, replies that
are due soon or late are told, by e-mail to those who agreed; old notices, files that nobody
explained, made files and returned data past its term are forgotten, the day's counts and the lists
that leave are made, scores that nobody answered stand, bytes that nobody has a key for any more are
removed."""

import datetime as dt

from flask import Flask
from sqlalchemy import select

from app.assistance.outward.making import make_due
from app.decisions.reminding import remind_of_decisions
from app.delegation.emptied import end_emptied
from app.delegation.rerouting import reroute_what_turned
from app.exchange.asked import reminding as inquiries
from app.exchange.outbox.taking import forget_signatures
from app.exchange.store.loading import end_old
from app.exchange.terms.reminding import remind
from app.intake.sweeping import sweep_waiting
from app.made.service import forget_expired
from app.mail.gathering import gather
from app.map_changes.turning import turn_due
from app.notices.service import forget_old
from app.oversight.analysis.telling import count_the_day
from app.oversight.evaluation.standing import let_stand
from tenants import files
from tenants.agency.models import Agency
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for

AT_WORK = dt.timedelta(days=1)
"""No transaction takes longer between writing a file and its row."""


def look_around(app: Flask) -> None:
    """One transaction per agency; doing it again changes nothing."""
    with app.app_context():
        with acting_for(0, "public", read_only=True):
            agencies = list(db.session.scalars(select(Agency.id)))
        for agency_id in agencies:
            with acting_for(agency_id):
                turn_due()
                reroute_what_turned()
                remind()
                remind_of_decisions()
                inquiries.remind()
                end_emptied()
                gather()
                forget_signatures()
                forget_old()
                sweep_waiting()
                forget_expired()
                end_old()
                count_the_day()
                let_stand()
                make_due()


def sweep_files(app: Flask) -> int:
    """Remove the bytes that nobody has a key for; returns how many files. It looks at every file
    that there is, so it is done once a day."""
    with app.app_context(), acting_for(0, "relay", read_only=True):
        return files.sweep(instant() - AT_WORK)
