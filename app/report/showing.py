"""Typed values as a report shows them."""

import datetime as dt
from typing import Any

from app.cases.models import Authorisation
from app.findings.service import Fact
from app.report.messages import long_date, say
from app.web.formats import money_with_unit
from tenants.catalogue import Field, FieldType, MeasureName, catalogue
from tenants.masking import mask_account

NO_SOURCE = "—"


def shown_fields(fact: Fact) -> tuple[tuple[str, str], ...]:
    """(field title, value) of one finding, in the catalogue's order; sensitive ones masked."""
    item = catalogue().item(fact.item)
    return tuple(
        (field.title, shown_value(field, fact.fields[field.name]))
        for field in item.fields
        if fact.fields.get(field.name) is not None
    )


def shown_value(field: Field, value: Any) -> str:
    """One value: money with its unit, dates as dates, codes by their titles."""
    if field.type is FieldType.MONEY:
        return money_with_unit(int(value))
    if field.type is FieldType.YES_NO:
        return say("report.yes") if value else say("report.no")
    if field.type is FieldType.CODE:
        return field.codes.get(str(value), str(value))
    if field.sensitive and field.type is FieldType.TEXT:
        return mask_account(str(value))
    return f"{value}{field.unit}" if field.unit else str(value)


def period_of(fact: Fact) -> str:
    """The period a finding speaks about, where its item has one; else nothing."""
    for measure in catalogue().item(fact.item).measures:
        if measure.period_field and fact.fields.get(measure.period_field):
            return str(fact.fields[measure.period_field])
    return ""


def authorised_words(consent: Authorisation | None) -> str:
    """From when to when the person consented, or that there is no consent in force."""
    if consent is None:
        return say("report.authorised.none")
    if consent.withdrawn_on is not None:
        return say("report.authorised.withdrawn", on=long_date(consent.withdrawn_on))
    return say(
        "report.authorised.until", start=_day(consent.signed_on), end=_day(consent.expires_on)
    )


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
