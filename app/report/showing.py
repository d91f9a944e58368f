"""Typed values as a report shows them."""

import datetime as dt

from app.cases.models import Authorisation, Subject
from app.findings.service import Fact
from app.intake.wording import scope_words
from app.report.messages import long_date, say
from app.web.formats import money_with_unit
from tenants.catalogue import MeasureName, catalogue

NO_SOURCE = "—"


def period_of(fact: Fact) -> str:
    """The period a finding speaks about, where its item has one; else nothing."""
    for measure in catalogue().item(fact.item).measures:
        if measure.period_field and fact.fields.get(measure.period_field):
            return str(fact.fields[measure.period_field])
    return ""


def authorised_words(consent: Authorisation | None, refused_on: dt.date | None) -> str:
    """From when to when the person consented, or that there is no consent in force and why."""
    if refused_on is not None:
        return say("report.authorised.refused")
    if consent is None:
        return say("report.authorised.none")
    if consent.withdrawn_on is not None:
        return say("report.authorised.withdrawn", on=long_date(consent.withdrawn_on))
    until = say(
        "report.authorised.until", start=_day(consent.signed_on), end=_day(consent.expires_on)
    )
    if not consent.scope:
        return until
    return until + say("report.authorised.only", kinds=scope_words(consent.scope))


def joined_words(subject: Subject) -> str:
    """Since when and why somebody added is a member; empty for the others."""
    if subject.joined_on is None:
        return ""
    on = long_date(subject.joined_on)
    return say(f"report.joined.{subject.joined_reason}", on=on)


def corrected_words(subject: Subject) -> str:
    """That the number was put right, of somebody whose first one was wrong."""
    return say("report.corrected.short") if subject.replaces else ""


def parent_words(_source: int) -> str:
    """What stands for a source that is no unit of this agency."""
    return NO_SOURCE


def amount(measure: MeasureName, value: int | None) -> str:
    """A figure of a measure with its unit; a dash where nothing was found."""
    if value is None:
        return NO_SOURCE
    if measure in {MeasureName.MONTHLY_INCOME, MeasureName.DEPOSITS}:
        return money_with_unit(value)
    return say(f"report.unit.{measure}", n=value)


def _day(day: dt.date) -> str:
    return day.isoformat()
