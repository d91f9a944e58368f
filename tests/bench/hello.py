"""The least that Flask can answer, for comparison: ``gunicorn tests.bench.hello:app``."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """A word."""
    return "hello"
