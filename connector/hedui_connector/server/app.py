"""The unit's half of the interface as a Flask application."""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from flask import Flask, Response, g, request
from http_message_signatures.structures import CaseInsensitiveDict
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from hedui_connector.clock import instant
from hedui_connector.server import verbs
from hedui_connector.server.authentication import Gate, as_signed
from hedui_connector.server.once import Named, Post
from hedui_connector.store.database import Store
from hedui_connector.wire import openapi, pages, problems
from hedui_connector.wire.limits import BASE_PATH, BYTES_PER_BODY, BYTES_PER_HEAD
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.signatures import Key, sign_response
from hedui_connector.wire.signatures import Response as SignedResponse

JSON = "application/json"
IDEMPOTENCY_KEY = re.compile(r"[!-~]{8,64}")
CURSOR = re.compile(r"[0-9]{1,12}")
ONE = f"{BASE_PATH}/requests/<request_id>"
logger = logging.getLogger("hedui_connector")


@dataclass(frozen=True)
class Parts:
    """What the application works with."""

    unit: str
    key: Key
    gate: Gate
    store: Store
    lines_per_page: int


def create_app(parts: Parts) -> Flask:
    """The application; it says nothing to whoever has not signed, but its own description."""
    app = Flask("hedui_connector", static_folder=None)
    app.url_map.strict_slashes = True
    _add_routes(app, parts)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _not_routed)
    app.register_error_handler(Exception, _failed)

    @app.after_request
    def sign(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        if "signed" in g:
            body = response.get_data()
            headers = CaseInsensitiveDict(response.headers.items())
            signed = SignedResponse(response.status_code, headers, g.signed)
            sign_response(signed, body, parts.key, now=instant())
            response.headers.update(dict(headers.items()))
        return response

    return app


def _add_routes(app: Flask, parts: Parts) -> None:
    store = parts.store

    def answered(
        most: int, media_type: str, verb: Callable[[Named, bytes], Response]
    ) -> Callable[[str], Response]:
        """A route: the body within its size, then the signature, then the verb."""

        @wraps(verb)
        def route(request_id: str) -> Response:
            body = _body(most)
            message = as_signed(request)
            caller = parts.gate.admit(message, body)
            g.signed, g.keyid, g.target = message, caller.key.keyid, message.target
            if media_type and request.mimetype != media_type:
                raise Refusal("wrong_type", expected=media_type)
            return verb(Named(caller.agency, request_id), body)

        return route

    def put_request(named: Named, body: bytes) -> Response:
        return _json(verbs.put_request(store, parts.unit, named, body))

    def post_lines(named: Named, body: bytes) -> Response:
        return _json(verbs.post_lines(store, named, _post(body)))

    def get_status(named: Named, body: bytes) -> Response:
        return _json(verbs.read_status(store, named))

    def get_answers(named: Named, body: bytes) -> Response:
        after, most = _paging(parts.lines_per_page)
        page = verbs.read_answers(store, named, after, most)
        return Response(page, content_type=pages.MEDIA_TYPE)

    def post_taken(named: Named, body: bytes) -> Response:
        return _json(verbs.post_taken(store, named, _post(body)))

    app.put(ONE)(answered(BYTES_PER_HEAD, JSON, put_request))
    app.post(f"{ONE}/lines")(answered(BYTES_PER_BODY, pages.MEDIA_TYPE, post_lines))
    app.get(ONE)(answered(0, "", get_status))
    app.get(f"{ONE}/answers")(answered(0, "", get_answers))
    app.post(f"{ONE}/taken")(answered(BYTES_PER_HEAD, JSON, post_taken))
    described = json.dumps(openapi.document(), ensure_ascii=False)

    @app.get(f"{BASE_PATH}/openapi.json")
    def get_description() -> Response:
        return Response(described, content_type=JSON)


def _body(most: int) -> bytes:
    length = request.content_length
    if length is None and request.method in ("PUT", "POST"):
        raise Refusal("length_needed")
    if (length or 0) > most:
        raise Refusal("too_large", most=most)
    return request.get_data(cache=False)


def _post(body: bytes) -> Post:
    key = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise Refusal("key_missing")
    return Post(g.keyid, key, g.target, body)


def _paging(most: int) -> tuple[int, int]:
    """The cursor and the size of the page that is asked for."""
    after = request.args.get("after", "0")
    limit = request.args.get("limit", str(most))
    is_right = CURSOR.fullmatch(after) and CURSOR.fullmatch(limit) and int(limit) > 0
    if not is_right or not request.args.keys() <= {"after", "limit"}:
        raise Refusal("bad_query", most=most)
    return int(after), min(int(limit), most)


def _json(message: BaseModel) -> Response:
    return Response(message.model_dump_json(), content_type=JSON)


def _refused(error: Refusal) -> Response:
    problem = error.problem
    body = problem.model_dump_json()
    return Response(body, status=problem.status, content_type=problems.MEDIA_TYPE)


def _not_routed(error: HTTPException) -> Response:
    if isinstance(error, MethodNotAllowed):
        response = _refused(Refusal("wrong_method"))
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        return response
    if isinstance(error, NotFound):
        return _refused(Refusal("no_such_address"))
    return _failed(error)


def _failed(error: Exception) -> Response:
    """A fault of this program: its traceback holds no message, so it can be logged."""
    logger.error("500", exc_info=error)
    return _refused(Refusal("internal"))
