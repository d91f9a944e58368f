"""What the heads of the agencies look at: every agency counts its work and tells it upwards."""

from collections import Counter

from sqlalchemy import func, select

from app.oversight.analysis.models import Tally
from app.oversight.analysis.telling import count_the_day
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month


def tell_counts(month: Month) -> Counts:
    """What the worker does once a day: counts are made at every tier, and go up to the province."""
    counts: Counts = Counter()
    for agency in month.world.agencies.values():
        with acting_for(agency.id):
            count_the_day()
    month.work()
    for agency in month.agencies("province"):
        with acting_for(agency.id, read_only=True):
            told = select(func.count(Tally.by_agency_id.distinct()))
            counts["agencies_told"] += db.session.scalar(told) or 0
    return counts
