"""The hint in Redis: ids only, signed, one function on the allow-list."""

import hmac

import redis
from rq import Queue
from rq.serializers import JSONSerializer

from tenants.settings import Settings

NAME = "hedui"
ENTRY = "worker.entry.run"


def connect(settings: Settings) -> redis.Redis:
    """The Redis that carries the queue."""
    return redis.Redis.from_url(settings.redis_url)


def queue(connection: redis.Redis) -> Queue:
    """The one queue; several would be polled with BLPOP and lose jobs with a dying worker."""
    return Queue(NAME, connection=connection, serializer=JSONSerializer)


def signature(settings: Settings, agency_id: int, job_id: int) -> str:
    """What proves that the portal put this id into Redis, where any string becomes a call."""
    secret = settings.hedui_secret_key.get_secret_value().encode()
    return hmac.new(secret, f"job:{agency_id}:{job_id}".encode(), "sha256").hexdigest()


def is_signed(settings: Settings, agency_id: int, job_id: int, given: str) -> bool:
    """True when ``given`` is the signature of this job."""
    return hmac.compare_digest(signature(settings, agency_id, job_id), given)
