"""Signing in and out: who gets in, how often one may try, and what survives a lost session."""

from datetime import timedelta

from bot.console.throttle import TRIES_A_LOGIN, Throttle
from bot.domain.people import Role
from tests.fakes.clock import StillClock
from tests.unit.console.desk import PASSWORD, Desk, send, sign_in, token_on


def test_a_stranger_is_sent_to_sign_in_and_brought_back(busy: Desk) -> None:
    """The address somebody sent by chat opens after signing in."""
    busy.employ("wang", Role.WRITER)
    browser = busy.visitor()

    asked = browser.get("/releases?q=停车")
    entered = sign_in(browser, "wang", next="/releases?q=停车")

    assert asked.status_code == 303
    assert asked.headers["location"].startswith("/login?next=%2Freleases")
    assert entered.headers["location"] == "/releases?q=%E5%81%9C%E8%BD%A6"


def test_a_login_never_leads_to_another_site(busy: Desk) -> None:
    """An address with a host of its own is ignored."""
    busy.employ("wang", Role.WRITER)

    for elsewhere in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:1",
    ):
        response = sign_in(busy.visitor(), "wang", next=elsewhere)
        assert response.headers["location"] == "/"


def test_a_wrong_password_keeps_the_login_and_says_no_more(busy: Desk) -> None:
    """Whether the login exists is not told."""
    busy.employ("wang", Role.WRITER)

    wrong = sign_in(busy.visitor(), "wang", "nonsense")
    unknown = sign_in(busy.visitor(), "nobody", "nonsense")

    assert wrong.status_code == unknown.status_code == 422
    assert "用户名或密码不正确" in wrong.text
    assert "用户名或密码不正确" in unknown.text
    assert 'value="wang"' in wrong.text
    assert "nonsense" not in wrong.text


def test_guessing_is_stopped_after_a_few_tries(busy: Desk) -> None:
    """Even the right password is not looked at for a while."""
    busy.employ("wang", Role.WRITER)
    browser = busy.visitor()
    for _ in range(TRIES_A_LOGIN):
        sign_in(browser, "wang", "nonsense")

    blocked = sign_in(browser, "wang")
    busy.clock.pass_seconds(timedelta(minutes=16).total_seconds())
    later = sign_in(browser, "wang")

    assert blocked.status_code == 429
    assert "15 分钟" in blocked.text
    assert later.status_code == 303


def test_one_login_does_not_block_another() -> None:
    """A colleague at the same address can still get in."""
    throttle = Throttle(StillClock())
    for _ in range(TRIES_A_LOGIN):
        throttle.failed("wang", "10.0.0.1")

    assert not throttle.may_try("wang", "10.0.0.1")
    assert throttle.may_try("li", "10.0.0.1")
    assert throttle.may_try("wang", "10.0.0.2")


def test_the_login_form_needs_its_own_token(busy: Desk) -> None:
    """Nobody can be signed in as somebody else by another site."""
    busy.employ("wang", Role.WRITER)
    browser = busy.visitor()
    token_on(browser, "/login")

    response = browser.post(
        "/login", data={"token": "guessed", "login": "wang", "password": PASSWORD}
    )

    assert response.status_code == 403
    assert "tongbu" not in browser.cookies


def test_the_session_cookie_is_out_of_reach_of_script(sqlite_url: str) -> None:
    """HttpOnly, SameSite=Lax, and over https also Secure and bound to the host."""
    plain, secure = Desk(sqlite_url), Desk(sqlite_url, is_https=True)
    plain.employ("wang", Role.WRITER)

    over_http = sign_in(plain.visitor(), "wang").headers["set-cookie"]
    over_https = sign_in(secure.visitor(), "wang").headers["set-cookie"]

    assert over_http.startswith("tongbu=")
    assert "HttpOnly" in over_http
    assert "SameSite=lax" in over_http
    assert "Secure" not in over_http
    assert over_https.startswith("__Host-tongbu=")
    assert "Secure" in over_https
    plain.storage.dispose()
    secure.storage.dispose()


def test_signing_out_ends_the_session_on_the_server(busy: Desk) -> None:
    """A copied cookie is worth nothing afterwards."""
    browser = busy.signed_in("wang", Role.WRITER)
    copied = browser.cookies["tongbu"]

    send(browser, "/logout")
    browser.cookies.set("tongbu", copied, domain="console.test")

    assert browser.get("/").status_code == 303


def test_what_was_written_survives_a_session_that_ran_out(busy: Desk) -> None:
    """The reason for returning a post is offered again, and can be sent with one press."""
    browser = busy.signed_in("wang", Role.APPROVER)
    csrf = token_on(browser, "/settings")
    busy.clock.pass_seconds(13 * 3600)

    expired = browser.post("/posts/pst_3/return", data={"csrf": csrf, "reason": "第二段<数字>有误"})
    token = expired.text.split('name="token" value="')[1].split('"')[0]
    kept = '{"reason": "第二段<数字>有误"}'
    resumed = browser.post(
        "/login",
        data={
            "token": token,
            "login": "wang",
            "password": PASSWORD,
            "kept_action": "/posts/pst_3/return",
            "kept": kept,
        },
    )
    sent = send(browser, "/posts/pst_3/return", reason="第二段<数字>有误")

    assert expired.status_code == 401
    assert "登录已过期" in expired.text
    assert "第二段&lt;数字&gt;有误" in resumed.text
    assert 'action="/posts/pst_3/return"' in resumed.text
    assert sent.status_code == 303


def test_a_disabled_person_is_out_at_once(busy: Desk) -> None:
    """A session does not outlive the right to have one."""
    from dataclasses import replace

    browser = busy.signed_in("wang", Role.WRITER)
    with busy.storage.begin() as uow:
        person = uow.people.by_login("wang")
        assert person
        uow.people.save_user(replace(person, enabled=False))
        uow.commit()

    assert browser.get("/").status_code == 303
