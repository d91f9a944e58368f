"""Files damaged at random: a fault or a reply, never anything else."""

import random
from contextlib import suppress

import pytest

from app.exchange.medium.replies import CheckedReply
from tenants.messages import Fault
from tests.rules.exchange_desk import HOUSE, HOUSES, NOTHING, Clerk, package, read, zipped


def filled() -> bytes:
    return Clerk().write(HOUSES, 2, **NOTHING).write(HOUSES, 3, **HOUSE).save()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, perhaps a piece cut out."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    if chance.random() < 0.3:
        start = chance.randrange(len(spoilt))
        del spoilt[start : start + chance.randint(1, 400)]
    return bytes(spoilt)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["template", "package", "archive"])
def test_a_damaged_file_never_breaks_the_reader(kind: str, seed: int) -> None:
    data, name = {
        "template": (filled(), "反馈.xlsx"),
        "package": (package(), "反馈.zip"),
        "archive": (zipped({"反馈模板.xlsx": filled()}), "反馈.zip"),
    }[kind]
    chance = random.Random(seed)
    for _ in range(25):
        with suppress(Fault):
            assert isinstance(read(damaged(data, chance), name), CheckedReply)


def test_damaged_xml_never_breaks_the_reader() -> None:
    chance = random.Random(5)
    for _ in range(150):
        clerk = Clerk(filled())
        part = chance.choice([name for name in clerk.parts if name.startswith("xl/")])
        clerk.parts[part] = damaged(clerk.parts[part], chance)
        with suppress(Fault):
            assert isinstance(read(clerk.save()), CheckedReply)
