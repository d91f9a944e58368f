"""The comparison in words: declared, found, the sum with its periods, the limit, who counts."""

from collections.abc import Iterable, Sequence

from app.findings.comparison import Addend, Compared, Yearly
from app.findings.persons import Person
from app.report.messages import say
from app.report.paper.content import ComparisonLine
from app.report.showing import amount
from app.web.formats import day, money, month
from tenants.catalogue import Per, catalogue
from tenants.rulebook import Value


def comparison_line(
    row: Compared, limits: Value[object], excluded: Sequence[str] = ()
) -> ComparisonLine:
    """One measure in words: declared, found, the sum that led there, the limit and its article;
    ``excluded`` says what signed exclusions took out of it."""
    limit = say("report.limit.none") if row.limit is None else amount(row.measure, row.limit)
    return ComparisonLine(
        measure_title=say(f"report.measure.{row.measure}"),
        whose=say("report.whose.household", persons=row.persons),
        declared=amount(row.measure, row.declared),
        found=amount(row.measure, row.found),
        arithmetic=_sum_words(row),
        limit=limit,
        article=limits.article or say("report.limit.ours"),
        remark=remark(row),
        stands=amount(row.measure, row.stands) if row.left_out else "",
        beside=(*excluded, *_yearly_words(row.yearly)),
    )


def _sum_words(row: Compared) -> str:
    if row.addends:
        words = say("report.arithmetic.plus").join(_addend(row, each) for each in row.addends)
    else:
        words = say("report.arithmetic.none")
    if row.is_money:
        words += say(
            "report.arithmetic.per_person",
            total=amount(row.measure, row.larger),
            persons=row.persons,
            each=amount(row.measure, row.per_person),
        )
    return words


def _addend(row: Compared, addend: Addend) -> str:
    return say(
        "report.arithmetic.addend",
        person=addend.person,
        item=catalogue().item(addend.item).title,
        amount=amount(row.measure, addend.amount),
        when=_when(addend),
    )


def _when(addend: Addend) -> str:
    if addend.day is None:
        return say("report.when.unknown")
    if addend.per is not Per.MONTH:
        return say("report.when.day", day=day(addend.day))
    if addend.is_period:
        return month(addend.day.year * 100 + addend.day.month)
    return say("report.when.month_as_of", day=day(addend.day))


def _yearly_words(yearly: Sequence[Yearly]) -> Iterable[str]:
    """What is paid by the year, with the arithmetic of its month; sources that agree, once."""
    sources: dict[tuple[str, int, int, int], list[str]] = {}
    for each in yearly:
        key = (each.person, each.item, each.amount, each.year)
        sources.setdefault(key, []).append(each.source)
    for (person, item, fen, year), names in sources.items():
        yield say(
            "report.arithmetic.yearly",
            person=person,
            item=catalogue().item(item).title,
            amount=money(fen),
            year=year,
            source=say("report.names.join").join(names),
            monthly=money(Yearly(person, item, "", fen, year).monthly),
        )


def remark(row: Compared) -> str:
    """The neutral words: how what was found stands to what was declared and to the limit."""
    words = [say("report.remark.without_excluded")] if row.left_out else []
    if row.stands is None:
        words.append(say("report.remark.nothing_found"))
    elif row.stands > row.declared:
        more = amount(row.measure, row.stands - row.declared)
        words.append(say("report.remark.more", more=more))
    elif row.stands < row.declared:
        less = amount(row.measure, row.declared - row.stands)
        words.append(say("report.remark.less", less=less))
    else:
        words.append(say("report.remark.equal"))
    if row.limit is not None:
        words.append(say("report.remark.over" if row.exceeds_limit else "report.remark.within"))
    return "".join(words)


def uncounted_words(people: Sequence[Person]) -> tuple[str, ...]:
    """Each person who is verified but does not count as a member, with the reason."""
    return tuple(
        say(
            "report.uncounted", name=person.name, reason=say(f"report.uncounted.{person.uncounted}")
        )
        for person in people
        if person.uncounted
    )
