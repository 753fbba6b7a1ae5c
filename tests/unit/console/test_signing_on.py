"""统一身份认证: signing on through the office's provider, and who may bind whom."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from bot.console.app import create_app
from bot.domain.people import Role
from bot.signon.provider import OidcProvider, ProviderSettings
from bot.storage.database import Database
from tests.fakes.identity_provider import CLIENT, ISSUER, SECRET, LocalProvider, Signer
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, sign_in

BASE = "http://console.test"


class Front(Desk):
    """A console beside the office's provider."""

    def provide(self, office: LocalProvider, **changes: bool) -> None:
        """Let it be signed on through."""
        settings = ProviderSettings(
            ISSUER, CLIENT, f"{BASE}/login/oidc/return", f"{BASE}/login", client_secret=SECRET
        )
        provider = OidcProvider(replace(settings, **changes), office.client(), self.clock)
        self.app = create_app(replace(self.tools, sign_on=provider))


@pytest.fixture(scope="session")
def signer() -> Signer:
    """Drawn once."""
    return Signer("key-1")


@pytest.fixture
def front(sqlite_url: str) -> Iterator[Front]:
    """With Li, who writes, and an administrator."""
    made = Front(sqlite_url)
    made.employ("li", Role.WRITER)
    made.employ("zhou", Role.ACCOUNT_ADMIN)
    yield made
    made.storage.dispose()


@pytest.fixture
def office(front: Front, signer: Signer) -> LocalProvider:
    """On the console's clock."""
    made = LocalProvider(front.clock, signer=signer)
    front.provide(made)
    return made


def signs_on(
    front: Front, office: LocalProvider, wanted: str = "/releases"
) -> tuple[Browser, httpx.Response]:
    """A browser that has been to the provider and back, and what it was answered."""
    browser = front.visitor()
    away = browser.get(f"/login/oidc?next={wanted}")
    back = office.signs_on(away.headers["location"])
    return browser, browser.get(back.removeprefix(BASE))


def subject_of(storage: Database, login: str) -> str:
    """Whom they are bound to."""
    with storage.look() as uow:
        user = uow.people.by_login(login)
    assert user is not None
    return user.subject


def test_nobody_is_let_in_who_is_not_bound_and_nobody_is_made(
    front: Front, office: LocalProvider
) -> None:
    """They read what to tell the administrator; a login that fits is not enough."""
    browser, answer = signs_on(front, office)
    with front.storage.look() as uow:
        people = {one.login for one in uow.people.users()}

    assert answer.status_code == 403
    assert "请把下面的标识告诉账号管理员" in answer.text
    assert "u-1001" in answer.text
    assert browser.get("/releases").status_code == 303
    assert people == {"li", "zhou"}


def test_whom_the_administrator_binds_comes_in_and_where_they_were_going(
    front: Front, office: LocalProvider
) -> None:
    """With a session of their own making; unbound they are out at once."""
    admin = front.visitor()
    sign_in(admin, "zhou")
    bound = send(admin, "/people/li/bind", subject=" u-1001 ")
    browser, answer = signs_on(front, office, "/releases?q=7")
    inside = browser.get("/releases").text
    send(admin, "/people/li/bind", subject="")

    assert bound.status_code == 303
    assert answer.headers["location"] == "/releases?q=7"
    assert "li同志" in inside
    assert browser.get("/releases").status_code == 303
    assert signs_on(front, office)[1].status_code == 403  # type: ignore[attr-defined]


def test_a_bond_is_one_persons_and_not_ones_own(front: Front, office: LocalProvider) -> None:
    """Nor is it made by who does not manage people."""
    front.employ("wang", Role.WRITER)
    admin, writer = front.visitor(), front.visitor()
    sign_in(admin, "zhou")
    sign_in(writer, "wang")
    send(admin, "/people/li/bind", subject="u-1001")

    answers = [
        send(admin, "/people/wang/bind", subject="u-1001"),
        send(admin, "/people/zhou/bind", subject="u-7"),
        send(writer, "/people/li/bind", subject="u-8"),
    ]

    assert [one.status_code for one in answers] == [409, 403, 403]
    assert "已经绑定另一位同事" in answers[0].text
    assert subject_of(front.storage, "li") == f"{ISSUER} u-1001"
    assert subject_of(front.storage, "wang") == subject_of(front.storage, "zhou") == ""


