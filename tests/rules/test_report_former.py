"""What is new since the former version: a table of examples."""

import pytest

from app.report.former import Asked, News, news
from tenants.catalogue.outcomes import Outcome

HIT, NONE, OUT = (int(o) for o in (Outcome.HIT, Outcome.NO_RECORD, Outcome.UNANSWERED))
BEFORE: Asked = {(1, 601, 501): NONE, (1, 302, 0): OUT}


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        (BEFORE, BEFORE, []),
        (BEFORE, {**BEFORE, (1, 302, 0): HIT}, [(1, 302, 0, OUT, HIT)]),
        (BEFORE, {**BEFORE, (1, 302, 0): NONE}, [(1, 302, 0, OUT, NONE)]),
        (BEFORE, {**BEFORE, (2, 601, 501): HIT}, [(2, 601, 501, None, HIT)]),
        ({}, BEFORE, [(1, 302, 0, None, OUT), (1, 601, 501, None, NONE)]),
        (None, BEFORE, []),
    ],
)
def test_what_changed_or_was_added_is_new(before: Asked | None, now: Asked, new: list) -> None:
    assert news(before, now) == tuple(
        News(subject, item, source, None if was is None else Outcome(was), Outcome(ended))
        for subject, item, source, was, ended in new
    )
