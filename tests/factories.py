"""Builders of domain values with sensible defaults; a test names only what it is about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.cases.case import Case
from bot.domain.cases.clock import Deadline, Mark, MarkKind
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.ids import (
    AccountId,
    AnswerId,
    CaseId,
    DeliveryId,
    PostId,
    ReleaseId,
    ReplyId,
    RolloutId,
    RuleId,
    SourceId,
)
from bot.domain.posts.draft import Article, Draft, DraftContent
from bot.domain.posts.post import Post, PostKind, PostState
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import Rollout, RolloutPolicy, RolloutState
from bot.domain.posts.rules import Rule
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.releases.document import Document, Paragraph, Run
from bot.domain.releases.release import Approval, Release, ReleaseContent, ReleaseState
from bot.domain.releases.source import Source, SourceKind, Trust
from bot.domain.replies.answer import Answer, AnswerContent, Way
from bot.domain.replies.reply import Channel, Incoming, Reply, ReplyKind
from bot.domain.statistics.figures import (
    ArticleDay,
    ArticleId,
    Counting,
    Figures,
    PublishedArticle,
)
from bot.domain.workdays import Term, TermUnit

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Beijing."""


def after(seconds: float) -> datetime:
    """`NOW` and so many seconds."""
    return NOW + timedelta(seconds=seconds)


def document(*paragraphs: str) -> Document:
    """A document of plain paragraphs."""
    texts = paragraphs or ("为方便群众办事，现就有关事项通知如下。",)
    return Document(tuple(Paragraph((Run(text),)) for text in texts))


def content(**changes: Any) -> ReleaseContent:
    """The content of a release."""
    values: dict[str, Any] = {
        "title": "云岭市人民政府办公室关于优化办事时间的通知",
        "issuing_bodies": ("云岭市人民政府办公室",),
        "body": document(),
        "document_number": "云岭政办发〔2026〕7号",
        "issued_on": date(2026, 11, 20),
        "published_on": date(2026, 11, 23),
        "source_url": "https://www.yunling.example/zhengce/7.html",
    }
    return ReleaseContent(**(values | changes))


def release(**changes: Any) -> Release:
    """An approved release."""
    body = changes.pop("content", content())
    values: dict[str, Any] = {
        "id": ReleaseId("rel_1"),
        "source": SourceId("site"),
        "source_key": "7",
        "version": 1,
        "content": body,
        "content_hash": body.hash,
        "state": ReleaseState.APPROVED,
        "received_at": NOW,
        "approval": Approval(by="王审核", evidence="签批单 7 号", at=NOW),
    }
    return Release(**(values | changes))


def source(**changes: Any) -> Source:
    """A trusted API source."""
    values: dict[str, Any] = {
        "id": SourceId("site"),
        "name": "门户网站",
        "kind": SourceKind.API,
        "trust": Trust.APPROVED,
    }
    return Source(**(values | changes))


def account(**changes: Any) -> Account:
    """A WeChat account in publish mode."""
    values: dict[str, Any] = {
        "id": AccountId("acc_1"),
        "name": "云岭发布",
        "platform": PlatformName.WECHAT,
        "mode": Mode.PUBLISH,
    }
    return Account(**(values | changes))


def rule(*accounts: str, **changes: Any) -> Rule:
    """A rule for `accounts` under which the release's approval is enough."""
    values: dict[str, Any] = {
        "id": RuleId("rule_1"),
        "name": "全部政策",
        "accounts": tuple(AccountId(a) for a in accounts or ("acc_1",)),
        "approval": PostApproval.RELEASE,
    }
    return Rule(**(values | changes))


def draft(text: str = "<p>正文</p>") -> Draft:
    """A sendable draft of one article."""
    article = Article(title="关于优化办事时间的通知", html=text)
    return Draft(DraftContent(articles=(article,), marker="m1"))


def post(**changes: Any) -> Post:
    """A scheduled, approved post."""
    made = changes.pop("draft", draft())
    values: dict[str, Any] = {
        "id": PostId("pst_1"),
        "rollout": RolloutId("rol_1"),
        "release": ReleaseId("rel_1"),
        "release_version": 1,
        "account": AccountId("acc_1"),
        "kind": PostKind.BUNDLE,
        "template": "default",
        "revision": 1,
        "draft": made,
        "state": PostState.SCHEDULED,
        "due_at": NOW,
        "approved_hash": made.content.hash,
        "approved_by": "王审核",
    }
    return Post(**(values | changes))


