"""Every desk's pages, put into the application."""

from flask import Flask

from app.accounts import routes as accounts
from app.web import home


def register(app: Flask) -> None:
    """Register the blueprints of all packages."""
    app.register_blueprint(accounts.blueprint)
    app.register_blueprint(home.blueprint)
