"""The names our fields have in Markdown headers and on web pages, English and Chinese."""

_CHINESE = {
    "source_id": ("编号", "来源编号"),
    "title": ("标题", "名称", "文件名称"),
    "document_number": ("文号", "发文字号", "发文号"),
    "index_number": ("索引号",),
    "issuing_body": ("发文机关", "发布机构", "制发机关", "发文单位", "印发机关"),
    "issued_on": ("成文日期", "生成日期", "发文日期"),
    "published_on": ("发布日期", "公开日期", "发布时间"),
    "topic": ("主题", "主题分类"),
    "five_opens": ("五公开",),
    "disclosure": ("公开属性", "公开类别"),
    "url": ("来源网址", "网址", "原文链接", "原文网址"),
    "language": ("语言",),
    "correction": ("更正说明",),
    "contact": ("联系方式", "联系人"),
    "release_at": ("发布时点", "解禁时间"),
    "approved_by": ("审批人", "批准人", "签发人"),
    "approval_evidence": ("审批依据", "批准依据"),
    "approved_at": ("审批时间", "批准时间"),
}

FIELD_NAMES: dict[str, str] = {
    name: field for field, names in _CHINESE.items() for name in (field, *names)
} | {"issuing_bodies": "issuing_body", "source_url": "url"}
"""Any accepted name → our field."""

CHINESE_NAMES: dict[str, str] = {field: names[0] for field, names in _CHINESE.items()}
"""Our field → the name staff see in messages."""
