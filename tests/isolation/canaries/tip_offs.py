"""What somebody told without a name, in every state; and the one code that the public role holds."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.cases.transitions import states_of
from app.oversight.tipoffs.codes import key_of
from app.oversight.tipoffs.rules import WORD_KINDS
from app.oversight.tipoffs.sealing import to_agency, to_informant
from app.public.models import CONTACT_FIELDS
from tests.isolation.canaries.rows import AT, DAY, Place, Row, Rows

_CODE = "CANARY00000000000000"


def followed(agency_id: int) -> str:
    """The hash of the code by which one tip-off of each agency is followed up."""
    return key_of(agency_id, _CODE).follow_hash


class TipOffRows(Rows):
    """A tip-off in every state, each with everything that can be said about it."""

    def _tip_offs(self, place: Place, case_id: int) -> Iterator[Row]:
        box = X25519PrivateKey.from_private_bytes(self.keys.box_private)
        public = box.public_key().public_bytes_raw()
        for at, state in enumerate(states_of("tip_off")):
            key = key_of(self.agency_id, _CODE if at == 0 else f"{_CODE[:-1]}{at}")
            row = self._base(place, state=state, channel="web", about="staff", outcome="")
            row |= {"follow_hash": key.follow_hash, "informant_public": key.public}
            row |= {"received_on": DAY, "due_on": DAY}
            yield "tip_off", row
            for kind in WORD_KINDS:
                word = self._base(place, tip_off_id=row["id"], kind=kind, said_on=DAY)
                word |= {"follow_hash": key.follow_hash, "account_id": 0, "name": place.tag}
                said = {"words": place.tag, "who": place.tag}
                word["for_agency"] = to_agency(public, key.follow_hash, kind, said)
                word["for_informant"] = to_informant(key.public, key.follow_hash, kind, place.tag)
                yield "tip_off_word", word
            of = {"place": place, "agency_id": self.agency_id, "tip_off_id": row["id"]}
            yield "tip_off_duty", of | {"account_id": 1, "step": "handle"}
            yield "tip_off_case", of | {"case_id": case_id}
        # What an agency publishes is for everybody: no canary, but words of its own.
        said = dict.fromkeys(CONTACT_FIELDS, f"{self.agency_id}")
        yield "public_contact", self._base(place, recorded_by=1, recorded_at=AT, **said)
