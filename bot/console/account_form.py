"""The form of an account: what it asks, what becomes of it. Secrets go in and never come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from urllib.parse import urlsplit

from bot.domain.accounts.account import MODES_OF, Account, Mode, PlatformName, QuietHours
from bot.domain.accounts.badge import COLOUR, Colour
from bot.domain.accounts.entry import (
    CALLBACK_SECRETS,
    LONGEST_NAME,
    REQUIRED,
    callback_problems,
)
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId
from bot.domain.posts.review import PostApproval


@dataclass(frozen=True)
class Asked:
    """One field. `secret` ones are written and never shown; `folded` ones few offices need."""

    name: str
    label: str
    hint: str = ""
    secret: bool = False
    folded: bool = False


_LINKS = Asked(
    "link_domains",
    "允许链接的网站",
    "域名，几个之间空一格；填了就只许链接到这些网站和政府网站",
    folded=True,
)
_WECHAT = (
    Asked("app_id", "AppID", "公众平台“设置与开发—开发接口管理”里的开发者 ID"),
    Asked("app_secret", "AppSecret", "同一页里重置后显示一次", secret=True),
    Asked("token", "回调 Token", "自己定，3 至 32 位英文字母或数字，两边填一样的", secret=True),
    Asked("aes_key", "EncodingAESKey", "平台随机生成的 43 位字符", secret=True),
    Asked("author", "文章作者", "显示在标题下面"),
    Asked(
        "staff_line",
        "署名行",
        "例如“撰稿：{撰稿}　编辑：{编辑}　审核：{审核}”，发出时换成办理人的姓名；留空不印",
    ),
    _LINKS,
)
_WEIBO = (
    Asked("app_key", "App Key", "微博开放平台“我的应用”里"),
    Asked("app_secret", "App Secret", "同一页里", secret=True),
    Asked("uid", "微博 UID", "账号主页网址里的一串数字，授权时用来核对是不是这个账号"),
    Asked("safe_domains", "安全域名", "在平台登记过的本单位网站域名，几个之间空一格"),
    Asked("rip", "出口 IP", "本系统访问互联网的地址，平台要求附上"),
    Asked(
        "fan_service_secret", "粉丝服务密钥", "与 App Secret 不同时才填", secret=True, folded=True
    ),
    Asked("topic", "话题", "每条微博带上的话题，不含 #"),
    Asked("home_url", "网站首页", "政策没有网址时用它"),
    _LINKS,
)
ASKED: Mapping[PlatformName, Sequence[Asked]] = {
    PlatformName.WECHAT: _WECHAT,
    PlatformName.WEIBO: _WEIBO,
}
KINDS = {"subscription": "公众号（订阅号）", "service": "服务号"}
COLOURS: Mapping[Colour, str] = {
    Colour.BLUE: "蓝",
    Colour.TEAL: "青",
    Colour.GREEN: "绿",
    Colour.OLIVE: "橄榄",
    Colour.BROWN: "棕",
    Colour.RED: "红",
    Colour.PURPLE: "紫",
    Colour.SLATE: "灰蓝",
}


def new_account(
    fields: Mapping[str, str], platform: PlatformName, id_: AccountId
) -> tuple[Account, dict[str, str]]:
    """The account of a filled-in form, off until its check has passed, and its secrets.

    Raises:
        InvalidInput: one problem a field.
    """
    name, mode = fields.get("name", "").strip(), fields.get("mode", "")
    problems = [] if name else [Problem("name", "请填写账号名称，与平台上的名称一致")]
    if len(name) > LONGEST_NAME or "/" in name:
        problems.append(Problem("name", f"名称最多 {LONGEST_NAME} 字，不含“/”"))
    if mode not in MODES_OF[platform]:
        problems.append(Problem("mode", "请选择发布方式"))
    problems += [
        Problem(asked.name, f"请填写{asked.label}")
        for asked in ASKED[platform]
        if asked.name in REQUIRED[platform] and not fields.get(asked.name, "").strip()
    ]
    base = fields.get("api_base", "").strip()
    problems += _address_problems(base)
    account = Account(
        id=id_,
        name=name,
        platform=platform,
        mode=Mode(mode) if mode in MODES_OF[platform] else min(MODES_OF[platform]),
        enabled=False,
        api_base={"api": base} if base else {},
        production=not base,
    )
    return _settled(account, fields, problems)


def changed_account(
    account: Account, fields: Mapping[str, str], *, kept: frozenset[str]
) -> tuple[Account, dict[str, str]]:
    """The account with what the form changes, and the secrets that were written anew. Options the
    form does not ask for are left out; `kept` are the secrets there are.

    Raises:
        InvalidInput: one problem a field.
    """
    problems = [
        Problem(asked.name, f"请填写{asked.label}")
        for asked in ASKED[account.platform]
        if asked.name in REQUIRED[account.platform]
        and asked.name not in kept
        and not fields.get(asked.name, "").strip()
    ]
    return _settled(replace(account, options={}), fields, problems)


def written_of(account: Account) -> dict[str, str]:
    """The fields as the form shows them for an account that is there; no secret among them."""
    quiet = account.quiet_hours
    return {
        **{asked.name: account.options.get(asked.name, "") for asked in ASKED[account.platform]},
        "kind": account.options.get("kind", "subscription"),
        COLOUR: account.options.get(COLOUR, ""),
        "verified": "1" if account.verified else "",
        "least_review": account.least_review.value,
        "comment_privilege": "1" if account.comment_privilege else "",
        "quiet_start": f"{quiet.start:%H:%M}" if quiet else "",
        "quiet_end": f"{quiet.end:%H:%M}" if quiet else "",
    }


def _settled(
    account: Account, fields: Mapping[str, str], problems: Sequence[Problem]
) -> tuple[Account, dict[str, str]]:
    given = {name: value.strip() for name, value in fields.items()}
    asked = ASKED[account.platform]
    secrets = {one.name: given[one.name] for one in asked if one.secret and given.get(one.name)}
    options = {one.name: given.get(one.name, "") for one in asked if not one.secret}
    if account.platform is PlatformName.WECHAT:
        kind = given.get("kind", "")
        options["kind"] = kind if kind in KINDS else "subscription"
    colour = given.get(COLOUR, "")
    options[COLOUR] = colour if colour in COLOURS else ""
    quiet, faults = _quiet_hours(given)
    found = [*problems, *callback_problems(secrets), *faults]
    if found:
        raise InvalidInput(found)
    settled = replace(
        account,
        options={**account.options, **options},
        verified=given.get("verified") == "1",
        least_review=_review(given, account),
        comment_privilege=given.get("comment_privilege") == "1",
        quiet_hours=quiet,
    )
    return settled, secrets


def _review(given: Mapping[str, str], account: Account) -> PostApproval:
    chosen = given.get("least_review", "")
    return PostApproval(chosen) if chosen in set(PostApproval) else account.least_review


def _quiet_hours(given: Mapping[str, str]) -> tuple[QuietHours | None, Sequence[Problem]]:
    start, end = given.get("quiet_start", ""), given.get("quiet_end", "")
    if not start and not end:
        return None, ()
    try:
        return QuietHours(time.fromisoformat(start), time.fromisoformat(end)), ()
    except ValueError:
        return None, [Problem("quiet_start", "免打扰时段要写起止两个时刻，例如 22:00 和 07:00")]


def _address_problems(base: str) -> Sequence[Problem]:
    if not base or urlsplit(base).scheme in {"http", "https"}:
        return ()
    return [Problem("api_base", "测试环境地址以 http:// 或 https:// 开头")]


def asked_of(platform: PlatformName, *, kept: frozenset[str]) -> Sequence[Asked]:
    """What the form asks: not the callback's token and key once there are some."""
    return [
        one for one in ASKED[platform] if one.name not in CALLBACK_SECRETS or one.name not in kept
    ]
