"""A small sum before a tip-off is taken: no other firm's puzzle, no script, nothing kept.

The token carries a nonce and a keyed hash of the right answer; the nonce makes the form one that
acts once. What holds a flood back are the limits by address; the sum stops what fills in any form.
"""

import hmac
import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from app.oversight.tipoffs.messages import FIGURES, Fault, say

LASTS_S = 2 * 60 * 60


@dataclass(frozen=True)
class Question:
    """What is asked, and the token that goes with the answer."""

    words: str
    token: str


def ask(secret: bytes) -> Question:
    """A sum of two figures, in words."""
    first, second = (secrets.randbelow(9) + 1 for _ in range(2))
    nonce = secrets.token_hex(16)
    words = say("tipoff.question", first=FIGURES[first], second=FIGURES[second])
    token = {"n": nonce, "d": _digest(secret, nonce, str(first + second))}
    return Question(words, _signer(secret).dumps(token))


def judge(secret: bytes, token: str, answer: str) -> str:
    """The nonce of a form that was answered rightly; ``Fault("tipoff.answer")`` else."""
    try:
        said = _signer(secret).loads(token, max_age=LASTS_S)
        nonce, digest = str(said["n"]), str(said["d"])
    except (BadData, KeyError, TypeError) as error:
        raise Fault("tipoff.answer") from error
    if not hmac.compare_digest(digest, _digest(secret, nonce, _figures(answer))):
        raise Fault("tipoff.answer")
    return nonce


def _figures(answer: str) -> str:
    text = answer.strip()
    return str(int(text)) if text.isdecimal() and len(text) <= 2 else ""


def _digest(secret: bytes, nonce: str, answer: str) -> str:
    return hmac.digest(secret, f"tip-off sum {nonce} {answer}".encode(), "sha256").hex()


def _signer(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="tip-off")
