"""潘婷 and 周建华 are reminded by e-mail too: a real server on loopback takes it, refuses it, waits."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.cases.models import Subject
from app.mail import rules
from app.mail.models import Mail, MailPreference
from app.mail.rules import wait_before_next
from app.notices.service import To, tell
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.stage import BANK, Browser, Stage, approved, on_day
from tests.pages.test_terms import deliver
from tests.usecases.mailbox import (
    PASSWORD,
    SENDER,
    USER,
    Mailbox,
    certificate,
    knows,
    mail_server,
    set_up,
)
from worker.daily import look_around

LIAISON, OPERATOR, DIRECTOR, SECURITY = "潘婷", "周建华", "王建国", "沙丽"
PAN, ZHOU = "panting@bank.example.cn", "zhou@hedui.example.cn"
OWN = "/me/mail"


@pytest.fixture(autouse=True)
def _at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests run at night, too."""
    monkeypatch.setattr(rules, "FIRST_HOUR", 0)
    monkeypatch.setattr(rules, "LAST_HOUR", 24)


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        stage = approved(app, settings)
        deliver(stage)
        yield stage


@pytest.fixture
def mailbox(stage: Stage) -> Iterator[Mailbox]:
    box = Mailbox()
    with mail_server(box) as port:
        set_up(stage.app, port)
        yield box


def county(stage: Stage) -> int:
    return stage.world.agency("榆树市").id


def agreed(stage: Stage, box: Mailbox, name: str, address: str, wants: str = "urgent") -> Browser:
    """Somebody says what they want where, and types in the code that comes there."""
    browser = stage.at_browser(name)
    browser.after(browser.send(OWN, OWN, wants=wants, address=address))
    stage.work()
    code = re.search(r"验证码：(\d{6})", box.text)
    assert code
    assert "邮箱已验证" in browser.after(browser.send(OWN, f"{OWN}/code", code=code[1]))
    box.letters.clear()
    box.recipients.clear()
    return browser


def day_comes(stage: Stage, day: int) -> None:
    """The worker looks around and works off what it finds."""
    with on_day(day):
        look_around(stage.app)
        stage.work()


def mails(stage: Stage, kind: str = "digest") -> list[Mail]:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        found = list(db.session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.id)))
        db.session.expunge_all()
    return found


def later(stage: Stage) -> None:
    """The time until the next attempt is over."""
    with stage.app.app_context(), acting_for(0, "relay"):
        db.session.execute(text("UPDATE job SET run_at = recorded_at WHERE state = 'waiting'"))
    stage.work()


def test_both_sides_get_one_letter_with_number_and_due_date_and_nothing_else(
    stage: Stage, mailbox: Mailbox
) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    agreed(stage, mailbox, OPERATOR, ZHOU)
    day_comes(stage, 18)
    assert mailbox.letters == [], "nothing is due yet"
    day_comes(stage, 19)
    day_comes(stage, 19)
    assert sorted(mailbox.recipients) == [PAN, ZHOU], "once, however often the worker looks"
    assert mailbox.last["Subject"] == "[核对系统] 您有 1 项提醒，请登录查看"
    assert re.search(r"数据交换申请 \S+ 2026-11-\d{6}，请于 2026年11月23日 前反馈。", mailbox.text)
    assert "http://127.0.0.1:8000" in mailbox.text
    day_comes(stage, 20)
    assert len(mailbox.letters) == 2, "nothing new: no second letter about the same"
    assert "即将到反馈期限" in stage.at_browser(LIAISON).read("/notices"), "the notice stays"


def test_it_says_for_machines_that_a_machine_wrote_it(stage: Stage, mailbox: Mailbox) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    day_comes(stage, 19)
    letter = mailbox.last
    assert letter["To"] == PAN
    assert letter["From"].addresses[0].addr_spec == SENDER
    assert letter["From"].addresses[0].display_name == "榆树市核对中心（核对系统）"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<http://127.0.0.1:8000/me/mail>"
    assert f"<reminders.{county(stage)}." in letter["List-Id"]
    assert letter["Message-ID"].endswith("@hedui.example.cn>")
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content_charset() == "utf-8"


