"""What only a person can see before an account goes live, ticked off one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.accounts.check import AccountFinding

CONFIRMED = "confirmed."
"""How the options begin in which it is kept who ticked an item off, and when."""


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to look at; `only` names the modes it matters for, none means all."""

    name: str
    sentence: str
    how: str
    only: frozenset[Mode] = frozenset()


WEIBO = (
    ChecklistItem(
        "app_reviewed",
        "应用已通过微博审核",
        "在微博开放平台“我的应用”里查看状态；测试级应用发的微博只有测试账号能看到",
    ),
    ChecklistItem(
        "safe_domain",
        "本网站域名已登记为安全域名并审核通过",
        "在“应用信息—基本信息”里核对，带 www 和不带 www 分别登记",
        frozenset({Mode.SHARE}),
    ),
    ChecklistItem(
        "ip_list",
        "安全 IP 名单没有启用，或已包含本系统的出口 IP",
        "在“应用信息—安全 IP”里核对",
    ),
    ChecklistItem(
        "test_post_source",
        "试发微博的“来自”显示的是应用名称",
        "试发一条后查看，不能是“未通过审核应用”",
    ),
    ChecklistItem(
        "visible_to_public",
        "试发微博在没有登录的浏览器里能看到",
        "用无痕窗口打开试发微博的链接，看后可以删除这条微博",
    ),
    ChecklistItem(
        "article_permission",
        "头条文章接口已由政务运营开通",
        "通过微博政务运营联系人确认；未开通时接口返回没有权限",
        frozenset({Mode.ARTICLE}),
    ),
    ChecklistItem(
        "commercial_contract",
        "商业接口合同在有效期内",
        "与合同经办人核对权限和期限",
        frozenset({Mode.COMMERCIAL}),
    ),
)
_OF_PLATFORM: Mapping[PlatformName, tuple[ChecklistItem, ...]] = {PlatformName.WEIBO: WEIBO}


def checklist_of(account: Account) -> tuple[ChecklistItem, ...]:
    """What matters for the account's mode."""
    items = _OF_PLATFORM.get(account.platform, ())
    return tuple(item for item in items if not item.only or account.mode in item.only)


def confirmed_by(account: Account, item: ChecklistItem) -> str:
    """Who ticked it off and when; empty while nobody has."""
    return account.options.get(CONFIRMED + item.name, "")


def with_confirmation(account: Account, item: ChecklistItem, words: str) -> dict[str, str]:
    """The account's options with the item ticked off, or no longer so where `words` is empty."""
    rest = {name: value for name, value in account.options.items() if name != CONFIRMED + item.name}
    return rest | ({CONFIRMED + item.name: words} if words else {})


def checklist_findings(account: Account) -> tuple[AccountFinding, ...]:
    """A line an item. What is open forbids a real account to go live; in the sandbox it is told."""
    return tuple(_finding(account, item) for item in checklist_of(account))


def _finding(account: Account, item: ChecklistItem) -> AccountFinding:
    words = confirmed_by(account, item)
    if words:
        return AccountFinding(ok=True, what=f"{item.sentence}（{words}）")
    return AccountFinding(
        ok=not account.production,
        what=f"还没有人确认：{item.sentence}",
        next_step=f"{item.how}；核对后在账号页勾选",
        who="账号管理员",
        warning=not account.production,
    )
