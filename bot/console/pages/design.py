"""/design: every component in every state, for whoever works on the look; development only."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from starlette.responses import Response

from bot.console.answering import page
from bot.console.refusals import Fault
from bot.console.visit import Visit
from bot.console.words.cases import CASE_WORDS
from bot.console.words.states import STATE_WORDS, Word
from bot.domain.cases.case import CaseState
from bot.domain.notices.channel import NoticeState
from bot.domain.posts.draft import Severity
from bot.domain.posts.post import PostState
from bot.domain.posts.rollout import RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.answer import AnswerState

SAMPLE_FAULTS = (
    Fault("请写明退回的原因", "reason"),
    Fault("发布时间已经过去，请选择以后的时间", "at"),
)
_NAMES: Mapping[type[StrEnum], str] = {
    ReleaseState: "政策的状态",
    PostState: "稿件的状态",
    DeliveryState: "投递的状态",
    RolloutState: "同步发布的状态",
    AnswerState: "答复的状态",
    NoticeState: "通知的状态",
    Outcome: "一次调用的结果",
    Severity: "检查结果",
    CaseState: "办理件的状态",
}


def _groups() -> Mapping[str, Sequence[Word]]:
    words: Mapping[type[StrEnum], Mapping[str, Word]] = {**STATE_WORDS, CaseState: CASE_WORDS}
    return {_NAMES[kind]: list(each.values()) for kind, each in words.items()}


def show_design(visit: Visit) -> Response:
    """The components, with invented content."""
    return page(
        visit,
        "design.html.j2",
        groups=_groups(),
        words=list(CASE_WORDS.values()),
        sample_faults=SAMPLE_FAULTS,
    )
