"""Pictures, voices and videos in a conversation: fetched when somebody asks, shown or saved."""

import httpx
import pytest

from bot.domain.cases.case import CaseState
from bot.domain.errors import Explanation, TargetGone
from bot.domain.ids import CaseId, DepartmentId, ReplyId
from bot.domain.people import Role
from bot.ports.attachments import Attachment
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, token_on
from tests.unit.console.town_cases import settle_cases

GONE = Explanation("微信只把它保存三天，现在已经取不到了", "请对方再发一次", "留言专员")
AT = "/replies/rpy_along/attachment"


def sends(desk: Desk, type_name: str, *, hours_ago: int = 1) -> None:
    said = make.incoming(
        key="along",
        sender="o_along",
        text="［图片］",
        type_name=type_name,
        said_at=make.after(-3600 * hours_ago),
    )
    with desk.storage.begin() as uow:
        uow.replies.store([make.reply(id=ReplyId("rpy_along"), incoming=said)])
        uow.commit()


def fetched_in_place(browser: Browser) -> httpx.Response:
    data = {"csrf": token_on(browser, "/settings")}
    return browser.post(AT, data=data, headers={"hx-request": "true"})


def looks(desk: Desk) -> int:
    with desk.storage.look() as uow:
        records = uow.audit.records()
    return sum(record.action == "reply.attachment_fetched" for record in records)


def test_a_picture_is_shown_in_its_bubble_and_the_audit_says_who_looked(busy: Desk) -> None:
    """Until when the platform keeps it stands beside the button; nothing is kept here."""
    sends(busy, "image")
    li = busy.signed_in("li", Role.DESK)

    page = li.get("/replies/rpy_along").text
    shown = fetched_in_place(li)

    assert "查看图片" in page
    assert "微信保存三天" in page
    assert f'hx-post="{AT}"' in page
    assert 'src="data:image/jpeg;base64,/9j/' in shown.text
    assert "img-src 'self' data:" in shown.headers["content-security-policy"]
    assert busy.media.kept == {}
    assert looks(busy) == 1


@pytest.mark.parametrize(
    ("type_name", "label", "content", "ending"),
    [
        ("voice", "收听语音", b"#!AMR\n...", "amr"),
        ("video", "查看视频", b"\x00\x00\x00\x20ftypisom", "mp4"),
        ("shortvideo", "查看视频", b"\x00\x00\x00\x20ftypisom", "mp4"),
        ("image", "查看图片", b"\x89PNG\r\n\x1a\n", "png"),
    ],
)
def test_what_is_no_picture_is_saved_and_so_is_one_without_script(
    busy: Desk, type_name: str, label: str, content: bytes, ending: str
) -> None:
    """Whatever the platform calls it, a browser runs nothing of it."""
    sends(busy, type_name)
    busy.box.found = Attachment(content, "text/html")
    li = busy.signed_in("li", Role.DESK)

    page = li.get("/replies/rpy_along").text
    saved = send(li, AT)

    assert label in page
    assert saved.content == content
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].endswith(f"rpy_along.{ending}")
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in saved.headers["content-security-policy"]


def test_a_page_that_calls_itself_a_picture_is_not_shown(busy: Desk) -> None:
    """It is offered for saving."""
    sends(busy, "image")
    busy.box.found = Attachment(b"<svg onload=alert(1)>", "image/svg+xml")

    answer = fetched_in_place(busy.signed_in("li", Role.DESK)).text

    assert "<svg" not in answer
    assert "<img" not in answer
    assert "不是能直接显示的图片格式" in answer


def test_what_the_platform_has_no_more_is_said_in_its_place(busy: Desk) -> None:
    """In the bubble with script, on the page without."""
    sends(busy, "image")
    busy.box.found = TargetGone("media/get", code="40007", explanation=GONE)
    li = busy.signed_in("li", Role.DESK)

    in_place, on_page = fetched_in_place(li), send(li, AT)

    assert in_place.status_code == 200
    assert "微信只把它保存三天，现在已经取不到了。请对方再发一次" in in_place.text
    assert on_page.status_code == 409
    assert "现在已经取不到了" in on_page.text


def test_after_three_days_nothing_is_offered(busy: Desk) -> None:
    """The day on which it ended is told."""
    sends(busy, "voice", hours_ago=73)

    page = busy.signed_in("li", Role.DESK).get("/replies/rpy_along").text

    assert "已到期，取不到了" in page
    assert AT not in page


def test_only_who_answers_or_handles_the_case_may_look(busy: Desk) -> None:
    """A contact at letters of their own department's cases, also on the page of the case."""
    sends(busy, "image")
    writer = busy.signed_in("wu", Role.WRITER)
    both = busy.signed_in("he", Role.DEPT_CONTACT, Role.WRITER, department="water")
    own = busy.signed_in("zhao", Role.DEPT_CONTACT, department="water")
    other = busy.signed_in("qian", Role.DEPT_CONTACT, department="roads")
    settle_cases(busy.storage)
    with busy.storage.begin() as uow:
        case = make.case(
            id=CaseId("case_along"),
            number="20261126-9",
            reply=ReplyId("rpy_along"),
            department=DepartmentId("water"),
            state=CaseState.ASSIGNED,
        )
        uow.cases.add(case)
        uow.commit()

    for nobody in (writer, both):
        assert "查看图片" not in nobody.get("/replies/rpy_along").text
    for nobody in (writer, both, other):
        assert fetched_in_place(nobody).status_code == 403
    assert "查看图片" in own.get("/replies/rpy_along").text
    assert "查看图片" in own.get("/cases/case_along").text
    assert "data:image/jpeg" in fetched_in_place(own).text
    assert looks(busy) == 1