def test_nothing_of_any_household_is_in_any_letter(stage: Stage, mailbox: Mailbox) -> None:
    for name, address in ((LIAISON, PAN), (OPERATOR, ZHOU), ("王芳", "w@hedui.example.cn")):
        agreed(stage, mailbox, name, address, wants="all")
    for day in (19, 24, 27):
        day_comes(stage, day)
    assert len(mailbox.letters) > 2
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        keys = vault()
        people = [keys.open("subject", s.id, s.sealed) for s in db.session.scalars(select(Subject))]
    assert len(people) > 10
    sent = "\n".join(str(one) + str(one.get_content()) for one in mailbox.letters)
    known = {str(p[key]) for p in people for key in ("name", "id_number")}
    assert [word for word in known if word in sent] == []
    assert "户" not in sent, "not even how many households"


def test_what_was_read_meanwhile_is_not_written_about(stage: Stage, mailbox: Mailbox) -> None:
    pan = agreed(stage, mailbox, LIAISON, PAN)
    with on_day(19):
        look_around(stage.app)
        form = next(a for a in pan.forms("/notices") if a.endswith("/open"))
        pan.send("/notices", form)
        stage.work()
    assert mailbox.letters == []
    assert [bool(mail.dropped_at) for mail in mails(stage)] == [True]


def tell_bank(stage: Stage, day: int) -> None:
    """Something that is no reminder is told to the bank."""
    with on_day(day), stage.app.app_context(), acting_for(county(stage)):
        to = To(("liaison",), unit_id=stage.world.unit(BANK).id)
        tell("reply.refused", to, number="1")


def tell_of_decisions(stage: Stage, day: int) -> None:
    """A reminder of October's decisions comes to the same people, as it would to a department."""
    with on_day(day), stage.app.app_context(), acting_for(county(stage)):
        to = To(("liaison",), unit_id=stage.world.unit(BANK).id)
        tell("decision.overdue", to, object_id=202610, count=3)


def test_who_wants_reminders_only_gets_no_other_notice(stage: Stage, mailbox: Mailbox) -> None:
    agreed(stage, mailbox, LIAISON, PAN, wants="urgent")
    tell_bank(stage, 13)
    day_comes(stage, 13)
    assert mailbox.letters == []
    with on_day(13):
        pan = stage.at_browser(LIAISON)
        assert "已保存" in pan.after(pan.send(OWN, OWN, wants="all", address=PAN))
    tell_bank(stage, 16)
    tell_of_decisions(stage, 16)
    day_comes(stage, 16)
    assert mailbox.recipients == [PAN]
    assert "您有 3 项提醒" in mailbox.last["Subject"]
    assert "2026年10月核对家庭的审批情况尚有未反馈的，已超过次月 10 日" in mailbox.text
    assert "另有 2 项，内容请登录后查看" in mailbox.text


def test_an_escalation_reaches_the_director(stage: Stage, mailbox: Mailbox) -> None:
    name = next(p.name for p in stage.world.people_of("榆树市", "director"))
    agreed(stage, mailbox, name, ZHOU)
    day_comes(stage, 30)
    assert mailbox.recipients == [ZHOU]
    assert "超过期限多日仍未反馈" in mailbox.text


def test_no_letter_on_a_day_off(stage: Stage, mailbox: Mailbox) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    day_comes(stage, 21)
    assert mailbox.letters == [], "a Saturday"
    day_comes(stage, 23)
    assert mailbox.recipients == [PAN]


