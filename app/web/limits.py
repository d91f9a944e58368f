"""Rate limits, counted in Redis."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, default_limits=["600/minute"], strategy="moving-window")


def limiter_uri(redis_url: str) -> str:
    """The same Redis as the queue's, spelt as Flask-Limiter wants it (``redis+unix://``)."""
    return redis_url.replace("unix://", "redis+unix://", 1)
