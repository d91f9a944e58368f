"""From a submitted form to a file that is being made, once."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.accounts.current import actor
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.made.messages import say
from app.made.service import Wanted, ask


def asked_for(verb: str, wanted: Sequence[Wanted]) -> Response:
    """Record the files and go to where they can be watched; sent twice, they are made once."""
    moved = once(verb, lambda: Moved(tuple(ask(wanted, actor()))), quiet=True)
    if moved is None:
        return redirect(url_for("made.show"), 303)
    flash(say("made_asked"), "info")
    if len(moved.done) > 1:
        return redirect(url_for("made.show"), 303)
    return redirect(url_for("made.show_one", made_id=moved.done[0]), 303)
