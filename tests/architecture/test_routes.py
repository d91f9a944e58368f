"""Every route says who may come in, and nothing acts on a GET (DESIGN §3.5)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, text
from werkzeug.routing import Rule

from app.accounts.current import ANYONE, DECLARED, permitted
from app.accounts.permissions import ALL_PERMISSIONS, EVERYONE, PERMISSIONS, SYSTEMS
from app.audit.models import AuditRow
from app.cases.transitions import TRANSITIONS
from app.web import commands, factory
from scripts.places import ROOT
from tenants.calendar import instant
from tenants.database import db
from tenants.settings import Settings
from tests.architecture.catalogue import as_owner
from tests.architecture.source import called, modules
from tests.isolation.browser import sign_in
from tests.servers import DatabaseUrls
from tests.world.builder import build_world

OPEN_TO_ANYONE = {
    "accounts.show_sign_in": "the page before one is anybody",
    "accounts.sign_in_now": "the same",
    "public.verify": "the page behind the QR code",
    "public.info": "what the public may know of the work",
    "public.info_of": "the same of one agency",
    "tip_off.new": "a tip-off needs no name; what is written goes into the agency's box",
    "tip_off.tell": "the same",
    "tip_off.ask": "whoever has number and code; the database shows the rows of that code only",
    "tip_off.follow": "the same",
    "tip_off.add": "the same",
    "interface.description": "the description of the exchange interface, which names nobody",
}
READ_ONLY = {"GET", "HEAD", "OPTIONS"}


def routes(app: Flask) -> Iterator[Rule]:
    """Every route but the static files."""
    return (rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static"))


def declared(app: Flask, rule: Rule) -> str:
    return str(getattr(app.view_functions[rule.endpoint], DECLARED, ""))


def test_every_route_declares_a_permission_of_the_table(app: Flask) -> None:
    undeclared = [r.rule for r in routes(app) if declared(app, r) not in ALL_PERMISSIONS | {ANYONE}]
    assert undeclared == []


def test_few_routes_are_open_to_anyone_and_each_says_why(app: Flask) -> None:
    found = {r.endpoint for r in routes(app) if declared(app, r) == ANYONE}
    assert found == OPEN_TO_ANYONE.keys()


def test_every_permission_is_asked_for_somewhere(app: Flask) -> None:
    """By a route, a transition, or a verb (``actor.must``, ``actor.may``)."""
    asked = {declared(app, rule) for rule in routes(app)} | {row.permission for row in TRANSITIONS}
    for module in modules():
        for call in module.calls():
            if called(call) in {"must", "may"} and call.args:
                asked.add(getattr(call.args[0], "value", ""))
    assert ALL_PERMISSIONS - asked == set()


def test_every_permission_of_a_transition_is_somebodys() -> None:
    assert {row.permission for row in TRANSITIONS} - {""} <= EVERYONE.union(*PERMISSIONS.values())


def test_no_person_may_do_what_a_system_does() -> None:
    assert not SYSTEMS & EVERYONE.union(*PERMISSIONS.values())


def test_a_permission_that_no_table_has_stops_the_import() -> None:
    with pytest.raises(LookupError, match=r"case\.burn"):
        permitted("case.burn")


def test_a_route_that_declares_nothing_stops_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def register_one_more(app: Flask) -> None:
        app.add_url_rule("/forgotten", "forgotten", lambda: "open to everybody")

    monkeypatch.setattr(commands, "register", register_one_more)
    with pytest.raises(RuntimeError, match="forgotten declares no permission"):
        factory.create_app(settings)


def _write() -> str:
    row = insert(AuditRow).values(at=instant(), account_id=0, verb="guard.wrote", detail={})
    db.session.execute(row.inline())
    return "written"


@pytest.fixture
def writing_app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The portal with a page that writes, whatever the method."""

    def register_one_more(app: Flask) -> None:
        view = permitted("home.read")(_write)
        app.add_url_rule("/guard/write", "guard", view, methods=["GET", "POST"])

    monkeypatch.setattr(commands, "register", register_one_more)
    portal = factory.create_app(settings)
    yield portal
    with portal.app_context():
        db.session.remove()
        db.engine.dispose()


def written(database_owner: str) -> int:
    with as_owner(database_owner) as connection:
        query = text("SELECT count(*) FROM audit WHERE verb = 'guard.wrote'")
        return int(connection.execute(query).scalar_one())


def test_a_get_cannot_write_and_a_post_can(
    writing_app: Flask, database: DatabaseUrls, caplog: pytest.LogCaptureFixture
) -> None:
    """李敏 opens a page that tries to write: the database refuses. Her POST is the control."""
    owner = database.owner
    limin = sign_in(writing_app, build_world(writing_app).person("李敏"))
    assert limin.client.get("/guard/write").status_code == 500
    assert "read-only transaction" in caplog.text
    assert "guard.wrote" not in caplog.text, "what was bound to a statement reached the log"
    assert written(owner) == 0
    assert limin.post("/guard/write").status_code == 200
    assert written(owner) == 1


def test_a_post_without_the_token_of_its_page_is_refused(
    writing_app: Flask, database: DatabaseUrls
) -> None:
    limin = sign_in(writing_app, build_world(writing_app).person("李敏"))
    assert limin.client.post("/guard/write").status_code == 400
    assert written(database.owner) == 0


def test_every_post_is_refused_without_the_token(app: Flask) -> None:
    """Enumerated: no route is exempt from the check of the token."""
    build_world(app, settle=False)
    client = app.test_client()
    for rule in routes(app):
        if rule.methods and rule.methods - READ_ONLY:
            values = dict.fromkeys(rule.arguments, "1")
            with app.test_request_context():
                url = rule.build(values)
            assert url is not None, rule.rule
            answer = client.post(url[1])
            if declared(app, rule) in SYSTEMS:
                # No cookie signs anybody in there, so there is nothing to forge: see its own tests.
                assert answer.status_code >= 400, rule.rule
                assert "Set-Cookie" not in answer.headers
            else:
                assert answer.status_code == 400, rule.rule


FORMS = re.compile(r"<form\b[^>]*>", re.IGNORECASE)


def test_no_template_sends_private_words_in_the_address() -> None:
    """A form that searches for people is a POST: a GET form has no place for names."""
    private = {"name", "id_number", "phone"}
    found = []
    for path in Path(ROOT / "templates").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for form in re.split(r"(?=<form\b)", page)[1:]:
            body = form.split("</form>")[0]
            if 'method="post"' not in body.split(">")[0]:
                found += [
                    f"{path.name}: {field}"
                    for field in private
                    if re.search(rf'<input[^>]*\bname="{field}"', body)
                ]
    assert found == []
