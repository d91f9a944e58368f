"""The blueprint that the routes of this package share."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.papers.messages import KIND_TITLES

blueprint = Blueprint("papers", __name__)


@blueprint.record_once
def _share_words(setup: BlueprintSetupState) -> None:
    setup.app.jinja_env.globals["paper_titles"] = KIND_TITLES
