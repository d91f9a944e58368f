"""The interface as an OpenAPI 3.1 document, made from the messages; both halves of it."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from hedui_connector.wire import models, pages, problems
from hedui_connector.wire.limits import BASE_PATH, INTERFACE, LINES_PER_PAGE

JSON = "application/json"
REFERENCE = "#/components/schemas/{model}"


@dataclass(frozen=True)
class Operation:
    """One operation: which half serves it, what goes in and out, which problems it may answer."""

    half: str
    method: str
    path: str
    name: str
    summary: str
    takes: type[BaseModel] | None
    gives: type[BaseModel]
    problems: tuple[str, ...]
    takes_page: bool = False
    gives_page: bool = False


ASKED = "asked side serves"
ASKING = "asking side serves"
ONE = f"{BASE_PATH}/requests/{{id}}"
OUTBOX = f"{BASE_PATH}/outbox"
FOR_ALL = ("unauthenticated", "too_many", "internal")
FOR_BODIES = ("bad_message", "too_large", "length_needed", "wrong_type")
FOR_POSTS = (*FOR_BODIES, "key_missing", "key_reused", "not_found", "conflict")

OPERATIONS = (
    Operation(
        *(ASKED, "put", ONE, "putRequest", "The head of a request; sent again it changes nothing"),
        *(models.Head, models.Status, (*FOR_BODIES, "conflict")),
    ),
    Operation(
        *(ASKED, "post", f"{ONE}/lines", "postLines", "A page of the request's lines, in order"),
        *(models.Line, models.Status, FOR_POSTS),
        takes_page=True,
    ),
    Operation(
        *(ASKED, "get", ONE, "getStatus", "How far the request is"),
        *(None, models.Status, ("not_found",)),
    ),
    Operation(
        *(ASKED, "get", f"{ONE}/answers", "getAnswers", "A page of answers after a cursor"),
        *(None, models.Answer, ("not_found", "bad_query", "gone")),
        gives_page=True,
    ),
    Operation(
        *(ASKED, "post", f"{ONE}/taken", "postTaken", "All answers are kept; they may be erased"),
        *(models.Taken, models.Status, (*FOR_POSTS, "not_answered")),
    ),
    Operation(
        *(ASKING, "get", OUTBOX, "getOutbox", "Requests that wait for the unit"),
        *(None, models.Listing, ()),
    ),
    Operation(
        *(ASKING, "get", f"{OUTBOX}/{{id}}", "getRequest", "The head of a request"),
        *(None, models.Head, ("not_found",)),
    ),
    Operation(
        *(ASKING, "get", f"{OUTBOX}/{{id}}/lines", "getLines", "A page of its lines"),
        *(None, models.Line, ("not_found", "bad_query")),
        gives_page=True,
    ),
    Operation(
        *(ASKING, "post", f"{OUTBOX}/{{id}}/receipt", "postReceipt"),
        "The unit has all lines; the reply clock starts",
        *(models.Receipt, models.Status, FOR_POSTS),
    ),
    Operation(
        *(ASKING, "post", f"{OUTBOX}/{{id}}/answers", "postAnswers"),
        "A page of answers, in order",
        *(models.Answer, models.Status, FOR_POSTS),
        takes_page=True,
    ),
)


def document(half: str = "") -> dict[str, Any]:
    """The document, ready for JSON; of one half where a server speaks for itself."""
    operations = [op for op in OPERATIONS if half in ("", op.half)]
    used = {model for op in operations for model in (op.takes, op.gives) if model is not None}
    used |= {pages.EndLine, problems.Problem}
    ordered = sorted(used, key=lambda model: model.__name__)
    _, schemas = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=REFERENCE
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": INTERFACE, "version": "1", "description": _DESCRIPTION},
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


_DESCRIPTION = (
    "Every request is signed (RFC 9421, label hedui, tag hedui-exchange/1) over @method, @path, "
    "@query, content-digest, and content-type and idempotency-key where present, with created, "
    "expires (at most 300 s later), nonce (once) and keyid. A response covers @status, "
    "content-digest, content-type and the request's signature. A page is NDJSON of at most "
    f"{LINES_PER_PAGE} rows, closed by an EndLine; it is read whole or not at all."
)


def _operation(operation: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.half],
        "parameters": _parameters(operation),
        "responses": {
            "200": {
                "description": operation.summary,
                "content": _content(operation.gives, operation.gives_page),
            },
            **_refusals(operation),
        },
    }
    if operation.takes is not None:
        made["requestBody"] = {
            "required": True,
            "content": _content(operation.takes, operation.takes_page),
        }
    return made


def _content(model: type[BaseModel], is_page: bool) -> dict[str, Any]:
    reference = {"$ref": REFERENCE.format(model=model.__name__)}
    if not is_page:
        return {JSON: {"schema": reference}}
    rows = {"anyOf": [reference, {"$ref": REFERENCE.format(model=pages.EndLine.__name__)}]}
    described = "One JSON object a line: the rows, then one EndLine"
    return {
        pages.MEDIA_TYPE: {"schema": {"type": "string", "description": described}, "x-row": rows}
    }


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "{id}" in operation.path:
        pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
        found.append(_parameter("id", "path", {"type": "string", "pattern": pattern}, True))
    if operation.method == "post":
        text = {"type": "string", "pattern": "^[!-~]{8,64}$"}
        found.append(_parameter("Idempotency-Key", "header", text, True))
    if operation.gives_page:
        cursor = {"type": "string", "pattern": "^[0-9]{1,12}$", "default": "0"}
        most = {"type": "integer", "minimum": 1, "maximum": LINES_PER_PAGE}
        found.append(_parameter("after", "query", cursor, False))
        found.append(_parameter("limit", "query", most, False))
    return found


def _parameter(name: str, where: str, schema: dict[str, Any], required: bool) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": schema}


def _refusals(operation: Operation) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for code in (*FOR_ALL, *operation.problems):
        by_status.setdefault(problems.STATUS[code], []).append(code)
    reference = {"$ref": REFERENCE.format(model=problems.Problem.__name__)}
    return {
        str(status): {
            "description": ", ".join(codes),
            "content": {problems.MEDIA_TYPE: {"schema": reference}},
        }
        for status, codes in sorted(by_status.items())
    }
