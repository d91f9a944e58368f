"""Every route × every role × own and foreign ids: no canary of a stranger ever comes back.

Routes come from ``app.url_map``, people from the world, ids from what was planted. A foreign id
must get exactly the answer that an id gets which nobody has.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice

import pytest
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.current import ANYONE, DECLARED
from app.accounts.permissions import PERMISSIONS, SYSTEMS
from migrations.tables import metadata
from tenants.isolation import wall_of
from tests.architecture.catalogue import as_owner
from tests.isolation.browser import Browser, sign_in
from tests.isolation.canaries.planting import seen
from tests.isolation.canaries.rows import CHANGE, OWN_ITEM, Place
from tests.isolation.conftest import Watched
from tests.world.world import Person

pytestmark = pytest.mark.slow

NAMES = {
    "agreement_id": "agreement",
    "account_id": "account",
    "addition_id": "addition",
    "archive_id": "archive_file",
    "batch_id": "paper_batch",
    "case_id": "household_case",
    "connection_id": "connection",
    "destruction_id": "archive_destruction",
    "draft_id": "household_draft",
    "entrustment_id": "entrustment",
    "dispatch_id": "integrity_dispatch",
    "entry_id": "integrity_entry",
    "employer_id": "employer",
    "exclusion_id": "exclusion",
    "holiday_id": "holiday_notice",
    "inquiry_id": "inquiry",
    "insurance_round_id": "insurance_round",
    "insurance_task_id": "insurance_task",
    "filing_id": "filing",
    "hold_id": "archive_hold",
    "hosting_id": "hosting",
    "file_id": "file",
    "letter_id": "letter_out",
    "list_id": "subject_list",
    "inspection_id": "inspection",
    "look_id": "inspection_item",
    "look_list_id": "look_list",
    "recusal_id": "recusal",
    "undertaking_id": "undertaking",
    "training_id": "training",
    "device_id": "device",
    "load_id": "returned_load",
    "made_id": "made_file",
    "matter_id": "matter",
    "medium_id": "medium",
    "notice_id": "notice",
    "objection_id": "objection",
    "letter_inquiry_id": "letter_inquiry",
    "outward_list_id": "outward_list",
    "paper_id": "paper",
    "refused_id": "refused_file",
    "paper_reply_id": "paper_reply",
    "periodic_batch_id": "periodic_batch",
    "reply_id": "reply",
    "register_load_id": "register_load",
    "report_id": "report",
    "request_id": "exchange_request",
    "sheet_id": "score_sheet",
    "stand_in_id": "stand_in",
    "source_id": "sharing unit",
    "subject_id": "subject",
    "temporary_id": "temporary_application",
    "temporary_list_id": "temporary_list",
    "temporary_paper_id": "temporary_paper",
    "temporary_rule_id": "temporary_rule",
    "payment_id": "temporary_payment",
    "referral_id": "temporary_referral",
    "tip_off_id": "tip_off",
}
"""What a route's argument names; a route with another argument must be entered here."""

CODES = {"item": 101, "own_item": OWN_ITEM, "change_id": CHANGE}
"""Codes of data items: of the catalogue, and as every agency is planted with one of its own; and a
row of the directory, which is no agency's."""

TEXTS = {"token": "bm9ib2R5", "code": "nobody", "wire_id": "220182-1", "rest": "nowhere"}
FIXED: dict[str, str | int] = {"item": CODES["item"], **TEXTS}
NOBODYS = 202611099999999999
MOST_STATES = 11
"""No machine has more states; what is planted comes in the order of the states."""
REDIRECTS = {302, 303}
ONE_PERSONS = {"tip_offs.show": "director", "own_looks.show": "intake_officer"}
"""Pages of rows that are not everybody's at the agency; a role that sees some of those planted."""
ENDS_SESSION = {"accounts.sign_out_now"}
OWN_COUNTY, OWN_CITY = "榆树市", "长春市"
STRANGERS = {
    OWN_COUNTY: {
        "parent": "长春市",
        "above it": "吉林省",
        "sibling": "双阳区",
        "other province": "增城区",
    },
    OWN_CITY: {
        "parent": "吉林省",
        "child": "榆树市",
        "sibling": "吉林市",
        "other province": "广州市",
    },
}
FORM = {
    "reason": "护栏测试",
    "text": "护栏测试",
    "revision": "0",
    "rev": "0",
    "how": "光盘",
    "on": "2026-11-05",
}


@dataclass(frozen=True)
class Seat:
    """Somebody at work, and whose rows are theirs."""

    person: Person
    role: str

    def owns(self, place: Place) -> bool:
        who = self.person.actor
        if place.agency_id != who.agency_id:
            return False
        if self.person.kind == "staff":
            return True
        if place.unit_id == 0:
            return False
        return place.unit_id == who.unit_id and who.desk_id in {0, place.desk_id}


def seats(watched: Watched, region: str) -> list[Seat]:
    """One person for each role of an agency and its units; last the one who can lock out others."""
    found = []
    for role in sorted(PERMISSIONS, key="system_administrator".__eq__):
        people = watched.world.people_of(region, role)
        if people:
            found.append(Seat(people[0], role))
    return found


