"""What stands around every page: agency, person, navigation, the month's ribbon."""

from collections.abc import Iterator
from typing import Any

from flask import Flask, g, got_request_exception, has_request_context, request, url_for

from app.accounts.actor import Actor
from app.accounts.current import person
from app.accounts.messages import ROLE_TITLES
from app.accounts.sign_in import SignedIn
from app.intake.wording import title
from app.web.navigation import bell, groups, is_open, own_links
from app.web.shell import Ribbon, Shell, build_ribbon
from app.web.waiting import running_work
from tenants.agency.messages import TIER_TITLES
from tenants.agency.models import Unit
from tenants.agency.tree import agency as agency_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import say
from tenants.rulebook import rulebook


def register(app: Flask) -> None:
    """Give every template of a signed-in person its ``shell``.

    Globals: ``word(key, code)`` says a code of the list, ``has_page(endpoint)`` whether it exists.
    """
    app.jinja_env.globals.update(word=title, has_page=is_open)
    got_request_exception.connect(_stay_away_from_the_database, app)

    @app.context_processor
    def _shell() -> dict[str, Any]:
        return {"shell": _shell_of_request()}


def _stay_away_from_the_database(*_: object, **__: object) -> None:
    """The page that says that something broke must not need what may be broken."""
    g.is_broken = True


def _shell_of_request() -> Shell | None:
    if not has_request_context() or g.get("scope") is None or g.get("is_broken"):
        return None
    at_work = person()
    return shell_for(at_work) if at_work else None


def shell_for(person: SignedIn) -> Shell:
    """The surroundings of one signed-in person's pages."""
    who = person.actor
    agency = agency_of(who.agency_id)
    unit_id = who.desk_id or who.unit_id
    unit = db.session.get(Unit, (who.agency_id, unit_id)) if unit_id else None
    endpoint = request.endpoint or ""
    return Shell(
        agency_name=agency.name,
        tier_title=TIER_TITLES[agency.tier],
        person_name=who.name,
        role_titles=tuple(ROLE_TITLES[role] for role in sorted(who.own_roles)),
        navigation=groups(who, endpoint),
        ribbon=_ribbon(agency.province),
        unit_name=unit.name if unit else None,
        search_url=_search_url(who.may("person.search")),
        sign_out_url=url_for("accounts.sign_out_now"),
        links=own_links(endpoint),
        bell=bell(who, endpoint),
        standing=tuple(standing_words(who)),
        running=running_work(who),
    )


def standing_words(who: Actor) -> Iterator[str]:
    """In whose stead, and in which role, for the head of the page."""
    for standing in who.standing:
        role = ROLE_TITLES[standing.role]
        yield say("shell.standing", absent=standing.absent_name, role=role)


def _search_url(may_search: bool) -> str | None:
    return url_for("cases.search") if may_search and is_open("cases.search") else None


def _ribbon(province: int) -> Ribbon:
    today = business_date()
    windows = rulebook(province).windows_in(today)
    dated = [(f"{first.day}–{last.day} {title}", first, last) for title, first, last in windows]
    return build_ribbon(dated, today)
