"""The JSON shape of a release: what every door, file and feed is brought to before it is judged."""

import re
from collections.abc import Mapping
from datetime import date

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.release import (
    Approval,
    DisclosureAttribute,
    FiveOpens,
    ReleaseContent,
    ReleaseReading,
)
from bot.language.document_number import parse_document_number
from bot.reading.belongings import (
    LONGEST_TITLE,
    check_text,
    read_attachments,
    read_interpretations,
)
from bot.reading.bodies import BODY_FIELDS, ReadBody, read_body_field
from bot.reading.fields import Fields
from bot.reading.notes import Notes
from bot.reading.picture_labels import with_labels
from bot.reading.repeated_head import without_repeated_head

_KNOWN = frozenset(
    [
        "id",
        "source_id",
        "title",
        "document_number",
        "index_number",
        "issuing_body",
        "issuing_bodies",
        "issued_on",
        "published_on",
        "category",
        "topic",
        "url",
        "source_url",
        "language",
        "attachments",
        "interpretations",
        "five_opens",
        "disclosure",
        "approval",
        "release_at",
        "contact",
        "correction",
        "emergency",
        "extra",
        "source",
        "licence_note",
    ]
) | frozenset(BODY_FIELDS)
_DISCLOSURE = {
    "主动公开": DisclosureAttribute.PROACTIVE,
    "依申请公开": DisclosureAttribute.ON_REQUEST,
    "不予公开": DisclosureAttribute.WITHHELD,
}
_FIVE_OPENS = {
    "决策公开": FiveOpens.DECISION,
    "执行公开": FiveOpens.EXECUTION,
    "管理公开": FiveOpens.MANAGEMENT,
    "服务公开": FiveOpens.SERVICE,
    "结果公开": FiveOpens.RESULT,
}
LONGEST_CORRECTION = 200
_SEPARATORS = re.compile(r"\s*[、;；]\s*")


def read_release(
    payload: Mapping[str, object],
    *,
    default_key: str = "",
    default_issuing_body: str = "",
    notes: Notes | None = None,
    read_body: ReadBody = read_body_field,
) -> ReleaseReading:
    """A release from a JSON object.

    Missing 文号, dates and attributes become findings, with the default that was taken.
    `default_issuing_body` is the source's own, for inputs that name none.
    `read_body` is another way to the body, for inputs whose body is already parsed.

    Raises:
        InvalidInput: with every problem found, each naming its field and the next step.
    """
    notes = notes or Notes()
    fields = Fields(payload, notes)
    bodies = _issuing_bodies(fields, default_issuing_body, notes)
    fields.refuse_unknown(_KNOWN)
    url = fields.text("source_url") or fields.text("url")
    notes.base_url = _checked_url(url, notes) or ""
    content = _content(fields, notes, bodies, read_body)
    source_id = fields.text("source_id") or fields.text("id") or notes.clean(default_key)
    if not source_id:
        notes.fault("source_id", "缺少编号，请填写来源系统中的唯一编号，以便识别重复提交")
    approval = _approval(fields)
    release_at, emergency = fields.moment("release_at"), fields.flag("emergency")
    if content is None or notes.problems:
        raise InvalidInput(_each_once(notes.problems))
    return ReleaseReading(source_id, content, notes.all_findings(), approval, release_at, emergency)


def _content(
    fields: Fields, notes: Notes, bodies: tuple[str, ...], read_body: ReadBody
) -> ReleaseContent | None:
    title = fields.text("title", longest=LONGEST_TITLE)
    if title is None:
        fields.fault("title", "缺少标题，请填写文件的完整标题")
    body = read_body(fields, notes)
    if body is None:
        fields.fault("body", "缺少正文，请在 body_html、body_markdown 或 body 中填写全文")
    language = fields.text("language") or "zh-CN"
    number = _document_number(fields, notes, language)
    issued_on, published_on = _dates(fields, notes)
    disclosure = _disclosure(fields, notes)
    interpretations = read_interpretations(fields, notes)
    attachments = read_attachments(fields, notes)
    if title is None or body is None:
        return None
    check_text(f"{title}\n{body.text}", notes, place="正文")
    body = without_repeated_head(body, title=title, document_number=number, notes=notes)
    return ReleaseContent(
        title=title,
        issuing_bodies=bodies,
        body=with_labels(body),
        document_number=number,
        index_number=fields.text("index_number"),
        issued_on=issued_on,
        published_on=published_on,
        topic=_topic(fields),
        five_opens=_five_opens(fields),
        disclosure=disclosure,
        language=language,
        attachments=attachments,
        interpretations=interpretations,
        source_url=notes.base_url or None,
        contact=fields.text("contact"),
        correction=fields.text("correction", longest=LONGEST_CORRECTION),
    )