def test_without_the_code_nothing_is_sent_and_a_wrong_one_counts(
    stage: Stage, mailbox: Mailbox
) -> None:
    pan = stage.at_browser(LIAISON)
    pan.after(pan.send(OWN, OWN, wants="urgent", address=PAN))
    stage.work()
    code = re.search(r"验证码：(\d{6})", mailbox.text)
    assert code
    wrong = f"{(int(code[1]) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1, 0):
        told = pan.send(OWN, f"{OWN}/code", code=wrong)
        assert told.status_code == 422
        assert f"还可以再试 {left} 次" in told.text
    assert "验证码已失效" in pan.send(OWN, f"{OWN}/code", code=code[1]).text
    day_comes(stage, 19)
    assert mailbox.recipients == [PAN], "the code alone"
    for _ in range(4):
        pan.after(pan.send(OWN, OWN, wants="urgent", address=PAN))
    told = pan.send(OWN, OWN, wants="urgent", address=PAN)
    assert "今天已发送 5 次验证码" in told.text


@pytest.mark.parametrize(
    "address", ["", "潘婷@bank.cn", "a@b", "a b@c.cn", "a@b.cn, c@d.cn", "a@b.cn\nBcc: c@d.cn"]
)
def test_an_address_that_is_none_is_told_at_its_field(
    stage: Stage, mailbox: Mailbox, address: str
) -> None:
    pan = stage.at_browser(LIAISON)
    told = pan.send(OWN, OWN, wants="urgent", address=address)
    assert told.status_code == 422
    assert "邮箱地址不正确" in told.text
    stage.work()
    assert mailbox.letters == []


def test_who_takes_consent_back_is_forgotten(stage: Stage, mailbox: Mailbox) -> None:
    pan = agreed(stage, mailbox, LIAISON, PAN)
    assert "邮箱已删除" in pan.after(pan.send(OWN, OWN, wants="nothing", address=PAN))
    assert PAN not in pan.read(OWN)
    day_comes(stage, 19)
    assert mailbox.letters == []
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        assert db.session.scalars(select(MailPreference.address_sealed)).all() == [b""]


def test_a_refused_address_is_given_up_at_once_and_shown(stage: Stage, mailbox: Mailbox) -> None:
    pan = agreed(stage, mailbox, LIAISON, PAN)
    mailbox.answers[PAN] = "550 5.1.1 no such user here"
    day_comes(stage, 19)
    (mail,) = mails(stage)
    assert (mail.failure, mail.answer, mail.attempts) == ("address", 550, 1)
    assert mail.given_up_at
    assert "邮箱被拒收，请核对" in pan.read(OWN)
    shown = stage.at_browser(SECURITY).read("/people/mail")
    assert PAN in shown
    assert "对方邮件服务器不接受这个邮箱地址" in shown
    assert "（550）" in shown
    mailbox.answers.clear()
    day_comes(stage, 24)
    assert mailbox.letters == [], "nothing more goes there"
    assert "已超过反馈期限" in pan.read("/notices"), "nothing is lost"


def test_a_server_that_is_busy_is_asked_again_until_it_takes_it(
    stage: Stage, mailbox: Mailbox
) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    mailbox.to_data = "451 4.3.0 try again later"
    day_comes(stage, 19)
    (mail,) = mails(stage)
    assert (mail.failure, mail.answer, mail.given_up_at) == ("busy", 451, None)
    assert "发送未成功，将再试" in stage.at_browser(SECURITY).read("/people/mail")
    stage.work()
    assert mails(stage)[0].attempts == 1, "not before its time"
    mailbox.to_data = ""
    later(stage)
    (mail,) = mails(stage)
    assert mail.sent_at
    assert (mail.attempts, mail.failure) == (2, "")
    assert mailbox.recipients == [PAN]


def test_a_server_that_stays_away_is_given_up_in_the_end_and_the_notice_stays(
    stage: Stage, mailbox: Mailbox
) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    set_up(stage.app, 9)
    day_comes(stage, 19)
    for _ in range(10):
        later(stage)
    (mail,) = mails(stage)
    assert mail.failure == "unreachable"
    assert mail.given_up_at
    assert mail.attempts == 7
    assert wait_before_next(7) is None
    assert "发送失败" in stage.at_browser(SECURITY).read("/people/mail")
    assert "即将到反馈期限" in stage.at_browser(LIAISON).read("/notices")


