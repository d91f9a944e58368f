"""A tenant opened for real, on the command line: agency, units, accounts, certificate."""

import re

import pytest

from tests.pages.stage import TOKEN
from tests.world.pki import issue_agency_certificate, make_demo_authority

PROVINCE = (
    *("open-agency", "220000", "--name", "吉林省核对中心", "--short-name", "吉林省"),
    *("--region-name", "吉林省", "--tier", "province"),
)
CITY = (
    *("open-agency", "220100", "--name", "长春市核对中心", "--short-name", "长春"),
    *("--region-name", "长春市", "--tier", "city", "--parent", "220000"),
)
PASSWORD = "a long first password"


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def invoke(*arguments, asked=""):
        return runner.invoke(args=[str(part) for part in arguments], input=asked)

    return invoke


def number_in(said):
    assert said.exit_code == 0, said.output
    found = re.search(r"[0-9]+", said.output)
    assert found
    return found[0]


def test_a_tenant_is_opened_step_by_step(run, app):
    early = run(*CITY)
    assert early.exit_code == 1
    assert "上级核对机构 220000 尚未开设" in early.output
    assert run(*PROVINCE).exit_code == 0
    assert run(*CITY).exit_code == 0
    again = run(*CITY)
    assert again.exit_code == 1
    assert "已经开设" in again.output

    department = number_in(run("add-unit", 220100, "commissioning", "长春市民政局社会救助处"))
    assert number_in(run("add-unit", 220100, "intake_desk", "某街道", "--department", department))
    lonely = run("add-unit", 220100, "intake_desk", "某街道")
    assert lonely.exit_code == 1
    assert "--department" in lonely.output
    bank = number_in(run("add-unit", 220100, "sharing", "长春农商银行", "--category", 16))
    assert "长春农商银行" in run("list-units", 220100).output
    assert run("add-capability", 220100, bank, 1601, 1602).exit_code == 0
    assert "已登记过" in run("add-capability", 220100, bank, 1601).output
    assert "不在信息共享目录" in run("add-capability", 220100, bank, 9999).output

    twice = f"{PASSWORD}\n{PASSWORD}\n"
    opened = run(
        "open-account", 220100, "gong", "龚明", "--role", "system_administrator", asked=twice
    )
    assert opened.exit_code == 0, opened.output
    assert PASSWORD not in opened.output
    both = ("--role", "security_administrator", "--role", "reviewer")
    refused = run("open-account", 220100, "ding", "丁宁", *both, asked=twice)
    assert refused.exit_code == 1
    assert "不得互相兼任" in refused.output
    clerk = ("open-account", 220100, "lin", "林芳", "--unit", department, "--role")
    assert "不能担任岗位" in run(*clerk, "reviewer", asked=twice).output
    assert run(*clerk, "department_clerk", asked=twice).exit_code == 0

    client = app.test_client()
    token = TOKEN.search(client.get("/sign-in").text)
    assert token
    fields = {"csrf_token": token[1], "agency": 220100, "login": "gong", "password": PASSWORD}
    assert client.post("/sign-in", data=fields).status_code == 302
    assert "林芳" in client.get("/people").text


def test_a_password_is_never_taken_for_granted(run):
    run(*PROVINCE)
    silent = run("open-account", 220000, "gong", "龚明", "--role", "reviewer")
    assert silent.exit_code != 0
    short = run("open-account", 220000, "gong", "龚明", "--role", "reviewer", asked="x\nx\n")
    assert short.exit_code == 1
    assert "至少应有 12 个字符" in short.output


def test_a_certificate_is_installed_only_for_its_agency_and_with_its_key(run, tmp_path):
    run(*PROVINCE)
    authority = make_demo_authority()
    own = issue_agency_certificate(authority, "吉林省核对中心", "220000")
    other = issue_agency_certificate(authority, "长春市核对中心", "220100")
    for name, seal in (("own", own), ("other", other)):
        (tmp_path / f"{name}.pem").write_bytes(seal.certificate + b"".join(seal.chain))
        (tmp_path / f"{name}.key").write_bytes(seal.private_key)

    def install(certificate, key):
        return run("install-certificate", 220000, tmp_path / certificate, tmp_path / key)

    assert "与核对机构“吉林省核对中心”不符" in install("other.pem", "other.key").output
    assert "私钥与证书不配对" in install("own.pem", "other.key").output
    assert "私钥与证书不配对" in install("own.key", "own.pem").output
    for _renewed in range(2):
        said = install("own.pem", "own.key")
        assert said.exit_code == 0, said.output
        assert "已导入签章证书" in said.output
