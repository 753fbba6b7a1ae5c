"""The shape of a release as it is handed in: documentation; the reader is the judge."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

REFERENCE = "#/components/schemas/{model}"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ApprovalSubmission(_Shape):
    """Who approved the release, and on what evidence."""

    by: str = Field(min_length=1, description="审批人")
    evidence: str = Field(min_length=1, description="审批单号、会议纪要等依据")
    at: str | None = Field(None, description="审批时间，2026-01-31T09:00，不写时区为北京时间")


class AttachmentSubmission(_Shape):
    """A file that belongs to the release: at an address, or handed in before at
    `/api/attachments`, with its name and hash."""

    url: str | None = Field(None, description="以 http:// 或 https:// 开头的完整网址")
    title: str | None = None
    name: str | None = None
    filename: str | None = None
    content_type: str | None = None
    media_type: str | None = None
    file_size: int | None = None
    size: int | None = None
    sha256: str | None = Field(None, description="没有 url 时必填：上传附件时得到的值")


class _Bodies(_Shape):
    body_html: str | None = Field(None, description="HTML 正文")
    body_markdown: str | None = Field(None, description="Markdown 正文")
    body: str | None = Field(None, description="纯文本正文")


class InterpretationSubmission(_Bodies):
    """政策解读; needs a body or an address."""

    title: str = Field(min_length=1, max_length=500)
    kind: str | None = Field(None, description="形式，例如 text、infographic、qa、图解、问答")
    url: str | None = None
    published_on: str | None = None
    speaker: str | None = Field(None, max_length=100, description="解读人及职务")
    ai_generated: bool | None = Field(None, description="文字由人工智能辅助生成，文中会注明")
    ai_generated_pictures: bool | None = Field(
        None, description="图片由人工智能辅助生成，每张图下会注明"
    )


class ReleaseSubmission(_Bodies):
    """A release with its interpretations. One of the bodies and an issuing body are required.

    `same_document` is a person's word that a 发文字号 which another release carries already
    belongs to the same document.
    """

    source_id: str | None = Field(None, description="来源系统中的唯一编号；重复提交按它识别")
    id: str | None = Field(None, description="source_id 的另一种写法")
    title: str = Field(min_length=1, max_length=500)
    document_number: str | None = Field(None, max_length=200, description="发文字号")
    index_number: str | None = Field(None, description="索引号")
    issuing_body: str | list[str] | None = Field(None, description="发文机关，多个用顿号分开")
    issuing_bodies: list[str] | str | None = Field(None, description="发文机关")
    issued_on: str | None = Field(None, description="成文日期，2026-01-31")
    published_on: str | None = Field(None, description="发布日期，2026-01-31")
    topic: str | None = Field(None, description="主题分类")
    category: str | None = Field(None, description="topic 的另一种写法")
    url: str | None = Field(None, description="原文网址")
    source_url: str | None = Field(None, description="url 的另一种写法")
    language: str | None = None
    five_opens: list[str] | str | None = Field(None, description="五公开，例如 决策公开")
    disclosure: str | None = Field(None, description="公开属性；只有“主动公开”可以发布")
    contact: str | None = None
    correction: str | None = Field(
        None, max_length=200, description="更正说明：这一版更正了什么，稿件会显示"
    )
    attachments: list[AttachmentSubmission] | None = None
    interpretations: list[InterpretationSubmission] | None = Field(None, max_length=50)
    approval: ApprovalSubmission | None = None
    release_at: str | None = Field(None, description="不早于此时发布，不写时区为北京时间")
    emergency: bool | None = Field(
        None, description="突发事件信息：走应急通道，一次复审后立即发布，至少两个人看过"
    )
    extra: dict[str, Any] | None = None
    source: Any = None
    licence_note: Any = None
    same_document: bool = Field(False, description="确认与已有同文号文件为同一份文件")


EXAMPLE: dict[str, object] = {
    "source_id": "zfb-2026-0031",
    "title": "云岭市人民政府办公室关于优化办事时间的通知",
    "document_number": "云岭政办发〔2026〕7号",
    "issuing_body": "云岭市人民政府办公室",
    "issued_on": "2026-11-20",
    "published_on": "2026-11-23",
    "disclosure": "主动公开",
    "url": "https://www.yunling.example/zhengce/7.html",
    "body_html": "<p>为方便群众办事，现就有关事项通知如下。</p><p>一、延长窗口服务时间。</p>",
    "interpretations": [
        {
            "title": "《关于优化办事时间的通知》政策问答",
            "kind": "qa",
            "body_markdown": "**问：周末能办吗？**\n\n答：周六上午可以。",
        }
    ],
    "approval": {"by": "王审核", "evidence": "签批单 7 号", "at": "2026-11-23T08:30"},
}


def request_body() -> dict[str, object]:
    """The `requestBody` of OpenAPI; the application adds the schemas it refers to."""
    content = {
        "schema": {"$ref": REFERENCE.format(model=ReleaseSubmission.__name__)},
        "examples": {"通知与问答": {"value": EXAMPLE}},
    }
    return {"required": True, "content": {"application/json": content}}


def schemas() -> dict[str, Any]:
    """The schemas of the request body, by name."""
    schema = ReleaseSubmission.model_json_schema(ref_template=REFERENCE)
    parts: dict[str, Any] = schema.pop("$defs", {})
    return {**parts, ReleaseSubmission.__name__: schema}
