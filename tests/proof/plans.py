"""The plans a proof runs through: every route of both platforms, and both together."""

from bot.domain.accounts.account import PlatformName
from tests.integration.publishing.routes import WAYS
from tests.proof.correspondence import Correspondence
from tests.proof.evening import Evening
from tests.proof.faults import Fault
from tests.proof.figures import Figures
from tests.proof.leaving import Leaving
from tests.proof.menus import Menus
from tests.proof.moderation import Moderation
from tests.proof.office import Plan
from tests.proof.planning import Planning

_WECHAT, _WEIBO = PlatformName.WECHAT, PlatformName.WEIBO
_NARROW_WINDOW = {_WECHAT: {"messages_per_message": 2}}

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
    Plan("wechat, the evening", (WAYS["wechat publish"],), sequel=Evening),
    Plan("weibo, the evening", (WAYS["weibo share"],), sequel=Evening),
    Plan("wechat, answers", (WAYS["wechat publish"],), _NARROW_WINDOW, sequel=Correspondence),
    Plan(
        "weibo, answers",
        (WAYS["weibo share"],),
        {_WEIBO: {"dedup_seconds": 0}},
        sequel=Correspondence,
    ),
    Plan("wechat, words taken away", (WAYS["wechat publish"],), sequel=Moderation),
    Plan(
        "weibo, words taken away",
        (WAYS["weibo share"],),
        {_WEIBO: {"dedup_seconds": 0}},
        sequel=Moderation,
    ),
    Plan("wechat, figures", (WAYS["wechat publish"],), sequel=Figures),
    Plan("wechat, a menu", (WAYS["wechat publish"],), sequel=Menus),
    Plan("wechat, followers leave", (WAYS["wechat publish"],), sequel=Leaving),
    Plan(
        "in step: wechat publish and mass, weibo share",
        (WAYS["wechat publish"], WAYS["wechat mass"], WAYS["weibo share"]),
    ),
    Plan(
        "from a release: wechat publish, weibo share, in step",
        (WAYS["wechat publish"], WAYS["weibo share"]),
        morning=Planning,
    ),
    Plan(
        "from a release, corrected while it goes out",
        (WAYS["wechat publish"], WAYS["weibo share"]),
        only=frozenset({Fault.NEW_VERSION}),
        morning=Planning,
    ),
)
