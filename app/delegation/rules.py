"""Where a data item is asked: at this agency's own units, at the parent, or nowhere yet."""

from collections.abc import Collection, Mapping, Sequence

from app.cases.sources import TO_NOBODY, TO_PARENT, permits

Route = dict[int, tuple[int, ...]]
"""source → items: a unit's id, ``TO_PARENT`` or ``TO_NOBODY``."""


def route(
    items: Sequence[int],
    *,
    own_tier: str,
    own: Mapping[int, Sequence[int]],
    above: Mapping[int, frozenset[str]],
    precedence: Sequence[str],
    scope: Collection[int] = (),
) -> Route:
    """Divide the items of one subject among the sources that will be asked.

    ``own`` maps an item to the agency's units that can check it, ``above`` to the tiers above
    that can. The tier that comes first in ``precedence`` checks, so in Jilin what a higher tier
    can check goes up even if this agency could (操作规程 三), and in Guangdong the city is asked
    first (粤民发〔2020〕143号 二). What no tier can check, and what the authorisation does not name
    (``scope``), is said from the start.
    """
    chosen: dict[int, list[int]] = {}
    for item in sorted(items):
        if not permits(scope, item):
            chosen.setdefault(TO_NOBODY, []).append(item)
            continue
        units = own.get(item, ())
        tier = checking_tier(own_tier, units, above.get(item, frozenset()), precedence)
        sources = (TO_NOBODY,) if tier is None else (TO_PARENT,)
        for source in units if tier == own_tier and units else sources:
            chosen.setdefault(source, []).append(item)
    return {source: tuple(its) for source, its in chosen.items()}


def checking_tier(
    own_tier: str, units: Sequence[int], tiers_above: frozenset[str], precedence: Sequence[str]
) -> str | None:
    """The tier that checks an item which these own units and these tiers above can check: the one
    that comes first in ``precedence``; None when nobody can."""
    able = set(tiers_above) | ({own_tier} if units else set())
    return min(able, key=precedence.index) if able else None


def route_anew(
    item: int,
    current: Collection[int],
    sent: Collection[int],
    *,
    own_tier: str,
    own: Mapping[int, Sequence[int]],
    above: Mapping[int, frozenset[str]],
    precedence: Sequence[str],
) -> frozenset[int]:
    """Where an item of one person is asked that waits unsent at ``current`` (``TO_NOBODY``: no
    tier could check it) and has been ``sent`` to these sources before.

    What has been sent stays, and asks nobody further; of what waits beside it, only what a unit can
    check no more is dropped. What came back from above is not sent up a second time.
    """
    units = own.get(item, ())
    if not sent:
        routed = route([item], own_tier=own_tier, own=own, above=above, precedence=precedence)
        return frozenset(routed)
    if any(source > TO_PARENT for source in sent):
        return frozenset(source for source in current if source in units or source <= TO_PARENT)
    return frozenset(units or (TO_NOBODY,))