def with_tls(stage: Stage, tmp_path: Path, look: Callable[[Mailbox], None], **more: object) -> None:
    """A server that takes nothing in the clear and wants a login."""
    public, context = certificate(tmp_path)
    login = tmp_path / "login"
    login.write_text(f"{USER}\n{PASSWORD}\n")
    box = Mailbox()
    options = {"tls_context": context, "require_starttls": True}
    with mail_server(box, **options, authenticator=knows, auth_required=True) as port:
        given = {"hedui_smtp_security": "starttls", "hedui_smtp_ca_file": public}
        set_up(stage.app, port, **given | {"hedui_smtp_login_file": login} | more)
        look(box)


def test_it_signs_in_over_tls(stage: Stage, tmp_path: Path) -> None:
    def look(box: Mailbox) -> None:
        agreed(stage, box, LIAISON, PAN)
        day_comes(stage, 19)
        assert box.recipients == [PAN]
        assert all(box.over_tls)

    with_tls(stage, tmp_path, look)


def code_fails(stage: Stage) -> Mail:
    pan = stage.at_browser(LIAISON)
    pan.after(pan.send(OWN, OWN, wants="urgent", address=PAN))
    stage.work()
    return mails(stage, "code")[-1]


def test_a_certificate_that_nobody_vouches_for_gets_nothing(stage: Stage, tmp_path: Path) -> None:
    def look(box: Mailbox) -> None:
        assert code_fails(stage).failure == "tls"
        assert box.letters == []

    with_tls(stage, tmp_path, look, hedui_smtp_ca_file=None)


def test_a_wrong_password_is_told_to_the_administrator(stage: Stage, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(f"{USER}\nnot-this\n")

    def look(box: Mailbox) -> None:
        mail = code_fails(stage)
        assert (mail.failure, mail.answer) == ("login", 535)
        assert box.letters == []
        shown = stage.at_browser(SECURITY).read("/people/mail")
        assert "不接受系统的登录" in shown

    with_tls(stage, tmp_path, look, hedui_smtp_login_file=wrong)


def test_without_encryption_on_offer_nothing_is_sent_in_the_clear(
    stage: Stage, mailbox: Mailbox
) -> None:
    settings = stage.app.extensions["hedui.settings"]
    set_up(stage.app, settings.hedui_smtp_port, hedui_smtp_security="starttls")
    assert code_fails(stage).failure == "tls"
    assert mailbox.letters == []


def test_an_agency_switches_it_off(stage: Stage, mailbox: Mailbox) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    security = stage.at_browser(SECURITY)
    page, form = "/people/mail", "/people/mail/switch"
    assert "已停用邮件提醒" in security.after(security.send(page, form))
    day_comes(stage, 19)
    assert mailbox.letters == []
    assert mails(stage) == []
    assert "本机构已停用邮件提醒" in stage.at_browser(LIAISON).read(OWN)
    assert "已启用邮件提醒" in security.after(security.send(page, form))
    day_comes(stage, 20)
    assert mailbox.recipients == [PAN]
    for name in (OPERATOR, "潘婷", "何军"):
        if name in stage.world.people:
            assert stage.at_browser(name).open(page).status_code == 403


def test_another_agency_sees_no_address(stage: Stage, mailbox: Mailbox) -> None:
    agreed(stage, mailbox, LIAISON, PAN)
    assert PAN in stage.at_browser(SECURITY).read("/people/mail")
    (other,) = stage.world.people_of("双阳区", "security_administrator")[:1]
    assert PAN not in stage.at_browser(other.name).read("/people/mail")
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        sealed = db.session.scalars(select(MailPreference.address_sealed)).one()
        assert PAN.encode() not in sealed
        assert db.session.scalar(select(func.count()).select_from(MailPreference)) == 1


def test_where_no_server_is_configured_the_page_says_so(stage: Stage) -> None:
    pan = stage.at_browser(LIAISON)
    assert "没有配置邮件服务" in pan.read(OWN)
    day_comes(stage, 19)
    assert mails(stage) == []
