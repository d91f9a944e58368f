"""Where a page leads to by its address's values: filters, tabs, the next page."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

PER_FILTER = 2


def leads_from(url: str, page: str) -> Iterator[str]:
    """Addresses with values: one for each path and set of names that the page's links have, and the
    first choices of each of its filters. From a page that already has values only the further one."""
    reader = _Reader(url)
    reader.feed(page)
    deep = bool(urlsplit(url).query)
    known = set()
    for lead in reader.found:
        parts = urlsplit(lead)
        names = frozenset(name for name, _ in parse_qsl(parts.query))
        if deep and not names & {"past", "before"}:
            continue
        if deep and {"past", "before"} & {name for name, _ in parse_qsl(urlsplit(url).query)}:
            continue
        key = (parts.path, names, lead if _is_filter(names) else "")
        if key not in known:
            known.add(key)
            yield lead


def _is_filter(names: frozenset[str]) -> bool:
    return len(names) == 1 and not names & {"past", "before", "until"}


class _Reader(HTMLParser):
    """Links with values, and the forms that ask by GET with their selects."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.here = url
        self.found: list[str] = []
        self.form = ""
        self.select = ""
        self.left = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "?" in given.get("href", "") and given["href"][0] in "/?":
            self.found.append(urljoin(self.here, given["href"]))
        elif tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self.form = urlsplit(urljoin(self.here, given.get("action", ""))).path if asks else ""
        elif tag == "select" and self.form:
            self.select, self.left = given.get("name", ""), PER_FILTER
        elif tag == "option" and self.form and self.select and self.left and given.get("value"):
            self.left -= 1
            self.found.append(f"{self.form}?{urlencode({self.select: given['value']})}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = ""
        elif tag == "select":
            self.select = ""
