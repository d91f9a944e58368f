"""What is said about a tip-off, closed twice: for the agency, and for whoever holds the code."""

import json
from typing import Any

from app.oversight.tipoffs.codes import Key
from app.oversight.tipoffs.models import TipOff, TipOffWord
from hedui_connector.wire import boxes
from tenants.vault import Vault, box_letter

_ANSWER = b"hedui tip-off answer v1"


def to_agency(agency_public: bytes, follow_hash: str, kind: str, said: dict[str, str]) -> bytes:
    """A box that only the agency opens; whoever puts it there cannot."""
    return box_letter(agency_public, _bound(follow_hash, kind), said)


def to_informant(informant_public: bytes, follow_hash: str, kind: str, words: str) -> bytes:
    """A box that only the code opens."""
    data = json.dumps({"words": words}, ensure_ascii=False).encode()
    return boxes.seal(informant_public, _ANSWER, _bound(follow_hash, kind).encode(), data)


def opened_by_code(key: Key, kind: str, boxed: bytes) -> str:
    """What the informant reads; ``CannotOpen`` for another code."""
    bound = _bound(key.follow_hash, kind).encode()
    said: dict[str, str] = json.loads(boxes.open_box(key.private, _ANSWER, bound, boxed))
    return said["words"]


def opened_by_agency(keys: Vault, row: TipOff, word: TipOffWord) -> dict[str, Any]:
    """What the agency's people read: of the informant by its box key, their own by its vault."""
    if word.account_id == 0:
        return keys.open_letter(_bound(row.follow_hash, word.kind), word.for_agency)
    return keys.open("tip_off_word", word.id, word.for_agency)


def _bound(follow_hash: str, kind: str) -> str:
    return f"tip-off:{follow_hash}:{kind}"
