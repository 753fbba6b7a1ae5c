"""提交政策: read, looked at, corrected, and only then stored."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.console.forms import LARGEST_UPLOAD_BYTES
from bot.domain.ids import ReleaseId
from bot.domain.people import Role
from bot.domain.releases.document import Image, PictureRights
from bot.domain.releases.release import InterpretationKind, Release, ReleaseState
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, token_on
from tests.unit.console.town import PARKING
from tests.unit.reading.word_files import package, paragraph, word_file

TITLE = "云岭市人民政府办公室关于优化办事时间的通知"
LINES = (
    *("云岭市人民政府办公室文件", "云岭政办发〔2026〕31号", TITLE, "市政府各部门："),
    *("现就有关事项通知如下。", "云岭市人民政府办公室", "2026年11月20日"),
)
PASTED = "<html><style>p{}</style><!--StartFragment-->{}<!--EndFragment-->".replace(
    "{}", "".join(f"<p class=MsoNormal>{line}<o:p>&nbsp;</o:p></p>" for line in LINES)
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def _give(client: Browser, path: str = "/releases/new", **sent: object) -> httpx.Response:
    data = {"csrf": token_on(client, "/settings")} | dict(sent.pop("data", {}))  # type: ignore[call-overload]
    sent.setdefault("files", {"unused": ("", b"")})
    return client.post(path, data=data, **sent)


def _fields(given: httpx.Response, **changes: str) -> dict[str, str]:
    """What the page's form sends for the input behind a redirect."""
    asked = {name: said[0] for name, said in parse_qs(urlsplit(_to(given)).query).items()}
    told = {"title": TITLE, "issuing_body": "云岭市人民政府办公室", "disclosure": "proactive"}
    told["document_number"] = "云岭政办发〔2026〕31号"
    return told | asked | changes


def _to(given: httpx.Response) -> str:
    assert given.status_code == 303, given.text
    return str(given.headers["location"])


def _handed_in(desk: Desk, given: httpx.Response) -> Release:
    release = _to(given).removeprefix("/releases/").partition("/")[0]
    with desk.storage.begin() as uow:
        return uow.releases.get(ReleaseId(release))


def _path(given: httpx.Response) -> str:
    return urlsplit(_to(given)).path


@pytest.fixture
def writer(busy: Desk) -> Browser:
    """A writer in a busy office."""
    return busy.signed_in("li", Role.WRITER)


@pytest.mark.parametrize(
    "sent",
    [
        {"files": {"file": ("通知.docx", word_file(*map(paragraph, LINES)))}},
        {"files": {"file": ("通知.md", "\n\n".join(LINES).encode())}},
        {"files": {"file": ("通知.html", PASTED.encode())}},
        {"files": {"file": ("通知.txt", "\r\n".join(LINES).encode("gb18030"))}},
        {"data": {"text": "\n".join(LINES), "pasted": PASTED}},
        {"data": {"text": "\n".join(LINES)}},
    ],
    ids=["docx", "markdown", "html", "gbk text", "paste", "typed"],
)
def test_what_is_handed_in_is_shown_before_it_is_stored(
    busy: Desk, writer: Browser, sent: dict[str, object]
) -> None:
    """Title, 文号, office and day are recognised from the layout; nothing is stored yet."""
    page = writer.get(_to(_give(writer, **sent))).text

    for value in ("云岭政办发〔2026〕31号", "云岭市人民政府办公室", "2026-11-20"):
        assert f'value="{value}"' in page
    assert f'name="title">{TITLE}</textarea>' in page
    assert "不属于正文，没有放进正文" in page
    assert len(busy.tools.overview.releases()) == 3


def test_the_corrected_fields_are_stored_and_wait_for_somebody_else(
    busy: Desk, writer: Browser
) -> None:
    """The person's word counts; the release waits for another person's approval."""
    given = _give(writer, data={"text": "\n".join(LINES)})
    fields = _fields(given, contact="政务服务科", release_at="2026-12-01T09:00")

    release = _handed_in(busy, _give(writer, _path(given), data=fields))

    assert (release.content.title, release.content.contact) == (TITLE, "政务服务科")
    assert (release.state, release.handed_in_by) == (ReleaseState.RECEIVED, "li")
    assert release.release_at is not None
    assert "现就有关事项通知如下。" in release.content.body.text
    assert TITLE not in release.content.body.text


