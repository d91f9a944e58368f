"""我的文件: what this person asked to have made, how far it is, and the way to fetch it."""

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.made import queries, service
from app.made.messages import KIND_TITLES, KIND_UNITS, STATE_BADGES, cause_of
from app.made.rules import KEPT_DAYS

blueprint = Blueprint("made", __name__, url_prefix="/files")


@blueprint.get("")
@permitted("file.read")
def show() -> ResponseReturnValue:
    """All of them, newest first."""
    return _page("made/list.html", page=queries.listed(actor(), place_asked()))


@blueprint.get("/<int:made_id>")
@permitted("file.read")
def show_one(made_id: int) -> ResponseReturnValue:
    """How far one is; once it is made, the way to fetch it."""
    return _page("made/show.html", file=queries.own(made_id, actor()))


@blueprint.get("/<int:made_id>/progress")
@permitted("file.read")
def show_progress(made_id: int) -> ResponseReturnValue:
    """As the progress component asks for it."""
    file = queries.own(made_id, actor())
    return jsonify(
        done=file.row.done,
        total=file.row.total or None,
        text=STATE_BADGES[file.state][0],
        finished=file.state != "making",
        location=url_for(".show_one", made_id=made_id),
    )


@blueprint.post("/<int:made_id>/download")
@permitted("file.read")
def download(made_id: int) -> Response:
    """The bytes, after their audit row."""
    file = service.fetch(made_id, actor())
    return attachment(file.data, file.name)


@blueprint.post("/<int:made_id>/again")
@permitted("file.read")
def ask_again(made_id: int) -> ResponseReturnValue:
    """重新生成 of one that could not be made."""
    once("file.ask_again", lambda: Moved((service.ask_again(made_id, actor()),)), quiet=True)
    return redirect(url_for(".show_one", made_id=made_id), 303)


def _page(template: str, **context: object) -> str:
    return render_template(
        template,
        kind_titles=KIND_TITLES,
        kind_units=KIND_UNITS,
        state_badges=STATE_BADGES,
        cause_of=cause_of,
        kept_days=KEPT_DAYS,
        **context,
    )
