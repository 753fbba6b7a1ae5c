"""Whether a release is complete, accurate and in time: a list of rules with ids, and a score.

The rules look at the release itself; what its posts say is checked by `posts.checks`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.links import addresses_in, why_broken
from bot.domain.releases.attachment_checks import (
    doubtful_data,
    grave_data,
    hidden_content,
    kept_files,
    unread_content,
)
from bot.domain.releases.duties import (
    INTERPRETATION_DAYS,
    PUBLICATION_DAYS,
    interpretation_duty,
    publication_duty,
)
from bot.domain.releases.inspection import Inspections
from bot.domain.releases.pictures import names_nobody
from bot.domain.releases.release import LOOK_FIRST, Release, ReleaseContent
from bot.domain.workdays import WorkCalendar

LONGEST_TITLE = 64
"""Characters; what WeChat lets a title be (draft/add)."""

_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,16}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号$|令第\S+号$|年第\d+号$"
)
"""GB/T 9704-2012, or the numbers of orders and announcements."""

_INDEX = re.compile(r"^[0-9A-Z]{8,18}/\d{4}-\d{3,6}$")
_PROMISED = re.compile(r"^附件\s*\d*\s*[:：]", re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    """A release and what is known beside it: which enabled accounts have a post of it, by name,
    since when it is public on one of them, and what was found in its attachments."""

    release: Release
    channels: Mapping[str, bool]
    first_live_on: date | None
    today: date
    calendar: WorkCalendar
    inspections: Inspections = field(default_factory=dict)

    @property
    def content(self) -> ReleaseContent:
        """What the office approved."""
        return self.release.content

    @property
    def public_on(self) -> date | None:
        """The day on the site; without one the first live post counts."""
        return self.content.published_on or self.first_live_on


@dataclass(frozen=True)
class ChecklistRule:
    """A rule; its version goes up when what it finds changes. `look` returns nothing where the
    release passes, else what is wrong and the next step. One that `blocks` looks at the release
    and its attachments alone; while it fails, nobody approves the release without saying why it
    may go out."""

    id: str
    version: int
    name: str
    basis: str
    weight: int
    look: Callable[[Facts], str]
    applies: Callable[[Facts], bool] = lambda _: True
    blocks: Callable[[Release, Inspections], str] | None = None

    @property
    def blocking(self) -> bool:
        """Whether a release that fails is not approved as it is."""
        return self.blocks is not None


@dataclass(frozen=True)
class Checked:
    """One rule and what it said; `told` is empty where the release passes."""

    rule: ChecklistRule
    told: str

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.told


@dataclass(frozen=True)
class Checklist:
    """Every rule that applies to the release, those that failed first."""

    checks: tuple[Checked, ...]

    @property
    def score(self) -> int:
        """Of 100: the weight of what passed among that of what applies."""
        whole = sum(each.rule.weight for each in self.checks)
        good = sum(each.rule.weight for each in self.checks if each.passed)
        return 100 * good // whole

    @property
    def blocking(self) -> tuple[Checked, ...]:
        """What keeps the release from being approved as it is."""
        return tuple(each for each in self.checks if each.rule.blocking and not each.passed)


def check_release(facts: Facts) -> Checklist:
    """The checklist of a release."""
    checks = [Checked(rule, rule.look(facts)) for rule in RULES if rule.applies(facts)]
    return Checklist(tuple(sorted(checks, key=lambda each: (each.passed, -each.rule.weight))))


def in_the_way(release: Release, inspections: Inspections) -> tuple[Checked, ...]:
    """What keeps the release from being approved as it is."""
    blocking = ((rule, rule.blocks) for rule in RULES if rule.blocks is not None)
    looked = ((rule, blocks(release, inspections)) for rule, blocks in blocking)
    return tuple(Checked(rule, told) for rule, told in looked if told)


def _explained(facts: Facts) -> str:
    return "" if facts.content.interpretations else "没有解读材料，请提醒起草单位补充"


def _attached(facts: Facts) -> str:
    promised = _PROMISED.search(facts.content.body.text) is not None
    return "正文提到附件，但没有附件；请补上文件或核对正文" if promised else ""


def _contact(facts: Facts) -> str:
    return "" if facts.content.contact else "没有联系方式，请补充咨询电话或科室"


def _channels(facts: Facts) -> str:
    lacking = [name for name, there in facts.channels.items() if not there]
    return f"还没有安排到：{'、'.join(lacking[:5])}" if lacking else ""


def _numbered(facts: Facts) -> str:
    number = facts.content.document_number or ""
    return "" if _NUMBER.search(number) else f"发文字号“{number}”不是规范写法，请核对"


def _indexed(facts: Facts) -> str:
    index = facts.content.index_number or ""
    return "" if _INDEX.match(index) else f"索引号“{index}”不是规范写法，请核对"


def _dated(facts: Facts) -> str:
    return "" if facts.content.issued_on else "没有成文日期，请补充"


def _titled(facts: Facts) -> str:
    length = len(facts.content.title)
    if length <= LONGEST_TITLE:
        return ""
    return f"标题 {length} 字，超过 {LONGEST_TITLE} 字，发布时须另拟短标题"


def _linked(facts: Facts) -> str:
    return "" if facts.content.source_url else "没有原文网址，稿件不能回链到网站，请补充"


def _links_whole(facts: Facts) -> str:
    content = facts.content
    bodies = (content.body, *(each.body for each in content.interpretations))
    named = [content.source_url or "", *(each.url for each in content.attachments)]
    written = [one for body in bodies for one in addresses_in(body.text)]
    broken = [one for one in (*filter(None, named), *written) if why_broken(one)]
    return f"有 {len(broken)} 个链接打不开，例如“{broken[0][:60]}”，请改正" if broken else ""


def _credited(facts: Facts) -> str:
    lacking = sum(not image.credit.strip() for image in facts.content.images)
    return f"有 {lacking} 张图片没有写来源，请补充作者或出处" if lacking else ""


def _not_from_nobody(release: Release) -> str:
    found = sum(names_nobody(image.credit) for image in release.content.images)
    return f"有 {found} 张图片的来源只写“网络”，请写明作者或出处" if found else ""


def _read_well(release: Release) -> str:
    codes = {finding.code for finding in release.findings}
    return "读取时发现乱码或网站页脚，请对照原件核对后重新提交" if codes & LOOK_FIRST else ""


def _has_files(facts: Facts) -> bool:
    return bool(kept_files(facts.content))


def _published_in_time(facts: Facts) -> str:
    issued_on = facts.content.issued_on
    if issued_on is None:
        return ""
    duty = publication_duty(issued_on, facts.public_on, today=facts.today, calendar=facts.calendar)
    return "" if duty.in_time else f"超过 {PUBLICATION_DAYS} 个工作日才公开，或还没有公开"


def _explained_in_time(facts: Facts) -> str:
    if facts.public_on is None:
        return ""
    duty = interpretation_duty(
        facts.public_on,
        explained=bool(facts.content.interpretations),
        today=facts.today,
        calendar=facts.calendar,
    )
    return "" if duty.in_time else f"公开已超过 {INTERPRETATION_DAYS} 个工作日，还没有解读"


_FULL = "政府信息公开条例第五条、第六条：公开应当及时、准确"
_EXPLAIN = "国办发〔2016〕80号：政策文件与解读同步"
_FORMAT = "党政机关公文格式（GB/T 9704—2012）"
_PERSONAL = "个人信息保护法第二十五条：未取得单独同意不得公开个人信息"
_WATCHED = "个人信息保护法第六条：限于最小范围；单位公布的办公电话、地址属正常公开"
_PICTURES = "著作权法：他人的图片须有许可并署名"

RULES: tuple[ChecklistRule, ...] = (
    ChecklistRule("complete.interpretation", 1, "有解读", _EXPLAIN, 15, _explained),
    ChecklistRule(
        "complete.attachments",
        1,
        "附件齐全",
        _FULL,
        10,
        _attached,
        applies=lambda facts: not facts.content.attachments,
    ),
    ChecklistRule("complete.contact", 1, "有联系方式", _FULL, 5, _contact),
    ChecklistRule(
        "complete.channels",
        1,
        "安排到全部账号",
        "国办发〔2018〕123号",
        10,
        _channels,
        applies=lambda facts: bool(facts.channels),
    ),
    ChecklistRule(
        "accurate.number",
        1,
        "发文字号规范",
        _FORMAT,
        10,
        _numbered,
        applies=lambda facts: facts.content.document_number is not None,
    ),
    ChecklistRule(
        "accurate.index",
        1,
        "索引号规范",
        "政府信息公开目录系统实施指引（试行）",
        5,
        _indexed,
        applies=lambda facts: facts.content.index_number is not None,
    ),
    ChecklistRule("accurate.issued_on", 1, "有成文日期", _FORMAT, 5, _dated),
    ChecklistRule("accurate.title", 1, "标题不过长", "微信标题最多 64 字", 5, _titled),
    ChecklistRule("accurate.source", 1, "回链到网站", "国办发〔2017〕47号", 10, _linked),
    ChecklistRule("accurate.links", 1, "链接写法正确", "国办发〔2017〕47号", 5, _links_whole),
    ChecklistRule(
        "accurate.reading",
        1,
        "文字没有损坏",
        _FULL,
        10,
        lambda facts: _read_well(facts.release),
        blocks=lambda release, _: _read_well(release),
    ),
    ChecklistRule(
        "pictures.credit",
        1,
        "图片写明来源",
        _PICTURES,
        5,
        _credited,
        applies=lambda facts: bool(facts.content.images),
    ),
    ChecklistRule(
        "pictures.nobody",
        1,
        "图片来源不是“网络”",
        _PICTURES,
        10,
        lambda facts: _not_from_nobody(facts.release),
        applies=lambda facts: bool(facts.content.images),
        blocks=lambda release, _: _not_from_nobody(release),
    ),
    ChecklistRule(
        "attachments.personal",
        1,
        "附件里没有身份证号、银行账号",
        _PERSONAL,
        15,
        lambda facts: grave_data(facts.content, facts.inspections),
        applies=_has_files,
        blocks=lambda release, inspections: grave_data(release.content, inspections),
    ),
    ChecklistRule(
        "attachments.contacts",
        1,
        "附件里没有手机号、住址、车牌",
        _WATCHED,
        5,
        lambda facts: doubtful_data(facts.content, facts.inspections),
        applies=_has_files,
    ),
    ChecklistRule(
        "attachments.hidden",
        1,
        "附件里没有隐藏内容",
        _PERSONAL,
        5,
        lambda facts: hidden_content(facts.content, facts.inspections),
        applies=_has_files,
    ),
    ChecklistRule(
        "attachments.read",
        1,
        "附件都能读取检查",
        _PERSONAL,
        5,
        lambda facts: unread_content(facts.content, facts.inspections),
        applies=_has_files,
    ),
    ChecklistRule(
        "timely.publication",
        1,
        "20 个工作日内公开",
        "政府信息公开条例第二十六条",
        10,
        _published_in_time,
        applies=lambda facts: facts.content.issued_on is not None,
    ),
    ChecklistRule(
        "timely.interpretation",
        1,
        "3 个工作日内解读",
        _EXPLAIN,
        10,
        _explained_in_time,
        applies=lambda facts: facts.public_on is not None,
    ),
)
