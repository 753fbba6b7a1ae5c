"""Releases, posts and followers in every state a page can meet."""

from dataclasses import replace
from datetime import date

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId, ReplyId, RolloutId
from bot.domain.posts.draft import Article, Draft, DraftContent, Severity, Violation
from bot.domain.posts.post import Post, PostState
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.document import Document, Heading, Paragraph, Run
from bot.domain.releases.release import Interpretation, InterpretationKind, ReleaseState
from bot.domain.replies.reply import Answered, Channel, ReplyKind
from bot.domain.statistics.figures import Counting, Figures, FollowerDay
from bot.ports.statistics import Outlook
from bot.ports.storage import UnitOfWork
from bot.storage.database import Database
from tests import factories as make

PARKING = "云岭市人民政府办公室关于印发城区公共停车泊位建设管理实施办法的通知"
LONGEST = (
    "云岭市人力资源和社会保障局 云岭市财政局 云岭市农业农村局关于进一步做好高校毕业生等青年"
    "就业创业工作和农村劳动力转移就业有关补贴政策申领发放事项的补充通知（试行）"
)
ACCOUNTS = (
    ("acc_1", "云岭发布", PlatformName.WECHAT, Mode.MASS),
    ("acc_2", "云岭市政务服务和数据管理局便民之窗", PlatformName.WECHAT, Mode.PUBLISH),
    ("acc_3", "云岭住建", PlatformName.WECHAT, Mode.DRAFT),
    ("acc_4", "云岭发布微博", PlatformName.WEIBO, Mode.SHARE),
)
REJECTED = Failure(
    error="ContentRejected",
    code="45166",
    message="invalid content hint: [abc]",
    cause="文章里有平台不允许的链接或代码",
    next_step="把稿件退回修改，删除正文里的外部链接后重新提交复审",
    who="撰稿人",
)


def settle(database: Database) -> None:
    """Fill the database."""
    with database.begin() as uow:
        uow.sources.add(make.source())
        for id_, name, platform, mode in ACCOUNTS:
            account = make.account(id=AccountId(id_), name=name, platform=platform, mode=mode)
            uow.accounts.add(account, "{}")
        _releases(uow)
        _posts(uow)
        _replies(uow)
        _figures(uow)
        uow.commit()


def _releases(uow: UnitOfWork) -> None:
    body = Document(
        (
            Heading("一、总体要求", 1),
            Paragraph(
                (Run("坚持便民利民，"), Run("优先保障老旧小区", bold=True), Run("停车需求。"))
            ),
            Paragraph((Run("2026年11月20日"),), align="right"),
        )
    )
    explained = Interpretation("一图读懂停车新规", InterpretationKind.INFOGRAPHIC, body)
    content = make.content(
        title=PARKING, body=body, interpretations=(explained,), published_on=date(2026, 11, 22)
    )
    uow.releases.add(make.release(content=content, state=ReleaseState.RELEASED))
    long = make.content(title=LONGEST, document_number="云岭人社发〔2026〕31号", body=body)
    uow.releases.add(
        make.release(
            id=ReleaseId("rel_2"),
            source_key="31",
            content=long,
            state=ReleaseState.RECEIVED,
            approval=None,
            received_at=make.after(-3600),
        )
    )
    water = make.content(title="云岭市水务局关于计划停水的通知", document_number=None)
    uow.releases.add(
        make.release(
            id=ReleaseId("rel_3"), source_key="w", content=water, received_at=make.after(-90000)
        )
    )


def _posts(uow: UnitOfWork) -> None:
    uow.posts.add_rollout(make.rollout())
    uow.posts.add_rollout(make.rollout(id=RolloutId("rol_3"), release=ReleaseId("rel_3")))
    live = make.delivery(
        state=DeliveryState.DELIVERED,
        next_at=None,
        accepted_at=make.after(3),
        journal=Journal((_entry("prepare", Outcome.DONE), _entry("accept", Outcome.DONE, 2))),
        receipt=Receipt(
            urls=("https://mp.weixin.qq.com/s/abc",),
            accepted=Fact(make.after(3), "publish"),
            published=Fact(make.after(5), "event"),
            seen_live=Fact(make.after(9), "get"),
        ),
    )
    add_post(uow, 1)
    uow.deliveries.add(live)
    add_post(uow, 2)
    uow.deliveries.add(_stuck())
    add_post(uow, 3, state=PostState.IN_REVIEW, submitted_by="writer")
    add_post(uow, 4, state=PostState.SCHEDULED, due_at=make.after(11_520))
    uow.deliveries.add(
        make.delivery(
            id=DeliveryId("dlv_4"),
            post=PostId("pst_4"),
            account=AccountId("acc_4"),
            due_at=make.after(11_520),
            next_at=make.after(11_000),
        )
    )
    blocked = replace(
        make.draft(),
        violations=(
            Violation("title", "标题超过平台上限 32 字，请缩短", "标题"),
            Violation("digest", "摘要较长，可能显示不全", "摘要", Severity.WARNING),
        ),
    )
    add_post(
        uow,
        5,
        account=AccountId("acc_1"),
        rollout=RolloutId("rol_3"),
        release=ReleaseId("rel_3"),
        state=PostState.DRAFT,
        draft=blocked,
        due_at=None,
    )


