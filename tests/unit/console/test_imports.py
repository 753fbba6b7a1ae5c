"""导入: a file is uploaded, looked at and taken."""

import httpx

from bot.domain.people import Role
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, token_on

CSV = (
    "工单编号,来电时间,标题,内容,联系电话,来电人\r\n"
    "A1,2026-11-20 09:30,供水,三天没水了,13800000000,王某\r\n"
    "A2,前天,供电,没来电,13900000000,李某\r\n"
).encode("gb18030")


def upload(client: Browser, content: bytes | None = CSV, **fields: str) -> httpx.Response:
    files = {"file": ("热线.csv", content)} if content is not None else {"other": ("", b"")}
    token = token_on(client, "/settings")
    data = {"csrf": token, "profile": "hotline"} | fields
    return client.post("/imports", data=data, files=files)


def test_a_file_goes_from_upload_over_preview_to_the_inbox(busy: Desk) -> None:
    """A row that cannot be taken is named; a second click changes nothing."""
    browser = busy.signed_in("wang", Role.DESK)
    form = browser.get("/imports").text
    sent = upload(browser)
    address = sent.headers["location"]
    preview = browser.get(address).text

    taken = [send(browser, f"{address}/take") for _ in range(2)]

    told = browser.get(address).text
    assert "12345 热线" in form
    assert all(words in preview for words in ("确认导入 1 条", "三天没水了", "第 3 行", "看不懂"))
    assert [answer.status_code for answer in taken] == [303, 303]
    assert "早已存入" in told
    assert "确认导入" not in told
    assert "三天没水了" in browser.get("/replies?channel=imported").text
    assert "热线.csv" in browser.get("/imports").text


def test_what_is_refused_says_why_and_keeps_the_choice(busy: Desk) -> None:
    """No file, one without the columns, one that is too large, no token."""
    browser = busy.signed_in("wang", Role.DESK)

    nothing = upload(browser, None, profile="mailbox")
    other = upload(browser, profile="mailbox")
    large = upload(browser, b"x" * (22 * 1024 * 1024))

    assert (nothing.status_code, "请选择要导入的文件" in nothing.text) == (422, True)
    assert '<option value="mailbox" selected>' in nothing.text
    assert (other.status_code, "缺少" in other.text) == (422, True)
    assert (large.status_code, "没有上传" in large.text) == (413, True)
    assert upload(browser, csrf="wrong").status_code == 403


def test_only_the_desk_imports(busy: Desk) -> None:
    """The tab is not shown to others, and the form is refused."""
    browser = busy.signed_in("qian", Role.DEPT_CONTACT)

    assert 'href="/imports"' not in browser.get("/replies").text
    assert browser.get("/imports").status_code == 403
    assert upload(browser).status_code == 403
