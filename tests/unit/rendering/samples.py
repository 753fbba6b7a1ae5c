"""Documents, limits, accounts and stand-ins that the rendering tests share."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image as Pillow

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId
from bot.domain.posts.draft import CoverShape
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import (
    Attachment,
    Cell,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.domain.releases.release import Interpretation, InterpretationKind, ReleaseContent
from bot.language.words import split_words
from bot.ports.fetching import Fetched, FetchFailed
from bot.ports.rendering import Rendered
from bot.ports.wording import MakeDigest
from bot.rendering.renderer import TemplateRenderer
from tests import factories

TEMPLATES = Path(__file__).parents[3] / "templates"

WECHAT_LIMITS = Limits(
    articles=8,
    title=32,
    digest=120,
    author=8,
    html=19_999,
    html_bytes=1024 * 1024,
    picture_bytes=1024 * 1024,
    cover_bytes=10 * 1024 * 1024,
    cover_shapes=tuple(CoverShape),
    gallery_pictures=20,
    gallery_text_bytes=2048,
)
SHARE_LIMITS = Limits(
    text_units=130,
    text_needs_link=True,
    text_allows_topic=False,
    pictures=1,
    picture_bytes=5 * 1024 * 1024,
    safe_domains=("www.yunling.example",),
    links_survive=True,
)
HEADLINE_LIMITS = Limits(
    articles=1,
    title=32,
    digest=44,
    html=90_000,
    text_units=1_900,
    cover_bytes=5 * 1024 * 1024,
    links_survive=True,
)

WECHAT = Account(AccountId("wx"), "云岭发布", PlatformName.WECHAT, Mode.PUBLISH)
WEIBO = Account(AccountId("wb"), "云岭发布", PlatformName.WEIBO, Mode.SHARE)

LONG_TITLE = (
    "云岭市人民政府办公室 云岭市发展和改革委员会 云岭市财政局 云岭市民政局 云岭市卫生健康委员会 "
    "云岭市医疗保障局关于支持社区居家养老服务发展 促进银发经济高质量发展若干措施的通知"
)
"""89 characters, as the longest real title has; no rule makes it short enough."""


class MemoryMedia:
    """A media store in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.kept[sha256] = content
        return sha256

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.kept:
            raise NotFound("文件", sha256)
        return self.kept[sha256]


class Web:
    """A fetcher that knows a few addresses and counts what it was asked for."""

    def __init__(self, pages: dict[str, bytes] | None = None) -> None:
        self.pages = pages or {}
        self.asked: list[str] = []

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchFailed("对方网站没有这张图片")
        return Fetched(url, self.pages[url], "image/png")


@dataclass(frozen=True)
class Short:
    """What the stand-in for the title policy answers."""

    text: str
    form: str


def without_bodies(
    title: str, limit: int, *, issuing_bodies: Iterable[str] = (), may_cut: bool = False
) -> Short:
    """Drops what stands before 关于; cuts only when asked."""
    short = title[title.find("关于") :] if "关于" in title else title
    if len(title) <= limit:
        return Short(title, "whole")
    if len(short) <= limit:
        return Short(short, "shortened")
    return Short(short[: limit - 1] + "…", "cut") if may_cut else Short(short, "too_long")


def first_sentences(text: str, limit: int, *, facts_first: bool = False) -> str:
    """Whole sentences from the beginning, as many as fit."""
    del facts_first
    taken = ""
    for sentence in text.replace("\n", "").split("。")[:-1]:
        if len(taken) + len(sentence) + 1 > limit:
            break
        taken += sentence + "。"
    return taken


def a_renderer(
    media: MemoryMedia | None = None,
    web: Web | None = None,
    digest: MakeDigest = first_sentences,
) -> TemplateRenderer:
    """A renderer over the real templates."""
    return TemplateRenderer(
        TEMPLATES,
        media or MemoryMedia(),
        web or Web(),
        shorten_title=without_bodies,
        make_digest=digest,
        split_words=split_words,
        attachment_url=lambda release, sha256: f"https://tongbu.example/{release}/{sha256}",
    )


def rendered(
    content: ReleaseContent,
    *,
    account: Account = WECHAT,
    limits: Limits = WECHAT_LIMITS,
    kind: PostKind = PostKind.POLICY,
    renderer: TemplateRenderer | None = None,
    **changes: Any,
) -> Rendered:
    """`content` rendered with the default template."""
    values: dict[str, Any] = {"template": "default", **changes}
    release = factories.release(content=content)
    return (renderer or a_renderer()).render(release, account, kind=kind, limits=limits, **values)


def a_png(width: int = 40, height: int = 30, colour: str = "navy") -> bytes:
    """A plain PNG."""
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def paragraph(text: str, **run: Any) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, **run),))


def long_document(articles: int = 220) -> Document:
    """A regulation with chapters, far over one WeChat article."""
    blocks: list[Heading | Paragraph] = []
    for number in range(1, articles + 1):
        if number % 20 == 1:
            blocks.append(Heading(f"第{number // 20 + 1}章　一般规定", 1))
        blocks.append(
            paragraph(
                f"第{number}条　申请人应当在收到通知之日起十五个工作日内，"
                "向所在地的街道办事处提交申请材料，并对材料的真实性负责；街道办事处应当在五个工作日内完成初审，符合条件的，报区民政部门审核；"
                "不符合条件的，应当书面说明理由，并告知申请人复核的途径和期限，"
                "申请人对结果有异议的可以申请复核。"
            )
        )
    return Document(tuple(blocks))


def every_block() -> Document:
    """One of each block, with signs that must be escaped."""
    return Document(
        (
            Heading("一、总体要求 <A&B>", 1),
            Heading("（一）范围", 2),
            Paragraph(
                (
                    Run("补贴标准为每人每月 "),
                    Run("300元", bold=True),
                    Run("，详见"),
                    Run("市民政局网站", link="https://mzj.yunling.example/bz?a=1&b=2"),
                    Run("。", italic=True),
                )
            ),
            ListBlock(((Run("年满六十周岁；"),), (Run("本市户籍；"),)), ordered=True),
            Table(
                (
                    (Cell("对象", header=True), Cell("标准", header=True, columns=2)),
                    (Cell("甲类 <1>", rows=2), Cell("300元"), Cell("每月")),
                    (Cell("200元"), Cell("每月")),
                ),
                caption="补贴标准",
            ),
            Image("https://www.yunling.example/p.png", alt='流程"图"', caption="办理流程"),
            Quote(("养老服务是民生大事。", "应当办好。")),
            Rule(),
            Paragraph((Run("自2026年12月1日起施行。"),)),
            Paragraph((Run("云岭市人民政府办公室"),), align="right"),
            Attachment("申请表", "https://www.yunling.example/form.xlsx"),
        )
    )


def a_release(**changes: Any) -> ReleaseContent:
    """A policy with two interpretations."""
    values: dict[str, Any] = {
        "body": every_block(),
        "attachments": (Attachment("申请表", "https://www.yunling.example/form.xlsx"),),
        "interpretations": (
            Interpretation(
                "《关于优化办事时间的通知》政策问答",
                InterpretationKind.QA,
                Document((Heading("问：谁可以申请？"), paragraph("答：本市户籍老年人。"))),
                url="https://www.yunling.example/jd/8.html",
                published_on=date(2026, 11, 24),
            ),
            Interpretation(
                "一图读懂办事时间",
                InterpretationKind.INFOGRAPHIC,
                Document((Image("https://www.yunling.example/map.png", caption="图解"),)),
            ),
        ),
    }
    return factories.content(**(values | changes))
