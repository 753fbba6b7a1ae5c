"""Routes."""

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.publishing.route import Route, Step, StepKind, StepRole

ASK = Step("ask", StepKind.REPEAT, StepRole.PREPARE, together=True)
SEND = Step("send", StepKind.ONCE, StepRole.ACCEPT)
ROUTE = Route(PlatformName.WEIBO, Mode.SHARE, (ASK, SEND))


def test_a_post_by_itself_leaves_out_what_others_would_wait_for() -> None:
    """The rest stays in its order."""
    assert ROUTE.taken(together=True) == ROUTE
    assert ROUTE.taken(together=False).steps == (SEND,)
