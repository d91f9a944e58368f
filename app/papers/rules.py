"""Which sheets a household must bring, and what is missing (操作规程 二(一)3, 4)."""

from collections.abc import Iterable, Mapping

OF_SUBJECT = ("authorisation", "id_card")
"""Every subject brings both: the signed authorisation and a copy of the identity card."""

OF_HOUSEHOLD = ("household_register", "marriage", "explanation", "other")
OF_CHANGE = ("change",)
"""What a recorded change rests on: the paper that takes a consent or an application back, the
certificate of a death or a move."""

OF_OBJECTION = ("objection",)
"""What a person brings who contests a finding."""

OF_ENTRUSTMENT = ("letter", "list")
KINDS = (*OF_SUBJECT, *OF_HOUSEHOLD, *OF_CHANGE, *OF_OBJECTION, *OF_ENTRUSTMENT)

JPEG, PDF = "image/jpeg", "application/pdf"
MEDIA_TYPES = (JPEG, PDF)

OPEN_STATES = ("prepared", "returned")
"""States of a case in which its sheets are still the unit's to add, turn and take away."""

MOST_SHEETS = 12
"""Sheets of one kind of one subject (or of the household) at most."""

Place = tuple[int, str]
"""A subject's id (0: the household) and a kind of paper."""


def missing_papers(subject_ids: Iterable[int], present: Iterable[Place]) -> list[Place]:
    """What each subject still has to bring, in their order (操作规程 二(一)3, 4)."""
    here = set(present)
    return [
        (subject_id, kind)
        for subject_id in subject_ids
        for kind in OF_SUBJECT
        if (subject_id, kind) not in here
    ]


def count_missing(
    subjects: Mapping[int, Iterable[int]], present: Mapping[int, Iterable[Place]]
) -> dict[int, int]:
    """Case id → how many papers of its subjects are missing."""
    return {
        case_id: len(missing_papers(ids, present.get(case_id, ())))
        for case_id, ids in subjects.items()
    }


def fits(kind: str, subject_id: int) -> bool:
    """Whether a kind of paper can be a subject's (or, for 0, the household's)."""
    return kind in (OF_SUBJECT if subject_id else OF_HOUSEHOLD)
