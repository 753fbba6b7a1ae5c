"""Who takes part: five official accounts, two members of staff, a release system."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bootstrap import House
from bot.demo.places import Place
from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.accounts.authorisation import NEEDS_LEGAL_BASIS
from bot.domain.ids import AccountId, RuleId, SourceId
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.posts.rules import Rule
from bot.domain.releases.source import Source, SourceKind, Trust
from bot.domain.replies.answering import AnswerRule, Match
from bot.sandbox.running import RunningSandbox
from bot.usecases.accounts.add_account import add_account
from bot.usecases.accounts.confirm_account import record_legal_basis
from bot.usecases.people.add_user import add_user
from bot.usecases.people.api_tokens import issue_token

CITY = SourceId("yunting-portal")
HOME_DOMAIN = "www.yunting.example"
"""The invented city's own site; Weibo takes links to an office's registered sites only."""
SECONDS_AHEAD = 3
APPROVER_LOGIN, APPROVER_NAME = "wang.shenhe", "王审核"
BASIS = "演示数据，没有真实的关注者"
PATIENCE = {"poll_seconds": "1 1 1 2 2 5", "settling_seconds": "1", "collect_seconds": "2"}


@dataclass(frozen=True)
class Member:
    """One account of the cast, and what the sandbox must know of it."""

    id: str
    name: str
    mode: Mode
    platform: PlatformName
    app_id: str
    secret: str


CAST = (
    Member("yt-minzheng", "云汀民政", Mode.PUBLISH, PlatformName.WECHAT, "wxdemo01", "s1"),
    Member("yt-fabu", "云汀发布", Mode.MASS, PlatformName.WECHAT, "wxdemo02", "s2"),
    Member("yt-yanglao", "云汀养老服务", Mode.DRAFT, PlatformName.WECHAT, "wxdemo03", "s3"),
    Member("yt-weibo", "云汀民政微博", Mode.SHARE, PlatformName.WEIBO, "3100000001", "s4"),
    Member("yt-toutiao", "云汀发布微博", Mode.ARTICLE, PlatformName.WEIBO, "3100000002", "s5"),
)


@dataclass(frozen=True)
class Credentials:
    """What people and systems need to get in; made up anew for every demonstration."""

    login: str
    password: str
    api_token: str


def of_platform(platform: PlatformName) -> tuple[Member, ...]:
    """The members on one platform."""
    return tuple(member for member in CAST if member.platform is platform)


def callback_token(member: Member) -> str:
    """The token both sides sign pushes with."""
    return f"token{member.secret}"


def aes_key(member: Member) -> str:
    """The 43 characters both sides encrypt pushes with."""
    return (member.id.replace("-", "") + "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP")[
        :43
    ]


def access_token(member: Member) -> str:
    """A Weibo token."""
    return f"2.00demo{member.app_id}"


def sandbox_scenario(place: Place, domains: Sequence[str]) -> dict[str, object]:
    """The scenario under which the sandbox knows the cast."""
    wechat = [
        {
            "name": m.id,
            "app_id": m.app_id,
            "app_secret": f"app-secret-{m.secret}",
            "token": callback_token(m),
            "aes_key": aes_key(m),
            "kind": "service" if m.mode is Mode.PUBLISH else "subscription",
            "callback_url": f"{place.url}/callbacks/wechat/{m.id}",
            "followers": [f"demo-follower-{n:02d}" for n in range(1, 13)],
        }
        for m in of_platform(PlatformName.WECHAT)
    ]
    weibo = of_platform(PlatformName.WEIBO)
    return {
        "wechat": {"accounts": wechat},
        "weibo": {
            "apps": [
                {
                    "app_key": m.app_id,
                    "app_secret": f"app-secret-{m.secret}",
                    "safe_domains": list(domains),
                    "article_enabled": m.mode is Mode.ARTICLE,
                    "revoked_url": f"{place.url}/callbacks/weibo/{m.id}/revoked",
                }
                for m in weibo
            ],
            "accounts": [
                {
                    "name": m.id,
                    "uid": int(m.app_id),
                    "screen_name": m.name,
                    "app_key": m.app_id,
                    "callback_url": f"{place.url}/callbacks/weibo/{m.id}",
                    "tokens": [{"value": access_token(m), "app_key": m.app_id}],
                }
                for m in weibo
            ],
        },
    }


def bring_in(
    house: House,
    sandbox: RunningSandbox,
    rules: list[dict[str, object]],
    *,
    city: str,
    domains: Sequence[str],
) -> Credentials:
    """Store accounts, rules, staff and the release system's token."""
    house.storage.upgrade()
    for member in CAST:
        add_account(
            _account(member, sandbox, domains),
            _secrets(member),
            actor=SYSTEM,
            storage=house.storage,
            vault=house.vault,
        )
        if member.platform in NEEDS_LEGAL_BASIS:
            record_legal_basis(member.name, BASIS, actor=SYSTEM, storage=house.storage)
    with house.storage.begin() as uow:
        uow.sources.add(Source(CITY, city, SourceKind.API, Trust.NEEDS_APPROVAL))
        uow.rules.add(_distribution())
        uow.rules.replace_answer_rules([_answer_rule(rule) for rule in rules])
        uow.commit()
    return _let_people_in(house)


def _let_people_in(house: House) -> Credentials:
    password = secrets.token_urlsafe(12)
    add_user(
        APPROVER_LOGIN,
        APPROVER_NAME,
        password,
        frozenset(Role),
        actor=SYSTEM,
        storage=house.storage,
        passwords=house.passwords,
        ids=house.ids,
    )
    _, token = issue_token("门户网站", CITY, actor=SYSTEM, storage=house.storage, ids=house.ids)
    return Credentials(APPROVER_LOGIN, password, token)


def _account(member: Member, sandbox: RunningSandbox, domains: Sequence[str]) -> Account:
    base = sandbox.urls[member.platform.value]
    roles = (
        ("api",) if member.platform is PlatformName.WECHAT else ("api", "c", "m", "rm", "upload")
    )
    options = PATIENCE | {"author": "云汀民政"}
    if member.platform is PlatformName.WECHAT:
        options |= {"app_id": member.app_id}
    else:
        options |= {
            "app_key": member.app_id,
            "uid": member.app_id,
            "rip": "203.0.113.9",
            "safe_domains": " ".join(domains),
            "home_url": f"https://{HOME_DOMAIN}/",
            "public_base": base,
        }
    return Account(
        id=AccountId(member.id),
        name=member.name,
        platform=member.platform,
        mode=member.mode,
        comment_privilege=True,
        api_base=dict.fromkeys(roles, base),
        options=options,
    )


def _secrets(member: Member) -> dict[str, str]:
    secret = f"app-secret-{member.secret}"
    if member.platform is PlatformName.WEIBO:
        return {
            "app_secret": secret,
            "access_token": access_token(member),
            "fan_service_secret": secret,
        }
    return {"app_secret": secret, "token": callback_token(member), "aes_key": aes_key(member)}


def _distribution() -> Rule:
    return Rule(
        id=RuleId("all-policies"),
        name="政策发布：全部账号同步",
        accounts=tuple(AccountId(member.id) for member in CAST),
        policy=RolloutPolicy.ALL_OR_NOTHING,
        approval=PostApproval.RELEASE,
        delay_seconds=SECONDS_AHEAD,
    )


def _answer_rule(given: dict[str, object]) -> AnswerRule:
    words = given["words"]
    return AnswerRule(
        name=str(given["name"]),
        match=Match(str(given["match"])),
        words=tuple(str(word) for word in words) if isinstance(words, list) else (),
        answer=str(given["answer"]),
    )
