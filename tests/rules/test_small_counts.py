"""Nobody works a small count out: not from a total, and not from all the totals together."""

import itertools
import random

import pytest

from app.cases.small_counts import TOTAL, Sum, protect, protected_table, suppressed, total_of

LEAST = 5


def test_a_small_count_is_not_shown_and_no_sum_gives_it_away() -> None:
    assert suppressed((0, 4, 5, 12), LEAST) == (0, None, 5, 12)
    assert total_of((0, None, 5)) is None
    assert total_of((0, 5)) == 5


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((12, 30, 0), (12, 30, 0, 42)),
        ((3, 30, 12), (None, 30, None, 45)),
        ((3, 0, 0), (None, 0, 0, None)),
        ((1, 1, 40), (None, None, None, 42)),
        ((1, 1, 0), (None, None, 0, None)),
        ((2, 4, 40), (None, None, 40, 46)),
        ((0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_a_total_that_is_shown_takes_a_second_part_with_it(parts, shown) -> None:
    cells = dict(zip("abc", parts, strict=True)) | {"all": sum(parts)}
    found = protect(cells, [Sum("all", ("a", "b", "c"))], LEAST)
    assert tuple(found.values()) == shown


def test_without_a_total_only_the_small_ones_go() -> None:
    assert protect({"a": 3, "b": 30}, [], LEAST) == {"a": None, "b": 30}


def solutions(cells, shown, rows, columns):
    """Every table that could stand behind what is shown; cells from 1 to 10 where hidden."""
    unknown = [(r, c) for r in rows for c in columns if shown[r, c] is None]
    for values in itertools.product(range(1, 11), repeat=len(unknown)):
        guess = {(r, c): shown[r, c] for r in rows for c in columns}
        guess |= dict(zip(unknown, values, strict=True))
        sums = {(r, TOTAL): sum(guess[r, c] for c in columns) for r in rows}
        sums |= {(TOTAL, c): sum(guess[r, c] for r in rows) for c in columns}
        sums[TOTAL, TOTAL] = sum(guess.values())
        if all(shown[key] in (None, value) for key, value in sums.items()):
            yield guess


def test_behind_every_table_stands_more_than_one() -> None:
    """Somebody who tries every number out still has a choice for each small one."""
    chance, rows, columns = random.Random(58), ("x", "y"), ("a", "b", "c")
    tried = 0
    for _ in range(200):
        counts = {(r, c): chance.choice((0, 0, 1, 2, 3, 4, 6, 9)) for r in rows for c in columns}
        shown = protected_table(counts, rows, columns, LEAST)
        small = [key for key, count in counts.items() if 0 < count < LEAST]
        assert all(shown[key] is None for key in small)
        if not small or sum(shown[key] is None for key in counts) > 3:
            continue
        tried += 1
        behind = list(solutions(counts, shown, rows, columns))
        assert counts in behind
        for key in small:
            assert len({guess[key] for guess in behind}) > 1, (counts, shown, key)
    assert tried > 20


def test_all_sums_together_are_thought_of() -> None:
    """Each line hides two cells, and yet the lines together would say that y.c is 1."""
    counts = {("x", "a"): 6, ("y", "a"): 3, ("y", "b"): 9, ("y", "c"): 1, ("z", "a"): 2}
    shown = protected_table(counts, ("x", "y", "z"), ("a", "b", "c"), LEAST)
    assert shown["y", TOTAL] is None
