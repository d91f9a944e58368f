"""The portal serves the exchange interface: a unit's system pulls requests and posts answers.

No cookie, no session, no form: each message is signed, and runs in the role of its unit.
"""

import json
import logging
import re
from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, g, request
from http_message_signatures.structures import CaseInsensitiveDict
from limits import RateLimitItemPerMinute
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests

from app.accounts.current import ANYONE, permitted
from app.exchange.outbox import verbs
from app.exchange.outbox.once import Post
from app.exchange.outbox.parties import Party, admit
from app.web.limits import limiter
from hedui_connector.wire import openapi, pages, problems
from hedui_connector.wire.limits import BASE_PATH, BYTES_PER_BODY, BYTES_PER_HEAD, LINES_PER_PAGE
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.signatures import Request, sign_response
from hedui_connector.wire.signatures import Response as SignedResponse
from tenants import scope
from tenants.calendar import instant

blueprint = Blueprint("interface", __name__, url_prefix=BASE_PATH)
log = logging.getLogger("hedui.exchange")
JSON = "application/json"
CURSOR = re.compile(r"[0-9]{1,12}")
ADDRESSES = (
    (re.compile(r"openapi\.json|outbox(/[^/]+(/lines)?)?|requests/[^/]+/answers"), "GET, HEAD"),
    (re.compile(r"outbox/[^/]+/(receipt|answers)|requests/[^/]+/(lines|taken)"), "POST"),
    (re.compile(r"requests/[^/]+"), "GET, HEAD, PUT"),
)
"""What there is, and by which methods."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY")
PER_KEY = RateLimitItemPerMinute(600)
WAIT_S = 60


def served(
    most: int, media_type: str = "", direction: str = "pulls"
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """A route of the interface: the body within its size, the signature, then the verb in the
    unit's own scope."""

    def declare(view: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(view)
        def route(**values: str) -> Response:
            body, message = _body(most), _as_signed()
            party = admit(message, body, direction)
            g.signed, g.party, g.body = message, party, body
            if not limiter.limiter.hit(PER_KEY, "exchange", party.keyid):
                raise Refusal("too_many")
            scope.bind(party.scope(read_only=request.method in {"GET", "HEAD"}))
            if media_type and request.mimetype != media_type:
                raise Refusal("wrong_type", expected=media_type)
            return view(party, **values)

        return permitted("exchange.interface")(route)

    return declare


@blueprint.get("/outbox")
@served(0)
def listing(party: Party) -> Response:
    """The requests that wait for the unit."""
    only_arguments()
    return as_json(verbs.read_listing(party))


@blueprint.get("/outbox/<wire_id>")
@served(0)
def head(party: Party, wire_id: str) -> Response:
    """The head of one."""
    only_arguments()
    return as_json(verbs.read_head(party, wire_id))


@blueprint.get("/outbox/<wire_id>/lines")
@served(0)
def lines(party: Party, wire_id: str) -> Response:
    """A page of its lines after a cursor."""
    after, most = paging()
    page = verbs.read_lines(party, wire_id, after, most)
    return Response(page, content_type=pages.MEDIA_TYPE)


@blueprint.post("/outbox/<wire_id>/receipt")
@served(BYTES_PER_HEAD, JSON)
def receipt(party: Party, wire_id: str) -> Response:
    """The unit has every line: its receipt."""
    return as_json(verbs.post_receipt(as_post(party), wire_id))


@blueprint.post("/outbox/<wire_id>/answers")
@served(BYTES_PER_BODY, pages.MEDIA_TYPE)
def answers(party: Party, wire_id: str) -> Response:
    """A page of answers."""
    return as_json(verbs.post_answers(as_post(party), wire_id))


@blueprint.get("/openapi.json")
@permitted(ANYONE)
def description() -> Response:
    """What the portal serves, as OpenAPI 3.1; it names nobody."""
    document = openapi.document()
    return Response(json.dumps(document, ensure_ascii=False), content_type=JSON)


@blueprint.route("/<path:rest>", methods=METHODS)
@permitted("exchange.interface")
def elsewhere(rest: str) -> Response:
    """Any other address, or one of these by another method."""
    allowed = next((methods for form, methods in ADDRESSES if form.fullmatch(rest)), "")
    response = _refused(Refusal("wrong_method" if allowed else "no_such_address"))
    if allowed:
        response.headers["Allow"] = allowed
    return response


def _body(most: int) -> bytes:
    length = request.content_length
    if length is None and request.method in ("POST", "PUT"):
        raise Refusal("length_needed")
    if (length or 0) > most:
        raise Refusal("too_large", most=most)
    return request.get_data(cache=False)


def _as_signed() -> Request:
    environ = request.environ
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    target = str(raw or request.full_path.removesuffix("?"))
    return Request(request.method, target, CaseInsensitiveDict(request.headers.items()))


def as_post(party: Party) -> Post:
    only_arguments()
    return Post(party, request.headers.get("Idempotency-Key", ""), g.signed.target, g.body)


def given_body() -> bytes:
    """The body of the message at hand."""
    return bytes(g.body)


def only_arguments(*allowed: str) -> None:
    if not request.args.keys() <= set(allowed):
        raise Refusal("bad_query", most=LINES_PER_PAGE)


def paging() -> tuple[int, int]:
    """The cursor and the size of the page that is asked for."""
    only_arguments("after", "limit")
    after = request.args.get("after", "0")
    limit = request.args.get("limit", str(LINES_PER_PAGE))
    is_right = CURSOR.fullmatch(after) and CURSOR.fullmatch(limit)
    if not is_right or not 0 < int(limit) <= LINES_PER_PAGE:
        raise Refusal("bad_query", most=LINES_PER_PAGE)
    return int(after), int(limit)


def as_json(message: BaseModel) -> Response:
    return Response(message.model_dump_json(), content_type=JSON)


@blueprint.errorhandler(Refusal)
def _refused(error: Refusal) -> Response:
    problem = error.problem
    response = Response(
        problem.model_dump_json(), status=problem.status, content_type=problems.MEDIA_TYPE
    )
    if problem.code == "too_many":
        response.headers["Retry-After"] = str(WAIT_S)
    return response


@blueprint.errorhandler(HTTPException)
def _not_served(error: HTTPException) -> Response:
    if isinstance(error, TooManyRequests):
        return _refused(Refusal("too_many"))
    if isinstance(error, RequestEntityTooLarge):
        return _refused(Refusal("too_large", most=BYTES_PER_BODY))
    return _failed(error)


@blueprint.errorhandler(Exception)
def _failed(error: Exception) -> Response:
    """A fault of this program; its traceback goes to the log and holds nothing that was bound."""
    log.error("500", exc_info=error)
    return _refused(Refusal("internal"))


@blueprint.after_request
def _sign(response: Response) -> Response:
    """Answer a verified message under our own signature; nobody else gets one."""
    if "signed" in g:
        body = response.get_data()
        headers = CaseInsensitiveDict(response.headers.items())
        signed = SignedResponse(response.status_code, headers, g.signed)
        sign_response(signed, body, g.party.ours, now=instant())
        response.headers.update(dict(headers.items()))
    return response
