"""The asked half of the interface: another deployment sends us its requests and fetches answers.

The same door as for units that pull (``outbox.routes``): each message is signed, and runs in the
role of the unit that the asker is here.
"""

from flask import Response

from app.exchange.asked import verbs
from app.exchange.outbox.parties import Party
from app.exchange.outbox.routes import (
    JSON,
    as_json,
    as_post,
    blueprint,
    given_body,
    only_arguments,
    paging,
    served,
)
from hedui_connector.wire import pages
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_HEAD

__all__ = ["blueprint"]


@blueprint.put("/requests/<wire_id>")
@served(BYTES_PER_HEAD, JSON, "asked")
def put_request(party: Party, wire_id: str) -> Response:
    """The head of a request; sent again it changes nothing."""
    only_arguments()
    return as_json(verbs.put_head(party, wire_id, given_body()))


@blueprint.post("/requests/<wire_id>/lines")
@served(BYTES_PER_BODY, pages.MEDIA_TYPE, "asked")
def post_lines(party: Party, wire_id: str) -> Response:
    """A page of its lines."""
    return as_json(verbs.post_lines(as_post(party), wire_id))


@blueprint.get("/requests/<wire_id>")
@served(0, "", "asked")
def request_status(party: Party, wire_id: str) -> Response:
    """How far it is."""
    only_arguments()
    return as_json(verbs.read_status(party, wire_id))


@blueprint.get("/requests/<wire_id>/answers")
@served(0, "", "asked")
def request_answers(party: Party, wire_id: str) -> Response:
    """A page of answers after a cursor."""
    after, most = paging()
    return Response(verbs.read_answers(party, wire_id, after, most), content_type=pages.MEDIA_TYPE)


@blueprint.post("/requests/<wire_id>/taken")
@served(BYTES_PER_HEAD, JSON, "asked")
def post_taken(party: Party, wire_id: str) -> Response:
    """All answers are kept there; they are erased here."""
    return as_json(verbs.post_taken(as_post(party), wire_id))
