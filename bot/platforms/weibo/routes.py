"""The steps of Weibo's three ways to publish, as data."""

from collections.abc import Mapping

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.publishing.route import AbsenceRule, Route, Step, StepKind, StepRole

ASK_AHEAD = "ask_ahead"
SHARE = "share"
PUBLISH_ARTICLE = "publish_article"
UPLOAD_PICTURES = "upload_pictures"
UPDATE = "update"
SEE_LIVE = "see_live"

_SHARE_ABSENCE = AbsenceRule(
    after_seconds=180,
    source=(
        "statuses/user_timeline shows the account's newest five posts; a post accepted late (20032)"
        " appears within two minutes: https://open.weibo.com/wiki/2/statuses/user_timeline and"
        " https://open.weibo.com/wiki/Error_code, read 2026-11-23"
    ),
)
# Each look is one of the 100 calls of the day; the third one comes after the absence rule's time.
_LOOKS = (0.0, 50.0, 130.0, 300.0, 600.0)

# A token that died unseen would be met by the accepting step, when others are out already.
_ask_ahead = Step(ASK_AHEAD, StepKind.REPEAT, StepRole.PREPARE, together=True)

_see_live = Step(
    SEE_LIVE,
    StepKind.REPEAT,
    StepRole.SEE,
    timeout_seconds=10,
    patience_seconds=3600,
    max_attempts=12,
    polls_seconds=(10, 60, 120, 300, 600),
)


def _accepting(name: str, seconds: float, absence: AbsenceRule | None = None) -> Step:
    return Step(
        name,
        StepKind.ONCE,
        StepRole.ACCEPT,
        timeout_seconds=seconds,
        absence=absence,
        # The timeline shows the newest five only: more posts would push out the one looked for.
        alone=True,
        looks_seconds=_LOOKS,
    )


def _route(mode: Mode, *steps: Step) -> Route:
    return Route(PlatformName.WEIBO, mode, (_ask_ahead, *steps, _see_live))


ROUTES: Mapping[Mode, Route] = {
    Mode.SHARE: _route(Mode.SHARE, _accepting(SHARE, 15, _SHARE_ABSENCE)),
    # No call lists articles, and nothing says how late one may appear: absence is never proven.
    Mode.ARTICLE: _route(Mode.ARTICLE, _accepting(PUBLISH_ARTICLE, 20)),
    Mode.COMMERCIAL: _route(
        Mode.COMMERCIAL,
        Step(
            UPLOAD_PICTURES,
            StepKind.REPEAT,
            StepRole.PREPARE,
            timeout_seconds=60,
            public_address=True,
        ),
        _accepting(UPDATE, 15),
    ),
}
