"""版本: every version of a release, and what is different between two of them."""

from bot.console.visit import Visit
from bot.domain.releases.differences import difference
from bot.domain.releases.release import Release

MOST = 50
FIELD_WORDS = {
    "title": "标题",
    "document_number": "发文字号",
    "index_number": "索引号",
    "issuing_bodies": "发文机关",
    "issued_on": "成文日期",
    "published_on": "网站发布日期",
    "topic": "主题分类",
    "five_opens": "五公开",
    "disclosure": "公开属性",
    "source_url": "原文网址",
    "contact": "联系方式",
    "correction": "更正说明",
    "attachments": "附件",
    "pictures": "图片",
}


def versions_of(visit: Visit, release: Release) -> dict[str, object]:
    """The newest versions, the newest first, and the two that are compared: those the address
    names, else the last two."""
    numbers = range(release.version, max(0, release.version - MOST), -1)
    with visit.tools.storage.look() as uow:
        versions = [uow.releases.get(release.id, version=number) for number in numbers]
    after = _chosen(visit, "to", versions, versions[0])
    older = [each for each in versions if each.version < after.version]
    before = _chosen(visit, "from", older, older[0]) if older else None
    told = difference(before.content, after.content) if before else None
    return {
        "versions": versions,
        "before": before,
        "after": after,
        "told": told,
        "field_words": FIELD_WORDS,
    }


def _chosen(visit: Visit, name: str, versions: list[Release], usual: Release) -> Release:
    wanted = visit.asked(name)
    return next((each for each in versions if str(each.version) == wanted), usual)