def test_who_handed_a_release_in_does_not_approve_it(busy: Desk) -> None:
    """Two people, also where one holds every role."""
    wang = busy.signed_in("wang", *Role)
    given = _give(wang, data={"text": "\n".join(LINES)})
    release = _handed_in(busy, _give(wang, _path(given), data=_fields(given)))

    answer = _give(wang, f"/releases/{release.id}/approve", data={"version": "1"}, files=None)

    assert answer.status_code == 403
    assert "须由另一位有审批权限的同事审批" in answer.text


def test_a_refusal_keeps_the_input_and_what_was_written(busy: Desk, writer: Browser) -> None:
    """Nothing has to be chosen or typed again."""
    given = _give(writer, files={"file": ("通知.docx", word_file(*map(paragraph, LINES)))})
    fields = _fields(given, issuing_body=" ", contact="政务服务科")

    answer = _give(writer, _path(given), data=fields)

    assert answer.status_code == 422
    assert "缺少发文机关" in answer.text
    assert 'value="政务服务科"' in answer.text
    assert "读自“通知.docx”" in answer.text
    assert "现就有关事项通知如下。" in answer.text


def test_a_taken_number_names_both_and_offers_what_can_be_done(busy: Desk, writer: Browser) -> None:
    """As over the API: a person says that it is the same document, or makes it a version."""
    given = _give(writer, data={"text": "\n".join(LINES)})
    fields = _fields(given, document_number="云岭政办发〔2026〕7号")

    refused = _give(writer, _path(given), data=fields)
    said_same = _give(writer, _path(given), data=fields | {"same_document": "yes"})

    assert refused.status_code == 409
    assert PARKING in refused.text
    assert f"本次提交的是“{TITLE}”" in refused.text
    assert "of=rel_1&amp;part=version" in refused.text
    assert _handed_in(busy, said_same).same_document_as == "rel_1"


def test_another_version_keeps_the_interpretations_and_goes_by_the_version_seen(
    busy: Desk, writer: Browser
) -> None:
    """It belongs to the release wherever that came from; a colleague's newer one is not undone."""
    given = _give(writer, data={"text": "更正后的正文。", "of": "rel_1", "part": "version"})
    page = writer.get(_to(given)).text
    fields = _fields(given, title=PARKING, correction="八千元应为九千元")

    release = _handed_in(busy, _give(writer, _path(given), data=fields))
    again = _give(writer, _path(given), data=fields | {"contact": "另一处"})

    assert f'name="title">{PARKING}</textarea>' in page
    assert (release.id, release.version, release.source) == ("rel_1", 2, "site")
    assert (release.state, release.content.correction) == (
        ReleaseState.RECEIVED,
        "八千元应为九千元",
    )
    assert [each.title for each in release.content.interpretations] == ["一图读懂停车新规"]
    assert again.status_code == 422
    assert "有了新版本" in again.text


def test_an_interpretation_is_added_with_its_kind(busy: Desk, writer: Browser) -> None:
    """The document stays as it is."""
    text = "停车新规问答\n\n问：怎么申请？\n\n答：在社区申请。"
    given = _give(writer, data={"text": text, "of": "rel_3", "part": "interpretation"})
    page = writer.get(_to(given)).text
    fields = _fields(given, title="停水问答", kind="qa", speaker="王工")

    release = _handed_in(busy, _give(writer, _path(given), data=fields))

    assert '<option value="qa" selected>' in page
    (added,) = release.content.interpretations
    assert (added.title, added.kind, added.speaker) == ("停水问答", InterpretationKind.QA, "王工")
    assert release.version == 2


