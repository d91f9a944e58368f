"""数据交换 with this agency's own sharing units: requests, packages, receipts, replies.

Two different operators make and confirm each package, and two accept each reply (操作规程 五(二)).
"""

import datetime as dt
from typing import Any

from sqlalchemy import func, select, text, update

from app.accounts.actor import Actor, system_actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.delegation.answers import count_own
from app.delegation.consent import end_in_request
from app.exchange.models import ExchangeRequest, Package, Reply
from app.exchange.telling import tell_ready, tell_refused
from app.exchange.wire.ways import way_to
