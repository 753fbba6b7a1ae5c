"""People are called by their names; logins are for signing in."""

import re
from html import unescape

import pytest

from bot.console.words.people import PeopleNames
from bot.domain.ids import UserId
from bot.domain.people import Role, User
from bot.storage.database import Database
from tests.fakes.vault import PlainPasswords
from tests.unit.console.desk import PASSWORD, TEMPLATES, sign_in
from tests.unit.console.tour import address_book, full_street

STAFF = {
    "li": "李文静",
    "wang": "王建国",
    "wu": "吴晓东",
    "writer": "陈子昂",
    "desk": "赵春梅",
    "reviewer": "孙立人",
    "approver": "周正清",
}
OWN_PAGES = ("/people", "/settings", "/password", "/design")
"""Where a login is what one signs in with, or a sample."""
_TEXT = re.compile(r"<(script|style|option|code)\b.*?</\1>|<[^>]+>", re.S)


def employ_staff(storage: Database) -> None:
    """Everybody who did something in the town; one of them has left since."""
    with storage.begin() as uow:
        for login, name in STAFF.items():
            uow.people.add_user(
                User(
                    UserId(f"usr_{login}"),
                    login,
                    name,
                    frozenset(Role),
                    PlainPasswords().hash(PASSWORD),
                    enabled=login != "wu",
                )
            )
        uow.commit()


def seen_on(html: str) -> str:
    """What a page shows, without its markup."""
    return unescape(_TEXT.sub(" ", html))


def test_no_page_calls_anybody_by_their_login(sqlite_url: str) -> None:
    """Neither those who work here nor those who have left."""
    street = full_street(sqlite_url)
    employ_staff(street.storage)
    visitor = street.visitor()
    sign_in(visitor, "wang")
    logins = re.compile(rf"(?<![\w@./-])(?:{'|'.join(STAFF)})(?![\w@./-])")

    shown = {
        address: found.group()
        for address in address_book(street)
        if not address.startswith(OWN_PAGES)
        and (found := logins.search(seen_on(visitor.get(address).text)))
    }

    assert shown == {}
    street.storage.dispose()


def test_no_template_prints_a_login_as_it_is() -> None:
    """Where somebody acted goes through the filter; the tour above does not meet every state."""
    printed = re.compile(r"{{[^}]*\b(?:by|\w+_by)\b[^}]*}}")
    fields = ("answered_by", "covered_by", "wanted_by", "{{ by }}", ".by.")
    found = [
        f"{path.name}: {one}"
        for path in sorted((TEMPLATES / "console").rglob("*.j2"))
        for one in printed.findall(path.read_text())
        if "| person" not in one and not any(name in one for name in fields)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("login", "name"),
    [
        ("li", "李文静"),
        ("zhang1", "张伟（zhang1）"),
        ("zhang2", "张伟（zhang2）"),
        ("tongbu", "系统"),
        ("cli:root", "系统管理员"),
        ("api:门户", "接口“门户”"),
        ("县政府办公室", "县政府办公室"),
        (None, ""),
    ],
)
def test_a_login_is_a_hint_only_where_two_share_a_name(login: str | None, name: str) -> None:
    """And whoever is no member of staff is called what they are."""
    names = PeopleNames(lambda: {"li": "李文静", "zhang1": "张伟", "zhang2": "张伟"})

    assert names(login) == name


def test_names_are_read_once_and_only_where_somebody_is_named() -> None:
    """However many lines a page has."""
    reads: list[int] = []

    def read() -> dict[str, str]:
        reads.append(1)
        return {"li": "李文静"}

    names = PeopleNames(read)
    names("")
    unasked = len(reads)
    told = [names("li") for _ in range(50)]

    assert (unasked, len(reads), set(told)) == (0, 1, {"李文静"})