@pytest.mark.parametrize(
    ("credit", "rights", "told"),
    [
        ("", "own", "请写明图片的作者或出处"),
        ("网络", "own", "图片来源不能只写“网络”"),
        ("来源：互联网", "licensed", "图片来源不能只写"),
        ("张三", "", "请选择凭什么使用"),
    ],
)
def test_a_picture_without_source_and_rights_is_refused(
    writer: Browser, credit: str, rights: str, told: str
) -> None:
    """“网络” alone says nothing."""
    given = _give(writer, data={"text": "\n".join(LINES)})
    shown = _give(
        writer,
        _path(given),
        data=_fields(given, deed="add_picture"),
        files={"new_picture": ("a.png", PNG)},
    )
    sha256 = shown.text.partition('name="added-1" value="')[2].partition('"')[0]
    fields = {"added-1": sha256, "added-1-credit": credit, "added-1-rights": rights}

    answer = _give(writer, _path(given), data=_fields(given, **fields))

    assert shown.status_code == 200
    assert answer.status_code == 422
    assert told in answer.text


def test_a_picture_is_put_in_with_source_and_rights(busy: Desk, writer: Browser) -> None:
    """It stands where it was wanted, with whose it is and by what right."""
    given = _give(writer, data={"text": "\n".join(LINES)})
    sha256 = busy.media.put(PNG)
    fields = {"added-1": sha256, "added-1-credit": "云岭融媒 张三", "added-1-rights": "licensed"}

    release = _handed_in(busy, _give(writer, _path(given), data=_fields(given, **fields)))

    last = release.content.body.blocks[-1]
    expected = Image("", credit="云岭融媒 张三", sha256=sha256, rights=PictureRights.LICENSED)
    assert last == expected


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"not a package", "已损坏或没有传完"),
        ("a.docx", package({"a.txt": "x"}), "不是 Word 文档"),
        ("a.docx", package({"word/document.xml": b"0" * 17_000_000}), "解压后过大"),
        (
            "a.docx",
            package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>'}),
            "Word 不会写的声明",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("a.md", b"%PDF-1.7", "内容却是PDF"),
        ("a.txt", b"ab\0cd", "内容却是程序或数据文件"),
        ("a.exe", b"MZ", "不支持 .exe 文件"),
        ("a.html", b"<script>alert(1)</script>", "没有读到文字"),
        ("a.md", b" \n", "是空的"),
    ],
    ids=[
        *("broken", "no word file", "bomb", "entities", "old word", "pdf", "binary", "program"),
        *("only script", "empty"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_content(
    writer: Browser, name: str, content: bytes, told: str
) -> None:
    """Nothing opens, nothing expands; the sentence says what to do."""
    answer = _give(writer, files={"file": (name, content)}, data={"text": "已经写的话"})

    assert answer.status_code == 422
    assert told in answer.text
    assert "已经写的话" in answer.text


def test_nothing_larger_than_an_upload_is_read(writer: Browser) -> None:
    """Memory has an end."""
    answer = _give(writer, files={"file": ("a.txt", b"x" * LARGEST_UPLOAD_BYTES)})

    assert answer.status_code == 413
    assert "没有上传" in answer.text


def test_a_stranger_makes_us_read_no_large_file(busy: Desk) -> None:
    """What somebody wrote whose session ran out is kept for them, a large file is not read."""
    stranger = busy.visitor()
    files = {"unused": ("", b"")}

    kept = stranger.post("/releases/new", data={"text": "写了很久的话"}, files=files)
    large = stranger.post("/releases/new", files={"file": ("a.txt", b"x" * 600_000)})

    assert (kept.status_code, large.status_code) == (401, 413)
    assert "写了很久的话" in kept.text


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.WRITER, Role.EDITOR)])
def test_others_hand_nothing_in(busy: Desk, role: Role) -> None:
    """Neither the page nor the deed."""
    client = busy.signed_in("sun", role)
    key = busy.media.put(b"text")

    pages = [client.get(p) for p in ("/releases/new", f"/releases/new/{key}?form=text")]
    deeds = [_give(client, p) for p in ("/releases/new", f"/releases/new/{key}?form=text")]

    assert {answer.status_code for answer in (*pages, *deeds)} == {403}


def test_hostile_text_stays_text(writer: Browser) -> None:
    """Whatever was pasted, names or says."""
    hostile = "<img src=x onerror=alert(1)><p>正文<script>alert(2)</script></p>"
    given = _give(writer, data={"pasted": hostile, "text": "x"})

    page = writer.get(_to(given)).text

    assert "<script>alert" not in page
    assert "onerror" not in page
