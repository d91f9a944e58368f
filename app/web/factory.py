"""The application: parts put together, every route's permission known, one transaction each."""

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from app.accounts.current import ANYONE, DECLARED
from app.accounts.permissions import SYSTEMS
from app.accounts.sign_in import SignedIn, resume
from app.exchange.outbox import routes as interface
from app.web import blueprints, commands, components, errors, gate, surroundings
from app.web.limits import limiter, limiter_uri
from tenants import database, scope
from tenants.calendar import (
    business_date,
    count_by,
    is_provisional,
    set_process_business_date,
    working_days_between,
)
from tenants.catalogue.known import own_items_read_by
from tenants.holidays.kept import calendar_in_scope
from tenants.own_items import read_own
from tenants.settings import Settings

LARGEST_UPLOAD = 64 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application.

    Raises ``RuntimeError`` at start for a route that declares no permission, and pydantic's
    ``ValidationError`` for settings that are missing or malformed.
    """
    settings = settings or Settings()
    app = Flask(__name__, static_folder="static", template_folder="../../templates")
    app.extensions["hedui.settings"] = settings
    app.config.update(
        SECRET_KEY=settings.hedui_secret_key.get_secret_value(),
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_NAME="hedui",
        RATELIMIT_STORAGE_URI=limiter_uri(settings.redis_url),
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.hedui_business_date:
        set_process_business_date(settings.hedui_business_date, allow=not settings.is_production)
    database.connect(app, settings)
    count_by(calendar_in_scope)
    own_items_read_by(read_own)
    _extend(app)
    blueprints.register(app)
    commands.register(app)
    errors.register(app)
    surroundings.register(app)
    _require_declared_permissions(app)
    return app


def _extend(app: Flask) -> None:
    Bootstrap5(app)
    CSRFProtect(app).exempt(interface.blueprint)
    limiter.init_app(app)
    components.install(
        app.jinja_env,
        today=business_date,
        working_days=working_days_between,
        is_provisional=is_provisional,
    )
    # Templates do not need the person, and a page about a broken database must not ask for them.
    login = LoginManager(app, add_context_processor=False)
    login.user_loader(resume)
    login.session_protection = None
    app.before_request(_enter)
    app.after_request(_leave)


def _enter() -> ResponseReturnValue | None:
    """Who is it, may they, and which scope do their statements run in."""
    if request.endpoint is None or request.endpoint.endswith("static"):
        return None
    permission = getattr(_view(request.endpoint), DECLARED)
    if permission == ANYONE:
        if gate.names_no_row():
            abort(404)
        gate.require_readable(path=False)
        return None
    if permission in SYSTEMS:
        # Its own blueprint verifies the signature and binds the scope of the unit that signed.
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.show_sign_in"))
    person: SignedIn = current_user
    scope.bind(person.scope(read_only=request.method in {"GET", "HEAD"}))
    if not person.actor.may(permission):
        abort(403)
    if gate.names_no_row():
        abort(404)
    gate.require_readable()
    return None


def _leave(response: Response) -> Response:
    """The one place that commits; a refused or failed request leaves nothing behind."""
    session = database.db.session
    if session.registry.has() and session().in_transaction():
        if request.method not in {"GET", "HEAD"} and response.status_code < 400:
            session.commit()
        else:
            session.rollback()
    return errors.harden(response)


def _view(endpoint: str) -> object:
    return current_app.view_functions[endpoint]


def _require_declared_permissions(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        if not endpoint.endswith("static") and not hasattr(view, DECLARED):
            raise RuntimeError(f"route {endpoint} declares no permission")
