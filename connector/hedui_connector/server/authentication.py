"""Who sent a request: its signature, and the agency whose key made it."""

import logging
from dataclasses import dataclass

from flask import Request as WebRequest
from http_message_signatures.structures import CaseInsensitiveDict

from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.signatures import Key, Nonces, Request, Unverified, verify_request

logger = logging.getLogger("hedui_connector")


@dataclass(frozen=True)
class Caller:
    """An agency that may ask, and its key."""

    agency: str
    key: Key


class Gate:
    """Lets in what is signed by a key that is known."""

    def __init__(self, callers: list[Caller], nonces: Nonces, skew_s: int) -> None:
        self.callers = {caller.key.keyid: caller for caller in callers}
        self.nonces, self.skew_s = nonces, skew_s

    def admit(self, message: Request, body: bytes) -> Caller:
        """Who sent it. The ``Refusal`` is the same whatever the cause; the cause is logged."""
        try:
            signed = verify_request(message, body, self._key, self.nonces, skew_s=self.skew_s)
        except Unverified as error:
            logger.warning("401 for %s: %s", message.method, error)
            raise Refusal("unauthenticated") from error
        return self.callers[signed.keyid]

    def _key(self, keyid: str) -> Key | None:
        caller = self.callers.get(keyid)
        return None if caller is None else caller.key


def as_signed(request: WebRequest) -> Request:
    """A request of the web framework as the one that was signed: its target as it was sent."""
    target = str(request.environ.get("REQUEST_URI") or request.full_path.removesuffix("?"))
    return Request(request.method, target, CaseInsensitiveDict(request.headers.items()))