def test_a_setting_lets_the_login_bind_once(front: Front, office: LocalProvider) -> None:
    """Afterwards only the subject counts: another one with the same login stays outside."""
    front.provide(office, binds_by_login=True)
    first = signs_on(front, office)[1].status_code
    office.person = {"sub": "u-2002", "preferred_username": "li"}
    second = signs_on(front, office)[1].status_code

    assert (first, second) == (303, 403)
    assert subject_of(front.storage, "li") == f"{ISSUER} u-1001"


def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(
    front: Front, office: LocalProvider
) -> None:
    """Somebody else's link does not sign one on as them; nor does one's own link twice."""
    front.provide(office, binds_by_login=True)
    attacker, victim = front.visitor(), front.visitor()
    link = office.signs_on(attacker.get("/login/oidc").headers["location"]).removeprefix(BASE)
    victim.get("/login/oidc")

    foreign, own = victim.get(link), attacker.get(link)
    again = attacker.get(link)

    assert foreign.status_code == 403
    assert victim.get("/").status_code == 303
    assert own.status_code == 303
    assert again.status_code == 403


def test_signing_on_begins_a_new_session(front: Front, office: LocalProvider) -> None:
    """Whatever cookie the browser was given before."""
    front.provide(office, binds_by_login=True)
    browser = front.visitor()
    browser.cookies.set("tongbu", "planted")
    back = office.signs_on(browser.get("/login/oidc").headers["location"])
    answer = browser.get(back.removeprefix(BASE))

    given = [c for c in answer.headers.get_list("set-cookie") if c.startswith("tongbu=")]
    assert given
    assert "planted" not in given[0]


def test_what_goes_wrong_there_is_told_in_chinese(front: Front, office: LocalProvider) -> None:
    """Turned back, a spoiled token, a provider that is away; the wanted page is kept."""
    browser = front.visitor()
    back = office.signs_on(browser.get("/login/oidc?next=/calendar").headers["location"])
    state = back.partition("state=")[2]
    turned = browser.get(f"/login/oidc/return?error=access_denied&state={state}")
    office.spoil = lambda claims: claims.update(aud="somebody else")
    spoiled = signs_on(front, office)[1]
    office.is_away = True
    front.provide(office)
    away = front.visitor().get("/login/oidc")

    assert turned.status_code == 422
    assert "没有在统一身份认证里完成登录" in turned.text
    assert "next=/calendar" in turned.text
    assert "没有确认您的身份" in spoiled.text
    assert away.status_code == 503
    assert "暂时没有应答" in away.text


def test_passwords_open_nothing_where_the_provider_is_the_only_way(
    front: Front, office: LocalProvider
) -> None:
    """The form is gone, and what is sent without it is refused."""
    before = sign_in(front.visitor(), "li")
    visitor = front.visitor()
    token = visitor.get("/login").text.partition('name="token" value="')[2].partition('"')[0]
    front.provide(office, is_only_way=True)
    kept = Browser(front.app, base_url=BASE)
    kept.cookies.update(visitor.cookies)
    refused = kept.post("/login", data={"token": token, "login": "li", "password": "correct horse"})

    assert before.status_code == 303
    assert 'name="password"' not in kept.get("/login").text
    assert refused.status_code == 403
    assert "这里不用密码登录" in refused.text


def test_leaving_offers_to_leave_the_provider_too(front: Front, office: LocalProvider) -> None:
    """On a shared machine the next one would come in with one click."""
    front.provide(office, binds_by_login=True)
    browser, _ = signs_on(front, office)
    out = send(browser, "/logout")
    page = browser.get(out.headers["location"]).text

    assert browser.get("/").status_code == 303
    assert 'href="/login/oidc/out"' in page
    assert browser.get("/login/oidc/out").headers["location"].startswith(f"{ISSUER}/logout?")


def test_without_settings_there_is_no_other_way_in(front: Front) -> None:
    """The page is as it was."""
    visitor = front.visitor()

    assert "统一身份认证" not in visitor.get("/login").text
    for path in ("/login/oidc", "/login/oidc/return?code=c&state=s", "/login/oidc/out"):
        assert visitor.get(path).headers["location"] == "/login"
