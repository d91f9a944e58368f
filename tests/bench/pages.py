"""How long the server takes for the main pages, with 100,000 cases in the agency."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from flask.testing import FlaskClient
from sqlalchemy import text

from app.accounts.service import open_account
from tenants.calendar import business_date
from tenants.scope import acting_for
from tenants.vault import Vault
from tests.architecture.filling import STEP, fill
from tests.bench.measure import Figure, median_seconds
from tests.bench.serving import PASSWORD
from tests.bench.stage import Stage

LOGIN = "bench-pages"
ROLES = ["intake_officer", "reviewer", "report_issuer", "exchange_operator"]
REPEATS = 5
AIM_MS = 300
MONTH = 10**12

_COUNT = text("SELECT count(*) FROM household_case WHERE agency_id = :agency")
_ONE = text(
    "SELECT max(id) AS id, max(entrustment_id) AS entrustment FROM household_case"
    " WHERE agency_id = :agency AND state = 'checking'"
)


def measure(stage: Stage, cases: int) -> Figure:
    """The slowest main page beside one that reads nothing of the desks; all in the details."""
    county = stage.tree.lowest
    with stage.owner.begin() as connection:
        there = connection.scalar(_COUNT, {"agency": county})
        fill(connection, county, own=max(cases // there - 1, 0), strangers=0)
        cases = connection.scalar(_COUNT, {"agency": county})
        one = connection.execute(_ONE, {"agency": county}).one()
    with stage.app.app_context(), acting_for(county, "registrar"):
        open_account(LOGIN, "李敏", PASSWORD, ROLES, valid_from=business_date())
    with _opening_copies():
        client = _signed_in(stage, county)
        took = {
            name: median_seconds(lambda path=path: _read(client, path), REPEATS)
            for name, path in _paths(one.id, one.entrustment).items()
        }
        took["search by name"] = median_seconds(lambda: _search(client), REPEATS)
        bare = median_seconds(lambda: _read(client, "/keys"), REPEATS)
    slowest = max(took, key=lambda name: took[name])
    return Figure(
        name="pages",
        what=f"{slowest}, the slowest of {len(took)} main pages, {cases:,} cases in the agency",
        against=f"the page of keys, which reads nothing of the desks (aim {AIM_MS} ms each)",
        ours=took[slowest],
        bare=bare,
        details={"cases": cases, **{f"{name} ms": took[name] * 1000 for name in took}},
    )


def _paths(case_id: int, entrustment_id: int) -> dict[str, str]:
    return {
        "home": "/",
        "case list": "/cases",
        "case list filtered": "/cases?state=checking&scheme=subsistence",
        "check": "/intake",
        "check of an entrustment": f"/intake/{entrustment_id}",
        "review": "/review",
        "report desk": "/reports",
        "reports waiting": "/reports?list=waiting",
        "exchange": "/exchange",
        "case page": f"/cases/{case_id}",
        "entrustment": f"/cases/entrustments/{entrustment_id}",
    }


@contextmanager
def _opening_copies() -> Iterator[None]:
    """Copies of rows keep the sealed values of their originals: open them as those."""
    real = Vault._open

    def opened(self: Vault, place: str, sealed: bytes) -> bytes:
        table, _, number = place.partition(":")
        if number.isdigit():
            month, rest = divmod(int(number), MONTH)
            place = f"{table}:{month * MONTH + rest % STEP}"
        return real(self, place, sealed)

    with mock.patch.object(Vault, "_open", opened):
        yield


def _signed_in(stage: Stage, county: int) -> FlaskClient:
    client = stage.app.test_client()
    form = {"agency": county, "login": LOGIN, "password": PASSWORD}
    answer = client.post("/sign-in", data={"csrf_token": _token(client, "/sign-in"), **form})
    if answer.status_code not in (302, 303):
        raise RuntimeError(f"signing in ended with {answer.status_code}")
    return client


def _token(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    if found is None:
        raise RuntimeError(f"{path} has no token")
    return found[1]


def _read(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} ended with {answer.status_code}")


def _search(client: FlaskClient) -> None:
    form = {"csrf_token": _token(client, "/keys"), "q": "赵国强"}
    answer = client.post("/search", data=form, follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"the search ended with {answer.status_code}")