def rollout(**changes: Any) -> Rollout:
    """A planned rollout."""
    values: dict[str, Any] = {
        "id": RolloutId("rol_1"),
        "release": ReleaseId("rel_1"),
        "release_version": 1,
        "policy": RolloutPolicy.AS_READY,
        "state": RolloutState.PLANNED,
        "due_at": NOW,
        "created_at": NOW,
    }
    return Rollout(**(values | changes))


def delivery(**changes: Any) -> Delivery:
    """A delivery that waits for its time."""
    values: dict[str, Any] = {
        "id": DeliveryId("dlv_1"),
        "post": PostId("pst_1"),
        "rollout": RolloutId("rol_1"),
        "account": AccountId("acc_1"),
        "revision": 1,
        "content_hash": draft().content.hash,
        "state": DeliveryState.WAITING,
        "due_at": NOW,
        "next_at": NOW,
    }
    return Delivery(**(values | changes))


def incoming(**changes: Any) -> Incoming:
    """A text message of a WeChat follower."""
    values: dict[str, Any] = {
        "account": AccountId("acc_1"),
        "channel": Channel.WECHAT_MESSAGE,
        "kind": ReplyKind.MESSAGE,
        "key": "msg:1",
        "sender": "o_follower_1",
        "text": "请问补贴怎么申请？",
        "said_at": NOW,
        "raw": "<xml/>",
        "type_name": "text",
    }
    return Incoming(**(values | changes))


def reply(**changes: Any) -> Reply:
    """A stored reply around `incoming`."""
    values: dict[str, Any] = {
        "id": ReplyId("rpy_1"),
        "incoming": changes.pop("incoming", incoming()),
        "received_at": NOW,
    }
    return Reply(**(values | changes))


def texts(rows: Sequence[Reply]) -> list[str]:
    """What the followers said, in order."""
    return [row.incoming.text for row in rows]


def article(number: int = 1, **changes: Any) -> PublishedArticle:
    """Article `number` of a bundle that the platform counts."""
    values: dict[str, Any] = {
        "id": ArticleId(AccountId("acc_1"), "2247480001", number),
        "published_on": date(2026, 11, 20),
        "title": f"停车新规之{number}",
        "url": f"http://mp.weixin.qq.com/s?mid=1&idx={number}#rd",
        "was_pushed": True,
    }
    return PublishedArticle(**(values | changes))


def article_day(days: int = 0, *, readers: int = 100, **changes: Any) -> ArticleDay:
    """The figures to date of the first article, so many days after it was published."""
    figures = Figures(readers=readers, shares=12, finish_rate=0.41, sources={"朋友圈": 80})
    values: dict[str, Any] = {
        "article": article().id,
        "day": date(2026, 11, 20) + timedelta(days=days),
        "counting": Counting.TO_DATE,
        "figures": figures,
        "read_at": NOW,
    }
    return ArticleDay(**(values | changes))


def answer(**changes: Any) -> Answer:
    """A letter to the follower of `reply`, waiting to be sent."""
    values: dict[str, Any] = {
        "id": AnswerId("ans_1"),
        "reply": ReplyId("rpy_1"),
        "account": AccountId("acc_1"),
        "way": Way.LETTER,
        "content": AnswerContent("您好，补贴在区政务大厅 3 号窗口申请。"),
        "by": "li",
        "written_at": NOW,
        "next_at": NOW,
    }
    return Answer(**(values | changes))


def deadline(**changes: Any) -> Deadline:
    """Five days, with a warning one day before."""
    values: dict[str, Any] = {
        "rule": "general",
        "rule_version": 1,
        "term": Term(5, TermUnit.WORKING_DAYS),
        "basis": "本单位制度",
        "begun_at": NOW,
        "due_at": after(5 * 86_400),
        "is_provisional": False,
        "needs_review": False,
        "marks": (
            Mark(MarkKind.WARNING, after(4 * 86_400)),
            Mark(MarkKind.OVERDUE, after(5 * 86_400)),
        ),
    }
    return Deadline(**(values | changes))


def case(**changes: Any) -> Case:
    """A question that came by telephone and was received just now."""
    values: dict[str, Any] = {
        "id": CaseId("case_1"),
        "number": "20261123-000001",
        "check_code": "7K3MQX",
        "entry": Entry.HOTLINE,
        "case_class": CaseClass.QUESTION,
        "received_at": NOW,
        "opened_at": NOW,
        "deadline": deadline(),
        "changed_by": "刘留言",
        "changed_at": NOW,
        "subject": "补贴什么时候发放",
    }
    return Case(**(values | changes))
