"""A county with a few households in hand."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from app.cases.lifecycle import Chosen
from app.intake import service as intake
from tenants.calendar import business_date_set_to
from tenants.scope import acting_for
from tests.world.builder import build_world
from tests.world.month import STEPS, Month, in_state
from tests.world.plan import month
from tests.world.world import Person, World

DAY = dt.date(2026, 11, 5)


@dataclass(frozen=True)
class Yushu:
    """榆树市 on 5 November: its department has entrusted; ``submitted`` waits for the check."""

    app: Flask
    world: World
    agency_id: int
    submitted: list[int]

    def officer(self) -> Person:
        return self.world.people_of("榆树市", "intake_officer")[0]

    def reviewer(self) -> Person:
        return self.world.people_of("榆树市", "reviewer")[0]

    def accept_all(self) -> None:
        with acting_for(self.agency_id):
            intake.accept(Chosen.of(self.submitted), self.officer().actor)


@pytest.fixture
def portal(app: Flask) -> Iterator[Yushu]:
    """The demonstration's county after upload and entrustment, on the business date."""
    world = build_world(app)
    with business_date_set_to(DAY, allow=True):
        yield opened(app, world)


@pytest.fixture
def yushu(portal: Yushu) -> Iterator[Yushu]:
    """The same within an application context, for tests that call verbs and open no page."""
    with portal.app.app_context():
        yield portal


def opened(app: Flask, world: World) -> Yushu:
    with app.app_context():
        for step in ("upload_lists", "submit"):
            with business_date_set_to(month().day_of(step), allow=True):
                STEPS[step](Month(app, world, month().day_of(step)))
        agency_id = world.agency("榆树市").id
        with acting_for(agency_id, read_only=True):
            submitted = in_state("submitted")
    return Yushu(app, world, agency_id, submitted)
