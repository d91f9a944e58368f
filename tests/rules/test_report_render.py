"""The engine is shut in, hostile texts come out as text, and pages are those laid out."""

import io
import re
import subprocess
from contextlib import suppress
from dataclasses import replace

import pikepdf
import pytest

from app.report.messages import Fault
from app.report.paper import engine, render
from app.report.paper.compose_own import compose_own
from app.report.paper.engine import engine_command
from app.report.paper.fonts import keep_used_glyphs
from app.report.paper.paging import paginate
from app.report.paper.render import document_html, render_many
from tests.rules.report_desk import many_asked, own_report

OPTION_META = '<meta name="pdfkit-post-file" content="/etc/passwd">'
HOSTILE = (
    "<script>document.write('坏')</script>",
    OPTION_META,
    '<img src="file:///etc/passwd">',
    '<iframe src="http://127.0.0.1:9/"></iframe>',
    "</div></section></body><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;&amp;&#x3c;",
    "赵\u202e强国\x07",
)


def text_of(pdf: bytes, *options: str) -> str:
    done = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def draw(report: object) -> bytes:
    [pdf] = render_many([paginate(compose_own(report))])
    return pdf


def test_the_report_reads_back_as_text_with_page_numbers() -> None:
    report = many_asked(60)
    paged = paginate(compose_own(report))
    [pdf] = render_many([paged])
    pages = text_of(pdf).split("\f")[:-1]
    assert len(pages) == len(paged.pages)
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"第\s*{number}\s*页\s+共\s*{len(pages)}\s*页", page)
        assert "内部资料 注意保密" in page
        assert report.number in page
    whole = "".join(pages)
    assert "社会救助家庭经济状况核对报告" in whole
    assert all(f"事项{at:04d}" in whole for at in range(60))


def test_no_word_leaves_the_text_area() -> None:
    wide = "ＷmmmmmmmmmmWWWWWWWWWW@@@@@@@@%%%%%%%%" * 20
    report = own_report(legal_basis=wide, scheme_title=wide, entrusted_by="0123456789" * 30)
    boxes = re.findall(
        r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', text_of(draw(report), "-bbox")
    )
    assert len(boxes) > 50
    assert min(float(left) for left, _ in boxes) >= 79.0
    assert max(float(right) for _, right in boxes) <= 184 * 72 / 25.4 + 1.0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text: str) -> None:
    report = own_report(household_head=text, entrusted_by=text, issuer_name=text)
    drawn = re.sub(r"\s", "", text_of(draw(report)))
    printed = re.sub(r"\s", "", text.replace("\u202e", "〔U+202E〕").replace("\x07", "〔U+0007〕"))
    assert drawn.count(printed) >= 2
    assert "49" not in drawn.replace(printed, "") or "{{" not in text


@pytest.mark.parametrize("quote", ['"', "'"])
def test_no_option_is_read_from_a_document(quote: str) -> None:
    meta = OPTION_META.replace('"', quote)
    assert engine_command(f"<html><head>{meta}</head></html>", (210, 297)) == engine_command(
        "<html></html>", (210, 297)
    )


def test_options_shut_files_scripts_and_network() -> None:
    command = engine_command("<html></html>", (210, 297))
    for option in ("--disable-local-file-access", "--disable-javascript", "--disable-plugins"):
        assert option in command
    assert command[command.index("--proxy") + 1] == "http://127.0.0.1:9"
    assert "--enable-local-file-access" not in command


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/hostname">',
        '<iframe src="file:///etc/hostname"></iframe>',
        '<object data="file:///etc/hostname" type="text/plain"></object>',
        '<link rel="stylesheet" href="http://192.0.2.1/a.css">',
    ],
)
def test_even_markup_of_our_own_cannot_reach_files_or_network(body: str) -> None:
    with open("/etc/hostname", encoding="utf-8") as file:
        secret = file.read().strip()
    with suppress(Fault):
        assert secret not in text_of(engine.render(f"<!DOCTYPE html><body>页面{body}</body>"))


def test_scripts_do_not_run() -> None:
    page = "<!DOCTYPE html><meta charset=utf-8><body>静<script>document.write('动')</script></body>"
    assert text_of(engine.render(page)).strip() == "静"


def test_a_missing_or_stuck_engine_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "engine_command", lambda html, page_mm: ["sleep", "30"])
    monkeypatch.setattr(engine, "TIMEOUT_SECONDS", 1)
    with pytest.raises(Fault, match="未出具任何报告"):
        engine.render("<html></html>")
    monkeypatch.setattr(engine, "engine_command", lambda html, page_mm: ["/nonexistent/engine"])
    with pytest.raises(Fault, match="未出具任何报告"):
        engine.render("<html></html>")


def test_another_number_of_pages_issues_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    paged = paginate(compose_own(many_asked(60)))
    fewer = document_html([replace(paged, pages=paged.pages[1:])])
    monkeypatch.setattr(render, "render", lambda html: engine.render(fewer))
    with pytest.raises(Fault) as stopped:
        render_many([paged, paged])
    assert stopped.value.code == "report.page_mismatch"
    assert "未出具任何报告" in str(stopped.value)


def test_many_households_are_drawn_in_one_run_and_split_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = []
    monkeypatch.setattr(render, "render", lambda html: runs.append(html) or engine.render(html))
    heads = ["赵国强", "刘桂兰", "王芳"]
    counts = [1, 50, 3]
    documents = [
        paginate(compose_own(replace(many_asked(count), household_head=head)))
        for head, count in zip(heads, counts, strict=True)
    ]
    files = render_many(documents)
    assert len(runs) == 1
    for file, document, head in zip(files, documents, heads, strict=True):
        with pikepdf.open(io.BytesIO(file)) as pdf:
            assert len(pdf.pages) == len(document.pages)
        assert f"对{head}一户" in re.sub(r"\s", "", text_of(file))


def test_a_report_carries_no_trace_of_the_households_drawn_with_it() -> None:
    rare = "龘靐齾爩鱻"
    documents = [
        paginate(compose_own(own_report())),
        paginate(compose_own(own_report(household_head=rare))),
    ]
    first, second = render_many(documents)
    assert not set(rare) & mapped_characters(first)
    assert set(rare) <= mapped_characters(second)
    assert set("榆树市社会救助") <= mapped_characters(first)


def mapped_characters(pdf: bytes) -> set[str]:
    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                pairs = re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", font.ToUnicode.read_bytes())
                found |= {bytes.fromhex(text.decode()).decode("utf-16-be") for text in pairs}
    return found


def test_cutting_the_fonts_changes_nothing_that_is_seen() -> None:
    html = document_html([paginate(compose_own(own_report()))])
    whole = engine.render(html)
    with pikepdf.open(io.BytesIO(whole)) as document:
        keep_used_glyphs(document)
        out = io.BytesIO()
        document.save(out)
    assert (
        text_of(out.getvalue(), "-bbox").split("<body>")[1]
        == text_of(whole, "-bbox").split("<body>")[1]
    )
    assert picture(out.getvalue()) == picture(whole)


def picture(pdf: bytes) -> bytes:
    return subprocess.run(
        ["pdftoppm", "-r", "50", "-f", "1", "-l", "1", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout
