"""The blueprint that the routes of this package share."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
