"""The operator's hand on files that an exchange folder refused (part of 发送失败的申请)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.exchange.outbox.refused import refused_file, see

blueprint = Blueprint("folders", __name__)


@blueprint.post("/exchange/refused-files/<int:refused_id>/seen")
@permitted("exchange.operate")
def see_refused_file(refused_id: int) -> ResponseReturnValue:
    """已处理: the file leaves the list."""
    refused_file(refused_id)
    once("folder.seen", lambda: see(refused_id, actor()))
    return redirect(url_for("exchange.undelivered"), 303)