def routes(watched: Watched) -> Iterator[tuple[Rule, str]]:
    for rule in watched.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if not rule.endpoint.endswith("static") and rule.endpoint not in ENDS_SESSION:
                yield rule, method


def test_the_guard_knows_what_every_argument_names(watched: Watched) -> None:
    arguments = {name for rule, _ in routes(watched) for name in rule.arguments}
    assert arguments <= NAMES.keys() | CODES.keys() | TEXTS.keys() | {"agency_id"}


def test_every_role_sits_somewhere(watched: Watched) -> None:
    roles = {seat.role for region in STRANGERS for seat in seats(watched, region)}
    assert roles == PERMISSIONS.keys()


def places_with(watched: Watched, table: str) -> dict[Place, list[int]]:
    """The ids of a table by owner; accounts and sharing units come from the world, in the order they
    were opened."""
    if table == "sharing unit":
        units = [unit for unit in watched.world.units.values() if unit.kind == "sharing"]
        return {Place(unit.agency_id, unit.id): [unit.id] for unit in units}
    if table != "account":
        return watched.planted.ids[table]
    found: dict[Place, list[int]] = {}
    for person in reversed(list(watched.world.people.values())):
        who = person.actor
        place = Place(who.agency_id, who.unit_id, who.desk_id)
        found.setdefault(place, []).append(who.account_id)
    return found


def strangers(watched: Watched, seat: Seat, table: str, region: str) -> dict[str, list[int]]:
    """For each kind of stranger an id of theirs; the kinds take turns with the first state and one
    from the middle, as the wall knows nothing of states."""
    found: dict[str, list[int]] = {}
    names = {watched.world.agency(name).id: kind for kind, name in STRANGERS[region].items()}
    for place, ids in places_with(watched, table).items():
        if seat.owns(place):
            continue
        inside = "other desk" if place.desk_id else "other unit"
        kind = inside if place.agency_id == seat.person.agency_id else names.get(place.agency_id)
        if kind:
            turn = len(found) % 2 * len(ids) // 2
            found.setdefault(kind, [ids[turn]])
    return found


def url_for(watched: Watched, rule: Rule, ids: dict[str, int | str]) -> str:
    adapter = watched.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, ids)


def codes_of(rule: Rule) -> dict[str, int]:
    """The codes that a route names."""
    return {name: code for name, code in CODES.items() if name in rule.arguments}


def arguments(rule: Rule, id_of: dict[str, int], agency_id: int) -> dict[str, int | str]:
    """Values for a route's arguments: ids as given, texts that lead nowhere."""
    return {
        name: agency_id if name == "agency_id" else id_of.get(name, FIXED.get(name, 0))
        for name in rule.arguments
    }


def call(browser: Browser, method: str, url: str, id_: int) -> TestResponse:
    """A page, or a form with everything a form may carry: ids in the address and in the body."""
    if method == "GET":
        return browser.get(url)
    return browser.post(url, {**FORM, "ids": [f"{id_}:0"], "lists": [id_], "list_ids": [id_]})


def words_of(answer: TestResponse) -> bytes:
    """Everything an answer says: headers, body, and what is packed or printed in it."""
    data = answer.get_data()
    parts = [str(answer.headers).encode(), data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts += [archive.read(info) for info in archive.infolist() if not info.flag_bits & 1]
    if data[:5] == b"%PDF-":
        printed = subprocess.run(
            ["pdftotext", "-", "-"], input=data, stdout=subprocess.PIPE, check=True
        )
        parts.append(printed.stdout)
    return b"\n".join(parts)


def told(answer: TestResponse) -> tuple[int, str, str]:
    """An answer without what differs from one time to the next: tokens, form ids, the id asked
    for. Two answers that are the same in this tell nobody whether a row exists."""
    data = answer.get_data()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if not name.startswith("docProps")]
            data = b"".join(archive.read(name) for name in names)
    page = data.decode(errors="replace")
    page = re.sub(r'value="[^"]{30,}"', "", page)
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page)
    numbers = re.compile(r"\d{15,}")
    return answer.status_code, numbers.sub("ID", page), numbers.sub("ID", answer.location or "")


def fingerprints(watched: Watched) -> dict[tuple[str, int], str]:
    """A digest of all rows of every table, by agency."""
    found: dict[tuple[str, int], str] = {}
    with as_owner(watched.urls.owner) as connection:
        for name, table in metadata.tables.items():
            if wall_of(table).directory:
                continue
            digests = connection.execute(
                text(
                    f"SELECT agency_id, md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t GROUP BY 1"
                )
            )
            found |= {(name, agency): digest for agency, digest in digests}
    return found


