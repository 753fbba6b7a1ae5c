"""人员 in the console: who may, first passwords, sessions, departments, hand-over."""

import re

import pytest

from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Permission
from tests.unit.console.desk import PASSWORD, Desk, send, sign_in, token_on

NEW = "云岭的茶叶很香啊真的香"
DEEDS = {
    "/people": {"login": "new", "name": "新人", "role-writer": "1"},
    "/people/li/roles": {"role-editor": "1"},
    "/people/li/place": {},
    "/people/li/reset": {},
    "/people/li/sign-out": {},
    "/people/li/handover": {"taker": "zhao", "note": "好"},
    "/people/li/disable": {},
    "/people/li/enable": {},
    "/departments": {"name": "水务局", "since": "2026-11-01"},
}
PAGES = ("/people", "/people/li", "/people/li/handover", "/departments")


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_only_who_manages_people_does_and_sees_it(busy: Desk, role: Role) -> None:
    """403 for everybody else, on every page and form."""
    busy.employ("li", Role.WRITER)
    busy.employ("zhao", Role.WRITER)
    browser = busy.signed_in("wang", role)

    answers = [browser.get(path).status_code for path in PAGES]
    answers += [send(browser, path, **fields).status_code for path, fields in DEEDS.items()]

    manages = Permission.MANAGE_PEOPLE in GRANTS[role]
    assert {code == 403 for code in answers} == {not manages}


def first_password_on(page: str) -> str:
    found = re.search(r"<code>([a-z0-9-]{19})</code>", page)
    assert found
    return found[1]


def test_a_new_colleague_changes_the_first_password_before_anything_else(busy: Desk) -> None:
    """It is shown once; until it is changed every page leads to the form."""
    admin = busy.signed_in("qian", Role.ACCOUNT_ADMIN)
    page = send(admin, "/people", login="new", name="新同志", **{"role-writer": "1"}).text
    given, browser = first_password_on(page), busy.visitor()
    sign_in(browser, "new", given)

    before = browser.get("/releases")
    refused = browser.post("/stop", data={"csrf": token_on(browser, "/password"), "account": "*"})
    fields = {"old": given, "password": NEW, "again": NEW}
    browser.post("/password", data={"csrf": token_on(browser, "/password")} | fields)

    assert before.headers["location"] == refused.headers["location"] == "/password"
    assert browser.get("/releases").status_code == 200
    assert given not in admin.get("/people/new").text


def test_a_form_that_is_refused_keeps_what_was_chosen(busy: Desk) -> None:
    """Login, name and roles stay; the reasons lead to their fields."""
    admin = busy.signed_in("qian", Role.ACCOUNT_ADMIN)

    page = send(admin, "/people", login="a b", name="王芳", **{"role-desk": "1"})

    assert page.status_code == 422
    assert 'href="#login"' in page.text
    assert 'value="王芳"' in page.text
    assert 'name="role-desk" value="1" checked' in page.text


def test_signing_in_always_begins_a_new_session(busy: Desk) -> None:
    """A secret that was planted before, or belongs to somebody else, is never taken over."""
    other = busy.signed_in("zhao", Role.WRITER)
    busy.employ("li", Role.WRITER)
    for planted in ("planted", other.cookies["tongbu"]):
        browser = busy.visitor()
        token = token_on(browser, "/login")
        browser.cookies.set("tongbu", planted, domain="console.test", path="/")

        fields = {"token": token, "login": "li", "password": PASSWORD}
        answer = browser.post("/login", data=fields)

        assert answer.status_code == 303
        given = re.search(r"tongbu=([^;]+)", answer.headers["set-cookie"])
        assert given
        assert given[1] != planted


def test_other_sessions_are_seen_and_ended(busy: Desk) -> None:
    """With the browser they began in; the one at hand stays."""
    here = busy.signed_in("li", Role.WRITER)
    elsewhere = busy.visitor()
    phone = {"user-agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"}
    fields = {"token": token_on(elsewhere, "/login"), "login": "li", "password": PASSWORD}
    elsewhere.post("/login", data=fields, headers=phone)

    assert "微信，安卓" in here.get("/password").text
    send(here, "/password/sign-out")

    assert elsewhere.get("/").status_code == 303
    assert here.get("/").status_code == 200


def test_a_department_ends_and_its_successor_follows(busy: Desk) -> None:
    """F27: a reorganisation is two dates and who goes on."""
    admin = busy.signed_in("qian", Role.ACCOUNT_ADMIN)
    for name in ("水利局", "水务局"):
        send(admin, "/departments", name=name, since="2026-01-01")
    with busy.storage.begin() as uow:
        old, new = sorted(uow.departments.all(), key=lambda one: one.id)[:2]

    wrong = send(admin, f"/departments/{old.id}/end", until="2025-01-01", successor=new.id)
    send(admin, f"/departments/{old.id}/end", until="2026-11-01", successor=new.id)

    assert wrong.status_code == 422
    page = admin.get("/departments").text
    assert "已撤并" in page
    assert "2026年11月1日" in page
