"""The plans a proof runs through: every route of both platforms, and both together."""

from bot.domain.accounts.account import PlatformName
from tests.integration.publishing.routes import WAYS
from tests.proof.office import Plan

_WECHAT, _WEIBO = PlatformName.WECHAT, PlatformName.WEIBO

PLANS: tuple[Plan, ...] = (
    *(Plan(name, (way,)) for name, way in WAYS.items()),
    Plan(
        "wechat publish, draft leaves its box at once",
        (WAYS["wechat publish"],),
        {_WECHAT: {"draft_removed_at": "accept"}},
    ),
    Plan(
        "wechat publish, the platform finds fault",
        (WAYS["wechat publish"],),
        {_WECHAT: {"publish_status": 4}},
        ends_refused=True,
    ),
    Plan(
        "wechat mass, draft is looked at before the key",
        (WAYS["wechat mass"],),
        {_WECHAT: {"draft_removed_at": "accept", "mass_key_checked_first": False}},
    ),
    Plan(
        "weibo share, same text is no duplicate",
        (WAYS["weibo share"],),
        {_WEIBO: {"dedup": "off"}},
    ),
    Plan("wechat, the evening", (WAYS["wechat publish"],), is_evening=True),
    Plan("weibo, the evening", (WAYS["weibo share"],), is_evening=True),
    Plan(
        "in step: wechat publish and mass, weibo share",
        (WAYS["wechat publish"], WAYS["wechat mass"], WAYS["weibo share"]),
    ),
)
