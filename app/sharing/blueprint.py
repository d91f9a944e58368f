"""The blueprint that the routes of this package share."""

from flask import Blueprint

blueprint = Blueprint("sharing", __name__, url_prefix="/sharing")
