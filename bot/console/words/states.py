"""States in the words of staff, each with a tone: the tone brings colour and shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.accounts.activity import VETO_DAYS, Silence, silence_of
from bot.domain.notices.channel import NoticeState
from bot.domain.posts.draft import Severity
from bot.domain.posts.post import PostState
from bot.domain.posts.rollout import RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.answer import AnswerState


class Tone(StrEnum):
    """What a state asks of its reader: nothing, patience, a look, or an act."""

    QUIET = "quiet"
    MOVING = "moving"
    DONE = "done"
    ATTENTION = "attention"
    DANGER = "danger"


ASKING = (Tone.DANGER, Tone.ATTENTION)
"""Tones that ask somebody to act, the worse first."""

SHAPES: Mapping[Tone, str] = {
    Tone.QUIET: "circle-dashed",
    Tone.MOVING: "clock",
    Tone.DONE: "circle-check",
    Tone.ATTENTION: "triangle-alert",
    Tone.DANGER: "octagon-x",
}
"""A tone's icon: nobody has to tell states apart by colour."""


@dataclass(frozen=True)
class Word:
    """A state as staff read it."""

    text: str
    tone: Tone

    @property
    def shape(self) -> str:
        """The icon of the word's tone."""
        return SHAPES[self.tone]


def _words(**states: tuple[str, Tone]) -> dict[str, Word]:
    return {state: Word(text, tone) for state, (text, tone) in states.items()}


_T = Tone

RELEASE_WORDS = _words(
    received=("待审批", _T.ATTENTION),
    approved=("已批准", _T.MOVING),
    released=("已发布", _T.DONE),
    withdrawn=("已撤回", _T.QUIET),
    refused=("不予发布", _T.QUIET),
)
POST_WORDS = _words(
    draft=("草稿", _T.QUIET),
    in_review=("待审核", _T.ATTENTION),
    approved=("已通过", _T.MOVING),
    scheduled=("已定时", _T.MOVING),
    held=("已暂停", _T.DANGER),
    expired=("已过期", _T.QUIET),
    cancelled=("已取消", _T.QUIET),
)
DELIVERY_WORDS = _words(
    waiting=("等待发布", _T.MOVING),
    due=("到点待发", _T.MOVING),
    running=("正在发布", _T.MOVING),
    awaiting_platform=("平台处理中", _T.MOVING),
    awaiting_person=("等人发布", _T.ATTENTION),
    unknown=("正在核实", _T.ATTENTION),
    held=("待处理", _T.DANGER),
    delivered=("已发布", _T.DONE),
    removed=("已撤下", _T.QUIET),
    cancelled=("已取消", _T.QUIET),
)
ROLLOUT_WORDS = _words(
    planned=("已安排", _T.MOVING),
    preparing=("准备中", _T.MOVING),
    ready=("准备就绪", _T.MOVING),
    going_out=("正在发布", _T.MOVING),
    out=("全部发布", _T.DONE),
    partly_out=("部分发布", _T.DANGER),
    held=("待处理", _T.DANGER),
    cancelled=("已取消", _T.QUIET),
)
ANSWER_WORDS = _words(
    waiting=("等待发送", _T.MOVING),
    sending=("正在发送", _T.MOVING),
    unknown=("结果不明", _T.ATTENTION),
    sent=("已送达平台", _T.DONE),
    refused=("没有发出", _T.DANGER),
    removed=("已删除", _T.QUIET),
    taken_back=("已撤销，没有发出", _T.QUIET),
)
OUTCOME_WORDS = _words(
    done=("完成", _T.DONE),
    pending=("平台处理中", _T.MOVING),
    not_done=("没有成功，稍后再试", _T.ATTENTION),
    refused=("平台拒绝", _T.DANGER),
    unknown=("结果不明", _T.ATTENTION),
    found=("查到已完成", _T.DONE),
    absent=("查明没有发出", _T.ATTENTION),
    unclear=("还查不清", _T.ATTENTION),
    retry=("由人决定重新发布", _T.MOVING),
    adopted=("由人确认已发布", _T.DONE),
)
NOTICE_WORDS = _words(
    waiting=("等待发送", _T.MOVING),
    sent=("已送达", _T.DONE),
    failed=("没有送达", _T.DANGER),
)
SEVERITY_WORDS = _words(
    blocking=("必须修改", _T.DANGER),
    warning=("请留意", _T.ATTENTION),
)

STATE_WORDS: Mapping[type[StrEnum], Mapping[str, Word]] = {
    ReleaseState: RELEASE_WORDS,
    PostState: POST_WORDS,
    DeliveryState: DELIVERY_WORDS,
    RolloutState: ROLLOUT_WORDS,
    AnswerState: ANSWER_WORDS,
    NoticeState: NOTICE_WORDS,
    Outcome: OUTCOME_WORDS,
    Severity: SEVERITY_WORDS,
}
MISSING = Word("未安排", Tone.ATTENTION)
"""An account that gets no post of a release."""
WITHIN_LIMITS = Word("通过", Tone.DONE)
"""A draft that breaks no limit."""
JUSTIFIED = Word("已说明", Tone.QUIET)
"""A finding that stays because somebody said why."""


def standing(post_state: str, delivery_state: str | None) -> Word:
    """Where a post stands in one word: its own state until it is scheduled, then its delivery's."""
    if delivery_state is None or post_state != PostState.SCHEDULED:
        return POST_WORDS[post_state]
    return DELIVERY_WORDS[delivery_state]


def coverage_word(cell: str) -> Word:
    """A cell of the coverage: the state of a delivery, of a post, or nothing planned."""
    return DELIVERY_WORDS.get(cell) or POST_WORDS.get(cell) or MISSING


def action_of(word: Word) -> str:
    """What a row's one link says: to act where somebody must, else to look."""
    return "处理" if word.tone in ASKING else "打开"


def in_words(state: str, *, thing: str = "") -> str:
    """Any state's value as staff say it, for refusals that name states; others as they are."""
    everywhere = (POST_WORDS, DELIVERY_WORDS, RELEASE_WORDS)
    for words in (ANSWER_WORDS,) if thing == "答复" else everywhere:
        if state in words:
            return words[state].text
    return state


def silence_word(last_published_at: datetime, now: datetime) -> Word | None:
    """“已 10 天没有更新，4 天内须更新”; None while an account has been heard of lately."""
    silence = silence_of(last_published_at, now)
    if silence is Silence.NONE:
        return None
    days = (now - last_published_at).days
    if silence is Silence.VETO:
        return Word(f"已 {days} 天没有更新，超过两周", Tone.DANGER)
    said = f"已 {days} 天没有更新，{VETO_DAYS - days} 天内须更新"
    return Word(said, Tone.QUIET if silence is Silence.ADVICE else Tone.ATTENTION)