def add_post(uow: UnitOfWork, number: int, **changes: object) -> Post:
    """Post `number`, on the account of the same number unless told otherwise."""
    article = Article(title=f"停车新规来了：{number} 分钟看懂", html="<p>正文</p>")
    draft = Draft(DraftContent(articles=(article,), marker="m"))
    values = {"id": PostId(f"pst_{number}"), "account": AccountId(f"acc_{number}"), "draft": draft}
    post = make.post(**(values | changes))
    uow.posts.add(post)
    return post


def _stuck() -> Delivery:
    return make.delivery(
        id=DeliveryId("dlv_2"),
        post=PostId("pst_2"),
        account=AccountId("acc_2"),
        state=DeliveryState.HELD,
        next_at=None,
        hold_reason="平台拒绝了这篇稿件",
        journal=Journal(
            (
                _entry("prepare", Outcome.DONE),
                replace(_entry("accept", Outcome.REFUSED, 2), failure=REJECTED),
            )
        ),
    )


def _figures(uow: UnitOfWork) -> None:
    """Two articles of the post that is out, one of somebody's hand, and an account without the
    right to its figures."""
    by_hand = make.article(9, title=LONGEST, was_pushed=False)
    ours = [make.article(number, post=PostId("pst_1")) for number in (1, 2)]
    uow.statistics.save_articles([*ours, by_hand])
    told = Figures(
        readers=12_345,
        shares=366,
        likes=120,
        recommends=41,
        comments=7,
        collections=58,
        new_followers=19,
        delivery_rate=0.025,
        finish_rate=0.41,
        average_seconds=77.4,
        sources={"公众号消息": 8_100, "朋友圈": 3_020, "搜一搜": 1_225},
    )
    late = make.article_day(2, article=make.article(2).id, readers=80, is_final=False)
    uow.statistics.save_article_days([make.article_day(2, figures=told), late])
    on_days = [
        make.article_day(number, counting=Counting.ON_DAY, figures=Figures(readers=readers))
        for number, readers in enumerate((9_000, 2_400, 945))
    ]
    uow.statistics.save_article_days(on_days)
    uow.statistics.save_follower_days(
        [
            FollowerDay(AccountId("acc_1"), date(2026, 11, day), 182_000 + day, 120, 34, make.NOW)
            for day in (20, 21, 22)
        ]
    )
    uow.statistics.save_outlook(Outlook(AccountId("acc_1"), make.after(86_400)))
    hindrance = AccountFinding(
        False, "账号没有数据统计的权限（48001）", "请管理员完成微信认证", "账号管理员"
    )
    uow.statistics.save_outlook(Outlook(AccountId("acc_2"), make.after(86_400), hindrance))


def _entry(step: str, outcome: Outcome, seq: int = 1) -> Entry:
    at = make.after(seq)
    return Entry(seq, step, Act.CALL, at, at, outcome=outcome, finished_at=at)


def _replies(uow: UnitOfWork) -> None:
    openid = "oXy12abcdefghijklmnop9Zk"
    first = make.incoming(sender=openid, key="1", text="老旧小区怎么申请停车泊位？")
    second = make.incoming(sender=openid, key="2", text="补贴标准", said_at=make.after(60))
    comment = make.incoming(
        account=AccountId("acc_4"),
        channel=Channel.WEIBO_COMMENT,
        kind=ReplyKind.COMMENT,
        sender="5550001112223",
        sender_name="云岭小市民",
        key="c1",
        text="支持！希望早点落实",
    )
    uow.replies.store(
        [
            make.reply(id=ReplyId("rpy_1"), incoming=first),
            make.reply(
                id=ReplyId("rpy_2"),
                incoming=second,
                received_at=make.after(60),
                answered=Answered("补贴标准如下：\n第一类每户最高 8000 元", "补贴标准"),
            ),
            make.reply(id=ReplyId("rpy_3"), incoming=comment, post=PostId("pst_4")),
        ]
    )
