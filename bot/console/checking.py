"""检查: the checklist of a release on its page."""

from collections.abc import Sequence

from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.posts.post import PostState
from bot.domain.releases.checklist import Checklist, Facts, check_release
from bot.domain.releases.release import Release
from bot.ports.overview import PostRow

PASSED = Word("通过", Tone.DONE)
FAILED = Word("没有通过", Tone.ATTENTION)
BLOCKING = Word("必须处理", Tone.DANGER)


def checklist_of(visit: Visit, release: Release, posts: Sequence[PostRow]) -> Checklist:
    """What the rules say of the release as it stands now."""
    tools = visit.tools
    reached = {post.account_id for post in posts if post.state != PostState.CANCELLED}
    live = [post.published_at for post in posts if post.published_at is not None]
    return check_release(
        Facts(
            release=release,
            channels={a.name: a.id in reached for a in tools.overview.accounts() if a.enabled},
            first_live_on=min(live).astimezone(BEIJING).date() if live else None,
            today=tools.clock.now().astimezone(BEIJING).date(),
            calendar=tools.work_calendar,
        )
    )
