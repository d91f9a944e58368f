"""The blueprint that the routes of this package share."""

from flask import Blueprint

blueprint = Blueprint("delegation", __name__, url_prefix="/delegation")