def _checked_url(url: str | None, notes: Notes) -> str | None:
    if url is None:
        notes.find("url_missing", "没有来源网址，稿件将不带“阅读原文”链接", "url")
        return None
    address = notes.web_address(url)
    if address is None:
        notes.fault("url", "不是完整网址，请填写以 http:// 或 https:// 开头的地址")
    return address


def _issuing_bodies(fields: Fields, default: str, notes: Notes) -> tuple[str, ...]:
    given = fields.texts("issuing_bodies") or fields.texts("issuing_body")
    if not (given or fields.has("issuing_bodies") or fields.has("issuing_body")) and default:
        given = (default,)
        notes.find(
            "issuing_body_default", f"没有发文机关，已按来源设置采用“{default}”", "issuing_body"
        )
    names = [name for text in given for name in _SEPARATORS.split(text) if name]
    if not names:
        fields.fault("issuing_body", "缺少发文机关，请填写机关全称，多个机关用顿号分开")
    return tuple(dict.fromkeys(names))


def _document_number(fields: Fields, notes: Notes, language: str) -> str | None:
    text = fields.text("document_number", longest=200)
    if text is None:
        if language.startswith("zh"):
            notes.find(
                "document_number_missing", "没有发文字号，稿件将不显示文号", "document_number"
            )
        return None
    number = parse_document_number(text)
    if number is None:
        notes.find(
            "document_number_unusual",
            f"发文字号“{text}”不是常见写法，已原样采用",
            "document_number",
        )
        return text
    if number.was_changed:
        notes.find(
            "document_number_normalised",
            f"发文字号“{text}”已规范为“{number.text}”",
            "document_number",
        )
    return number.text


def _dates(fields: Fields, notes: Notes) -> tuple[date | None, date | None]:
    issued_on, published_on = fields.day("issued_on"), fields.day("published_on")
    if not fields.has("issued_on"):
        notes.find("issued_on_missing", "没有成文日期，稿件将不显示成文日期", "issued_on")
    if not fields.has("published_on"):
        notes.find("published_on_missing", "没有发布日期，稿件将以实际发布时间为准", "published_on")
    if issued_on and published_on and published_on < issued_on:
        fields.fault(
            "published_on", f"发布日期 {published_on} 早于成文日期 {issued_on}，请核对两个日期"
        )
    return issued_on, published_on


def _disclosure(fields: Fields, notes: Notes) -> DisclosureAttribute:
    if not fields.has("disclosure"):
        notes.find("disclosure_missing", "没有公开属性，已按“主动公开”处理", "disclosure")
        return DisclosureAttribute.PROACTIVE
    found = fields.choice("disclosure", DisclosureAttribute, _DISCLOSURE)
    if found in (DisclosureAttribute.ON_REQUEST, DisclosureAttribute.WITHHELD):
        fields.fault("disclosure", "公开属性不是主动公开，不能发布；请核对公开属性")
    return found or DisclosureAttribute.PROACTIVE


def _topic(fields: Fields) -> str | None:
    """主题分类, its levels divided by "/" as catalogues write them (pages use backslashes)."""
    topic = fields.text("topic") or fields.text("category")
    return re.sub(r"\s*\\+\s*", "/", topic) if topic else None


def _five_opens(fields: Fields) -> tuple[FiveOpens, ...]:
    words = [word for text in fields.texts("five_opens") for word in _SEPARATORS.split(text)]
    found = [fields.one_of("five_opens", word, FiveOpens, _FIVE_OPENS) for word in words if word]
    return tuple(dict.fromkeys(stage for stage in found if stage is not None))


def _approval(fields: Fields) -> Approval | None:
    given = fields.object("approval")
    if given is None:
        return None
    given.refuse_unknown({"by", "evidence", "at"})
    by, evidence = given.text("by"), given.text("evidence")
    if by is None:
        given.fault("by", "缺少审批人，请填写批准发布的人")
    if evidence is None:
        given.fault("evidence", "缺少审批依据，请填写审批单号或会议纪要等依据")
    return Approval(by or "", evidence or "", given.moment("at"))


def _each_once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
