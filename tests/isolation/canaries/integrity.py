"""Entries of the integrity record in every state, with what was said and who was told."""

from collections.abc import Iterator
from datetime import timedelta

from app.cases.transitions import states_of
from app.oversight.integrity.rules import DISPATCH_KINDS, WORD_KINDS
from tests.isolation.canaries.rows import AT, DAY, Place, Row, Rows


class IntegrityRows(Rows):
    """An entry in every state, each with everything that can be said about it."""

    def _integrity(self, place: Place) -> Iterator[Row]:
        for state in states_of("integrity"):
            row = self._base(place, state=state, about="person", decision_on=DAY, entered_on=DAY)
            row |= {"entered_by": 1, "confirmed_by": 2, "served_on": DAY, "answer_by": DAY}
            row["ends_on"] = DAY + timedelta(days=365)
            row["file_id"] = self.files[place]["basis"]
            row["id_hash"] = self.keys.look_up(place.tag)
            said = {"name": place.tag, "document": place.tag, "facts": place.tag}
            row["sealed"] = self.keys.seal("integrity_entry", row["id"], said)
            yield "integrity_entry", row
            for kind in WORD_KINDS:
                word = self._base(place, entry_id=row["id"], kind=kind, said_on=DAY)
                word |= {"account_id": 1, "at": AT}
                told = {"words": place.tag, "way": "post"}
                word["sealed"] = self.keys.seal("integrity_word", word["id"], told)
                yield "integrity_word", word
            of = {"place": place, "agency_id": self.agency_id, "entry_id": row["id"]}
            yield "integrity_duty", of | {"account_id": 1, "step": "enter"}
            sent = self._base(place, entry_id=row["id"], way="hand", sent_on=DAY, sent_by=1)
            sent |= {"kind": DISPATCH_KINDS[0], "file_id": self.files[place]["letter"]}
            yield "integrity_dispatch", sent
