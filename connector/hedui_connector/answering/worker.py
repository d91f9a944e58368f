"""The loop that answers: the oldest whole request first, a batch at a time.

What a batch found is kept in one transaction, so a connector that was killed goes on with the
batch it was at. A look-up is logged before it is made.
"""

import logging
from collections.abc import Sequence
from threading import Event

from hedui_connector.answering.batch import Batch
from hedui_connector.answering.messages import NOTES
from hedui_connector.answering.pace import Pace, Stopped, is_within
from hedui_connector.clock import in_china, today
from hedui_connector.settings.model import Settings
from hedui_connector.sources.base import QueryFault, Source, SourceUnavailable
from hedui_connector.sources.messages import FILE_TITLES
from hedui_connector.sources.reading import FileFault
from hedui_connector.store.answers import keep_answers
from hedui_connector.store.database import Store
from hedui_connector.store.log import log_key, log_look_up
from hedui_connector.store.requests import Kept, lines_after, next_to_answer, note
from hedui_connector.wire.models import Line

IDLE_S = 0.2
FIRST_RETRY_S, LONGEST_RETRY_S = 1.0, 300.0
logger = logging.getLogger("hedui_connector")


class Worker:
    """Answers what the store holds until ``stopping`` is set."""

    def __init__(self, settings: Settings, store: Store, source: Source, stopping: Event) -> None:
        self.settings, self.store, self.source, self.stopping = settings, store, source, stopping
        self.pace = Pace(settings.load, stopping)
        self.log_key = log_key(store.folder)
        self.broke_down = False
        self._retry_s = FIRST_RETRY_S

    def run(self) -> None:
        """Answer batch after batch; wait when there is none."""
        while not self.stopping.is_set():
            if not self.step():
                self.stopping.wait(IDLE_S)

    def step(self) -> bool:
        """Answer one batch; whether there was one and it could be answered."""
        with self.store.connection() as db:
            kept = next_to_answer(db)
        if kept is None:
            return False
        if not is_within(self.settings.load.spans, in_china().time()):
            self._tell(kept, "outside_hours")
            return False
        try:
            self._answer_batch(kept)
        except Stopped:
            return False
        except SourceUnavailable as error:
            self._wait_after(kept, "source_unavailable", str(error))
            return False
        except QueryFault as error:
            self._wait_after(kept, "query_fault", error.kind)
            return False
        except FileFault as error:
            self._wait_after(kept, "query_fault", FILE_TITLES[error.code].format(**error.values))
            return False
        self._retry_s = FIRST_RETRY_S
        self.pace.pause()
        return True

    def _answer_batch(self, kept: Kept) -> None:
        status = kept.status
        with self.store.connection() as db:
            texts = lines_after(db, kept.key, status.lines_answered, self.pace.batch_size())
        lines = [Line.model_validate_json(text) for text in texts]
        batch = Batch(
            *(self.settings, self.source, kept.head, today()),
            lambda item, numbers: self._before_look_up(kept, item, numbers),
        )
        answers = batch.answers(lines, first=status.answers + 1)
        with self.store.transaction() as db:
            keep_answers(db, kept, answers, answered_to=lines[-1].line)

    def _before_look_up(self, kept: Kept, item: int, numbers: Sequence[str]) -> None:
        self.pace.wait_for(len(numbers))
        with self.store.transaction() as db:
            log_look_up(db, self.log_key, kept.head, item, numbers)

    def _tell(self, kept: Kept, code: str) -> None:
        if kept.status.note != NOTES[code]:
            with self.store.transaction() as db:
                note(db, kept.key, NOTES[code])

    def _wait_after(self, kept: Kept, code: str, why: str) -> None:
        logger.warning("%s: request %s: %s", code, kept.head.id, why)
        self._tell(kept, code)
        self.stopping.wait(self._retry_s)
        self._retry_s = min(self._retry_s * 2, LONGEST_RETRY_S)
