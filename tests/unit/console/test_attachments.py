"""附件: handed in with a document, put to it later, taken off, looked at."""

import hashlib

import httpx
import pytest

from bot.domain.ids import ReleaseId
from bot.domain.people import Role
from bot.domain.personal.found import PersonalKind
from bot.domain.releases.inspection import Inspection, PersonalData, Spot
from bot.domain.releases.release import Release, ReleaseState
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, token_on

PDF = b"%PDF-1.7 form"
SHA256 = hashlib.sha256(PDF).hexdigest()
PATH = "/releases/rel_1/attachments"
LEAK = Inspection(
    (PersonalData(PersonalKind.ID_NUMBER, True, "正文", 3, (Spot("第 2 页", 3),), "33****12"),)
)


def attach(browser: Browser, name: str, content: bytes, version: str = "1") -> httpx.Response:
    data = {"csrf": token_on(browser, "/settings"), "version": version}
    return browser.post(PATH, data=data, files={"attachment": (name, content)})


def release(desk: Desk, wanted: str = "rel_1") -> Release:
    with desk.storage.begin() as uow:
        return uow.releases.get(ReleaseId(wanted))


def test_a_file_put_to_a_release_is_a_version_that_another_person_approves(busy: Desk) -> None:
    """Shown with its size, saved under its name, taken off again; each is in the audit."""
    writer = busy.signed_in("li", Role.WRITER)
    reader = busy.signed_in("zhao", Role.APPROVER)

    put = attach(writer, "申请表.pdf", PDF)
    page = reader.get("/releases/rel_1/text").text
    file = reader.get(f"{PATH}/{SHA256}")
    waiting = release(busy)
    taken = send(writer, f"{PATH}/remove", version="2", sha256=SHA256)

    assert put.headers["location"] == "/releases/rel_1/text?done=attached"
    assert (waiting.version, waiting.state) == (2, ReleaseState.RECEIVED)
    assert waiting.handed_in_by == "li"
    assert "申请表.pdf" in page
    assert "1 KB" in page
    assert "加入这个附件" not in page
    assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7")
    assert taken.headers["location"] == "/releases/rel_1/text?done=detached"
    assert (release(busy).version, release(busy).content.attachments) == (3, ())
    assert reader.get(f"{PATH}/{SHA256}").status_code == 404


def test_what_is_found_in_a_file_is_shown_and_stands_in_the_way(busy: Desk) -> None:
    """Beside the file, above the decision, and place by place in the checklist."""
    attach(busy.signed_in("li", Role.WRITER), "名单.pdf", PDF)
    reader = busy.signed_in("zhao", Role.APPROVER)
    before = reader.get("/releases/rel_1/text").text
    with busy.storage.begin() as uow:
        uow.inspections.keep(SHA256, LEAK)
        uow.commit()

    text, checklist = (reader.get(f"/releases/rel_1/{tab}").text for tab in ("text", "checklist"))
    refused = send(reader, "/releases/rel_1/approve", version="2")

    assert "正在检查" in before
    assert "“名单.pdf”还在检查" in before
    assert "有身份证号或银行账号" in text
    assert "附件里的个人信息" in checklist
    assert "第 2 页 3 处" in checklist
    assert "33****12" in checklist
    assert refused.status_code == 422
    assert "“名单.pdf”：身份证号码 3 处（正文第 2 页 3 处，例如 33****12）" in refused.text


@pytest.mark.parametrize(
    ("name", "content", "version", "said"),
    [
        ("表.pdf", b"<script>", "1", "“表.pdf”的内容不是 PDF 文件"),
        ("表.pdf", PDF, "7", "政策在您查看之后有了新版本"),
        ("表.pdf", PDF + b"x" * 2_000_000, "1", "超过 1 MB"),
        ("", b"", "1", "请先选择一个附件"),
    ],
    ids=["disguised", "outdated", "large", "none"],
)
def test_a_refused_file_says_why_on_the_page(
    busy: Desk, name: str, content: bytes, version: str, said: str
) -> None:
    """And the release stays as it is."""
    busy.use(largest_attachment=1_048_576)

    answer = attach(busy.signed_in("li", Role.WRITER), name, content, version)

    assert answer.status_code == 422
    assert said in answer.text
    assert release(busy).version == 1


def test_only_who_hands_in_changes_attachments(busy: Desk) -> None:
    """Others are told; nothing is kept."""
    desk = busy.signed_in("li", Role.DESK)

    assert attach(desk, "表.pdf", PDF).status_code == 403
    assert send(desk, f"{PATH}/remove", version="1", sha256=SHA256).status_code == 403
    assert SHA256 not in busy.media.kept


def test_files_are_handed_in_with_the_text(busy: Desk) -> None:
    """Put beside it, one taken away again before it is stored; the bytes are judged once more."""
    writer = busy.signed_in("li", Role.WRITER)
    path = f"/releases/new/{busy.media.put('停水通知'.encode())}"
    fields = {
        "csrf": token_on(writer, "/settings"),
        "form": "text",
        "title": "关于停水的通知",
        "issuing_body": "云岭市水务局",
        "disclosure": "proactive",
        "deed": "add_attachment",
    }

    first = writer.post(path, data=fields, files={"new_attachment": ("图.pdf", PDF)})
    fields |= {"attached-1": SHA256, "attached-1-name": "图.pdf", "attached-1-size": "13"}
    second = writer.post(path, data=fields, files={"new_attachment": ("表.txt", b"1")})
    fields |= {"attached-2": hashlib.sha256(b"1").hexdigest(), "attached-2-name": "表.txt"}
    fields |= {"deed": "", "attached-2-out": "yes"}
    stored = writer.post(path, data=fields, files={"unused": ("", b"")})

    assert 'name="attached-1-name" value="图.pdf"' in first.text
    assert 'name="attached-2-name" value="表.txt"' in second.text
    made = release(busy, stored.headers["location"].split("/")[2])
    assert [(each.name, each.sha256) for each in made.content.attachments] == [("图.pdf", SHA256)]


def test_a_file_that_was_swept_meanwhile_is_asked_for_again(busy: Desk) -> None:
    """The form keeps everything else."""
    writer = busy.signed_in("li", Role.WRITER)
    path = f"/releases/new/{busy.media.put('停水通知'.encode())}"
    fields = {
        "csrf": token_on(writer, "/settings"),
        "form": "text",
        "title": "关于停水的通知",
        "issuing_body": "云岭市水务局",
        "attached-1": "f" * 64,
        "attached-1-name": "图.pdf",
    }

    answer = writer.post(path, data=fields, files={"unused": ("", b"")})

    assert answer.status_code == 422
    assert "没有找到附件“图.pdf”，可能放置太久已被清理，请重新上传" in answer.text
    assert 'value="云岭市水务局"' in answer.text