def try_strangers(watched: Watched, region: str, refused_elsewhere: Set[str] = frozenset()) -> None:
    """Everybody of an agency asks for what is not theirs; what a role may not ask for at all is
    left out where that is tried elsewhere."""
    before = fingerprints(watched)
    wrong: list[str] = []
    for seat in seats(watched, region):
        browser = sign_in(watched.app, seat.person)
        for rule, method in routes(watched):
            if seat.role in refused_elsewhere and not may_ask(watched, seat, rule):
                continue
            wrong += [
                f"{seat.role} {method} {rule.rule}: {fault}"
                for fault in stranger_faults(watched, seat, browser, rule, method, region)
            ]
    own = watched.world.agency(region).id
    after = fingerprints(watched)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    wrong += [f"{table} of {agency} was changed" for table, agency in changed if agency != own]
    assert not wrong, "\n".join(wrong)


def may_ask(watched: Watched, seat: Seat, rule: Rule) -> bool:
    """Whether a role has the permission of a page."""
    permission = getattr(watched.app.view_functions[rule.endpoint], DECLARED)
    return permission == ANYONE or seat.person.actor.may(permission)


def stranger_faults(
    watched: Watched, seat: Seat, browser: Browser, rule: Rule, method: str, region: str
) -> Iterator[str]:
    """What goes wrong when this person asks for what is not theirs."""
    named = sorted(NAMES[name] for name in rule.arguments if name in NAMES)
    table = named[0] if named else "household_case"
    own_agency = seat.person.agency_id

    def ask(id_: int) -> TestResponse:
        url = url_for(watched, rule, arguments(rule, dict.fromkeys(NAMES, id_), own_agency))
        return call(browser, method, url, id_)

    missing = ask(NOBODYS)
    if not may_ask(watched, seat, rule):
        permission = getattr(watched.app.view_functions[rule.endpoint], DECLARED)
        # Where only signed messages are taken, a cookie is nobody.
        refused = {401, 404} if permission in SYSTEMS else {403}
        if missing.status_code not in refused:
            yield f"no permission, and yet {missing.status_code}"
        return
    if missing.status_code >= 500:
        yield f"a missing row: {missing.status_code}"
    if named and missing.status_code < 400:
        yield f"a missing row: {missing.status_code}"
    if method == "GET" and not named:
        # Such an address names nothing: it is the same for every stranger.
        yield from (
            f"shows {place.tag}" for place in seen(words_of(missing)) if not seat.owns(place)
        )
        return
    for kind, ids in strangers(watched, seat, table, region).items():
        for id_ in ids:
            answer = ask(id_)
            compared = named or missing.status_code in REDIRECTS
            if compared and told(answer) != told(missing):
                # A page shows what earlier acts left to be told: the next one has no more to tell.
                answer, missing = ask(id_), ask(NOBODYS)
                if told(answer) != told(missing):
                    yield f"{kind}: {answer.status_code}, a missing row {missing.status_code}"
            for place in seen(words_of(answer)):
                if not seat.owns(place):
                    yield f"{kind}: shows {place.tag}"


def test_a_county_meets_no_stranger(watched: Watched) -> None:
    """People of 榆树市 with ids of 长春市, 吉林省, 双阳区, 增城区, another unit, another desk."""
    try_strangers(watched, OWN_COUNTY)


@pytest.mark.campaign
def test_a_city_meets_no_stranger(watched: Watched) -> None:
    """People of 长春市 with ids of its parent, its child, a sibling, another province."""
    tried = {seat.role for seat in seats(watched, OWN_COUNTY)}
    try_strangers(watched, OWN_CITY, refused_elsewhere=tried)


def own_choices(watched: Watched, seat: Seat, named: list[str]) -> Iterator[dict[str, int]]:
    """Own ids for a route's arguments, of three places: first each state once, the places taking
    turns, then again with the turns moved on. Rows planted together stand at the same position."""
    tables = [places_with(watched, NAMES[name]) for name in named]
    places = list(islice(filter(seat.owns, tables[0]), 3))
    rows = [
        list(islice(zip(*(table[place] for table in tables), strict=False), MOST_STATES))
        for place in places
        if all(place in table for table in tables)
    ]
    for turn in range(len(rows)):
        for state in range(max(map(len, rows))):
            here = rows[(state + turn) % len(rows)]
            if state < len(here):
                yield dict(zip(named, here[state], strict=True))


HOLES = [("household_case", "desk_select"), ("letter_out", "desk_select")]


@pytest.mark.parametrize(("table", "policy"), HOLES)
def test_a_hole_in_the_wall_is_seen(watched: Watched, table: str, policy: str) -> None:
    """The control: with one policy gone, pages show strangers, and the guard says so."""
    officer = next(seat for seat in seats(watched, OWN_COUNTY) if seat.role == "intake_officer")
    browser = sign_in(watched.app, officer.person)
    own = "(agency_id = current_setting('app.agency_id')::int)"
    found: list[str] = []
    try:
        with as_owner(watched.urls.owner) as connection:
            connection.execute(text(f"ALTER POLICY {policy} ON {table} USING (true)"))
        for rule, method in routes(watched):
            if method == "GET":
                found += stranger_faults(watched, officer, browser, rule, method, OWN_COUNTY)
    finally:
        with as_owner(watched.urls.owner) as connection:
            connection.execute(text(f"ALTER POLICY {policy} ON {table} USING {own}"))
    assert found
