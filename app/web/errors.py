"""Errors as pages, each said once, and the headers that every answer carries."""

import secrets

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.accounts.actor import Forbidden
from tenants.calendar import instant
from tenants.messages import Fault

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def harden(response: Response) -> Response:
    """Headers of every answer; pages with private data are kept nowhere."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    # Only a page of public information says of itself that anybody may keep it.
    if not (request.endpoint or "").endswith("static") and not response.cache_control.public:
        headers["Cache-Control"] = "no-store"
    return response


def register(app: Flask) -> None:
    """Install the error pages. Templates: ``errors/<code>.html`` and ``errors/fault.html``."""

    @app.errorhandler(Fault)
    def told(fault: Fault) -> ResponseReturnValue:
        status = 403 if isinstance(fault, Forbidden) else 422
        return render_template("errors/fault.html", message=str(fault)), status

    @app.errorhandler(LookupError)
    def missing(_error: LookupError) -> ResponseReturnValue:
        # A KeyError or IndexError is a mistake in the program, not a row that is not there.
        if type(_error) is not LookupError:
            raise _error
        return render_template("errors/404.html"), 404

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> ResponseReturnValue:
        return render_template("errors/csrf.html"), 400

    @app.errorhandler(RateLimitExceeded)
    def too_many(_error: RateLimitExceeded) -> ResponseReturnValue:
        return render_template("errors/429.html"), 429

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        known = {400, 403, 404, 405, 413, 429, 500}
        code = error.code if error.code in known else 400
        reference = _noted(app) if code == 500 else None
        return render_template(f"errors/{code}.html", reference=reference), error.code


def _noted(app: Flask) -> str:
    """The number under which the log has the fault; Flask has just written the fault itself."""
    reference = f"{instant():%m%d-%H%M%S}-{secrets.token_hex(2)}"
    app.logger.error("Shown to the person as %s", reference)
    return reference
