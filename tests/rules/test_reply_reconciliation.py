"""Nothing is silently missing: whatever comes back, every asked pair stands somewhere, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.medium.asked import Pair
from app.exchange.medium.reconciliation import reconcile
from tenants.catalogue.outcomes import ANSWERED, Outcome

PAIRS = st.lists(st.tuples(st.integers(1, 50), st.sampled_from([302, 601, 1601])), unique=True)


@st.composite
def replies(draw: st.DrawFn) -> tuple[list[Pair], dict[Pair, Outcome]]:
    """Some asked pairs, and answers to some of them."""
    asked = draw(PAIRS)
    answered = draw(st.sets(st.sampled_from(asked))) if asked else set()
    outcome = st.sampled_from(sorted(ANSWERED))
    return asked, {pair: draw(outcome) for pair in answered}


@given(replies())
def test_every_asked_pair_is_counted_once(reply: tuple[list[Pair], dict[Pair, Outcome]]) -> None:
    asked, outcomes = reply
    counts = reconcile(asked, outcomes)
    assert counts.asked == len(asked) == counts.answered + len(counts.missing)
    assert counts.answered == counts.hit + counts.no_record + counts.unable + counts.refused
    assert set(counts.missing) | outcomes.keys() == set(asked)
    assert not set(counts.missing) & outcomes.keys()


@given(replies(), st.data())
def test_two_parts_come_to_the_same_as_one(
    reply: tuple[list[Pair], dict[Pair, Outcome]], data: st.DataObject
) -> None:
    asked, outcomes = reply
    first = {p: o for p, o in outcomes.items() if data.draw(st.booleans())}
    rest = {p: o for p, o in outcomes.items() if p not in first}
    assert reconcile(asked, {**first, **rest}) == reconcile(asked, outcomes)
    assert (
        set(reconcile(asked, first).missing)
        == set(reconcile(asked, outcomes).missing) | rest.keys()
    )


@given(replies(), st.tuples(st.integers(51, 60), st.just(601)))
def test_an_answer_nobody_asked_for_never_counts(
    reply: tuple[list[Pair], dict[Pair, Outcome]], stranger: Pair
) -> None:
    with pytest.raises(ValueError, match="never asked"):
        reconcile(reply[0], {**reply[1], stranger: Outcome.HIT})


@pytest.mark.parametrize("state", sorted(set(Outcome) - ANSWERED))
def test_a_state_that_is_no_answer_never_counts(state: Outcome) -> None:
    with pytest.raises(ValueError, match="only an answer"):
        reconcile([(1, 601)], {(1, 601): state})
