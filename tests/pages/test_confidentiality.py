"""沙丽 keeps the registers of confidentiality: undertakings, a training, a device and its end."""

import io

import pytest

from app.cases.looks import open_look
from tenants.messages import Fault
from tenants.rulebook import Value, rulebook
from tenants.scope import acting_for
from tests.pages.stage import Stage, on_day
from tests.world.builder import build_world

SECURITY, OFFICER, REVIEWER = "沙丽", "王芳", "赵磊"
SCAN = b"%PDF-1.4 signed"


@pytest.fixture
def stage(app, settings):
    with on_day(5):
        yield Stage(app, settings, build_world(app, settle=False))


def test_undertakings_trainings_devices_on_one_page(stage):
    security, world = stage.at_browser(SECURITY), stage.world
    officer = str(world.person(OFFICER).account_id)
    new = "/confidentiality/undertakings/new"
    given = {"person": officer, "signed_on": "2026-11-05", "valid_from": "2026-11-05"}

    def signed(**more):
        scan = (io.BytesIO(more.pop("scan", SCAN)), "承诺书.pdf")
        return security.send(new, new, **given, valid_to="2026-11-20", scan=scan, **more)

    wrong = signed(scan=b"a picture")
    assert wrong.status_code == 422
    assert "PDF" in wrong.text
    mine = str(world.person(SECURITY).account_id)
    oneself = security.send(
        new,
        new,
        **given | {"person": mine},
        valid_to="2026-11-20",
        scan=(io.BytesIO(SCAN), "a.pdf"),
    )
    assert "另一名安全管理员" in oneself.text
    listed = security.after(signed())
    assert listed.index("赵磊") < listed.index("王芳"), "who has none stands before who has one"
    assert "即将到期" in listed
    assert "未签" in listed

    # where the rulebook says so, who has none in force sees nothing unmasked
    law = rulebook(22)
    before = law.undertaking_to_unmask
    object.__setattr__(law, "undertaking_to_unmask", Value(True))
    try:
        with stage.app.test_request_context(), acting_for(world.agency("榆树市").id):
            with pytest.raises(Fault, match="保密承诺书"):
                open_look("subject", 1, world.actor(REVIEWER), reason="审核复审")
            open_look("subject", 1, world.actor(OFFICER), reason="受理初审")
    finally:
        object.__setattr__(law, "undertaking_to_unmask", before)

    training = "/confidentiality/trainings/new"
    held = {"held_on": "2026-11-04", "topic": "个人信息保护", "hours": "90", "teacher": "省厅"}
    security.after(security.send(training, training, **held, people=[officer, mine]))
    overview = security.read("/confidentiality")
    assert "个人信息保护" in overview
    assert "赵磊" in overview.split("未补训")[1]
    page = security.forms("/confidentiality/trainings")
    assert page is not None
    link = next(
        part.split('"')[0]
        for part in security.read("/confidentiality/trainings").split('href="')
        if part.startswith("/confidentiality/trainings/2026")
    )
    reviewer = world.person(REVIEWER).account_id
    made_up = security.after(security.send(link, f"{link}/people/{reviewer}", on="2026-11-05"))
    assert "已补训" in made_up
    again = security.send_unasked(link, f"{link}/people/{reviewer}", on="2026-11-05")
    assert again.status_code == 422
    assert "没有缺席" in again.text

    device = "/confidentiality/devices/new"
    one = {"number": "核设-001", "kind": "laptop", "model": "联想", "place": "三楼机房"}
    one |= {"keeper": officer, "in_use_from": "2026-11-02"}
    devices = security.after(security.send(device, device, **one))
    assert "核设-001" in devices
    assert "未加密" in devices
    assert "已经登记" in security.send(device, device, **one).text
    link = devices.split('href="/confidentiality/devices/2026')[1].split('"')[0]
    link = f"/confidentiality/devices/2026{link}"
    end = {"end-disposal": "destroyed", "end-on": "2026-11-05", "end-by": officer}
    alone = security.send(link, f"{link}/dispose", **end, **{"end-witness": officer})
    assert alone.status_code == 422
    assert "两名不同的人员" in alone.text
    ended = security.after(
        security.send(link, f"{link}/dispose", **end, **{"end-witness": str(reviewer)})
    )
    assert "监督人" in ended
    assert "赵磊" in ended
    assert "核设-001" not in security.read("/confidentiality/devices")

    blank = security.send("/confidentiality/undertakings", "/prints/undertaking")
    assert blank.data.startswith(b"%PDF")
    director = stage.at_browser("韩立新")
    assert "人员保密承诺" in director.read("/confidentiality")
    assert director.open(new).status_code == 403
    assert stage.at_browser(OFFICER).open("/confidentiality").status_code == 403
