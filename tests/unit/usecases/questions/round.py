"""A reply desk where many ask the same, and a likeness that a test scripts."""

from collections.abc import Sequence
from typing import Any

from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import GroupState, Member, QuestionGroup, Standing
from bot.ports.similar import Similar
from bot.usecases.questions.judge_members import confirm_members
from bot.usecases.questions.propose_groups import propose_groups
from bot.usecases.questions.tools import GroupingTools
from bot.usecases.replies.file_replies import file_replies
from tests.unit.usecases.cases.hall import Hall
from tests.unit.usecases.replies.office import DESK

ASKED = "请问今年的耕地补贴什么时候发放到账"
ANSWER = "您好，今年的耕地补贴将于 12 月 10 日前发放到账。"


class ScriptedLikeness:
    """Keeps the promise of `ports.similar.FindSimilar`: what is filed under the same topic."""

    def __init__(self) -> None:
        self.like: dict[str, list[Similar]] = {}
        self.asked = 0

    def find_similar(self, text: str, *, limit: int = 20) -> Sequence[Similar]:
        self.asked += 1
        return self.like.get(text, [])[:limit]


class QuestionHall(Hall):
    """Everybody who asks `ASKED` is found like everybody else who does."""

    def __init__(self, **options: str) -> None:
        super().__init__(**options)
        self.likeness = ScriptedLikeness()
        self.grouping = GroupingTools(
            self.storage, self.likeness, self.storage.searching(), self.ids.new
        )

    def asks(self, number: int, text: str = ASKED, **changes: Any) -> ReplyId:
        """Follower `number` asks."""
        values = {"text": text, "sender": f"o_{number}"} | changes
        reply = self.says(number, **values)
        self.likeness.like.setdefault(text, []).append(Similar(reply, 0.6))
        return reply

    def groups(self) -> int:
        """What came in is filed and looked at; returns how many replies were proposed."""
        file_replies(self.storage)
        return propose_groups(self.grouping)

    def only_group(self) -> QuestionGroup:
        with self.storage.begin() as uow:
            (found,) = uow.questions.counts()
        return found.group

    def members(self, group: QuestionId) -> dict[ReplyId, Member]:
        with self.storage.begin() as uow:
            return {member.reply: member for member in uow.questions.members(group)}

    def standing(self, group: QuestionId) -> dict[ReplyId, Standing]:
        return {reply: member.standing for reply, member in self.members(group).items()}

    def group_state(self, group: QuestionId) -> GroupState:
        with self.storage.begin() as uow:
            return uow.questions.get(group).state

    def confirmed(self, *replies: ReplyId) -> QuestionGroup:
        """They are grouped, and the desk confirms all of them."""
        self.groups()
        group = self.only_group().id
        return confirm_members(group, replies, actor=DESK, storage=self.storage)

    def told(self) -> list[ReplyId]:
        """To whom an answer was written, in order."""
        return [answer.reply for answer in self.storage.state.answers.values()]
