"""``python -m tests.journeys.pictures``: the pictures of the README, of the real pages.

Plays the demonstration's month in a database of its own, and stops where there is something to see.
"""

import argparse
import base64
import contextlib
import datetime as dt
import io
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize
from sqlalchemy import select

from app.report.models import Report
from app.web.factory import create_app
from scripts.places import ROOT
from tenants import files
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.browser import installed_chromium
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import SCREEN, Visitor
from tests.servers import running_servers
from tests.world.builder import build_world
from tests.world.plan import StepPlan, after_the_month, month
from tests.world.under_way import under_way

FOLDER = ROOT / "docs" / "images"
WIDE = ViewportSize(width=1920, height=1080)
COLOURS = 96


@dataclass(frozen=True)
class Scene:
    """Who looks at what, on which day (counted on from the first of November), after which step.

    ``way``: navigation entry, then links, each with a text of its row. ``paper``: the button there
    that brings a PDF; its first page is the picture. ``act``: what the person does there first.
    """

    name: str
    after: str
    day: int
    person: str
    way: tuple[tuple[str, str], ...] = ()
    screen: ViewportSize = field(default_factory=lambda: SCREEN)
    is_paper: bool = False
    paper: str = ""
    act: Callable[[Visitor], None] | None = None


SCENES = (
    Scene("list", "upload_lists", 3, "徐晨", (("核对名单", ""), ("查看", "弓棚镇"))),
    Scene("check", "submit", 5, "王芳", (("受理初审", ""), ("初审", "榆"), ("核对材料", "张海波"))),
    Scene("review", "resubmit", 6, "赵磊", (("审核复审", ""),)),
    Scene("letter", "hand_back", 10, "郑伟", (("向上级委托", ""), ("用印", "待用印"))),
    Scene("home", "make_requests", 13, "周建华"),
    Scene("request", "make_requests", 13, "周建华", (("数据交换", ""), ("榆树市公安局", ""))),
    Scene("liaison", "make_requests", 13, "潘婷", (("数据交换申请", ""), ("签收", ""))),
    Scene("reply", "collect_replies", 18, "秦岚", (("待我办理", ""), ("接收", "长春市财政局"))),
    Scene("coverage", "accept_replies", 19, "赵磊", (("核对能力一览", ""),)),
    Scene("case", "report_province", 20, "刘洋", (("全部案件", ""), ("", "姜淑芬"))),
    Scene("case-wide", "merge", 26, "刘洋", (("全部案件", ""), ("", "姜淑芬")), WIDE),
    Scene("merged", "merge", 26, "刘洋", is_paper=True),
    Scene("feedback", "merge", 27, "罗琳", (("核对反馈", ""),)),
)


def main(
    arguments: list[str], scenes_known: Sequence[Scene] = SCENES, folder: Path = FOLDER
) -> int:
    """Take the pictures that are asked for by name, or all of them."""
    asked = _parser(folder).parse_args(arguments)
    scenes = [scene for scene in scenes_known if not asked.names or scene.name in asked.names]
    asked.folder.mkdir(parents=True, exist_ok=True)
    with _portal() as portal:
        for step in _steps():
            later = [place for place in scenes if _is_later(place, step.code)]
            if not later:
                break
            portal.others(step.code)
            for scene in scenes:
                if scene.after == step.code:
                    path = take(portal, scene, asked.folder)
                    sys.stdout.write(f"{path} {path.stat().st_size // 1024} KB\n")
    return 0


def _steps() -> Sequence[StepPlan]:
    """The month, what follows from its reports, and what is decided on them."""
    decided = [step for step in under_way().steps if step.code == "report_decisions"]
    return (*month().steps, *after_the_month(), *decided)


def _is_later(scene: Scene, code: str) -> bool:
    codes = [step.code for step in _steps()]
    return codes.index(scene.after) >= codes.index(code)


def take(portal: Portal, scene: Scene, folder: Path) -> Path:
    """One picture, with few colours: the window, or the first two pages of a merged report."""
    portal.today(dt.date(2026, 11, 1) + dt.timedelta(days=scene.day - 1))
    path = folder / f"{scene.name}.png"
    shot = (
        _pages_of(_merged_report(portal), ("1", "2")) if scene.is_paper else _window(portal, scene)
    )
    with Image.open(io.BytesIO(shot)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT)
        few.save(path, optimize=True)
    return path


def _window(portal: Portal, scene: Scene) -> bytes:
    with Visitor(portal, scene.person, screen=scene.screen) as person:
        for place, (title, row) in enumerate(scene.way):
            if place == 0:
                person.go(title)
            else:
                person.follow(title, row=row)
        if scene.act:
            scene.act(person)
        if scene.paper:
            return _pages_of(person.download(scene.paper), ("1",))
        person.page.wait_for_load_state("networkidle")
        return bytes(person.page.screenshot())


def _merged_report(portal: Portal) -> bytes:
    county = portal.world.agency("榆树市").id
    with portal.app.app_context(), acting_for(county, read_only=True):
        merged = select(Report.file_id).where(Report.kind == "merged", Report.state == "issued")
        file_id = db.session.scalars(merged.order_by(Report.id).limit(1)).one()
        assert file_id is not None
        return files.read(file_id, "report").data


def _pages_of(pdf: bytes, numbers: Sequence[str]) -> bytes:
    pages = []
    for number in numbers:
        drawn = ["pdftoppm", "-r", "70", "-f", number, "-l", number, "-png", "-"]
        done = subprocess.run(drawn, input=pdf, capture_output=True, check=True)
        pages.append(Image.open(io.BytesIO(done.stdout)))
    both = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
    for place, page in enumerate(pages):
        both.paste(page, (place * page.width, 0))
    buffer = io.BytesIO()
    both.save(buffer, "PNG")
    return buffer.getvalue()


@contextlib.contextmanager
def _portal() -> Iterator[Portal]:
    with (
        running_servers() as servers,
        servers.database() as urls,
        tempfile.TemporaryDirectory() as home,
    ):
        os.environ |= {
            "DATABASE_URL": urls.login,
            "OWNER_DATABASE_URL": urls.owner,
            "REDIS_URL": servers.redis_url,
            "HEDUI_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "HEDUI_SECRET_KEY": secrets.token_urlsafe(32),
            "HEDUI_FILES_DIR": home,
            "HEDUI_MODE": "demo",
        }
        settings = Settings()
        app = create_app(settings)
        world = build_world(app)
        try:
            with opened(app, settings, world, installed_chromium()) as portal:
                yield portal
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def _parser(folder: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these pictures")
    parser.add_argument("--folder", type=Path, default=folder, help="where they go")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
