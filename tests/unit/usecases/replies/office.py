"""A reply desk for tests: one account, its followers, a platform that takes answers."""

from typing import Any

from bot.domain.accounts.account import PlatformName
from bot.domain.ids import AccountId, AnswerId, ReplyId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.replies.answer import Answer, AnswerContent
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import Channel, Reply, ReplyKind
from bot.usecases.replies.answer_reply import answer_reply
from bot.usecases.replies.send_answer import send_answer
from bot.usecases.replies.tools import CorrespondenceTools
from tests import factories as make
from tests.fakes.correspondence import RecordingCommentDesk, ScriptedCorrespondent
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import Desk

DESK = Actor("刘留言", frozenset({Role.DESK}))
ACCOUNT = AccountId("acc_1")
FOLLOWER = "o_follower_1"
WORDS = "您好，补贴在区政务大厅 3 号窗口申请。"
COMMENT = {
    "kind": ReplyKind.COMMENT,
    "channel": Channel.WECHAT_COMMENT,
    "target": "2247480001:0",
    "platform_id": "7",
}
LEFT = {"kind": ReplyKind.EVENT, "channel": Channel.WECHAT_EVENT, "type_name": "unsubscribe"}


class ReplyOffice(Desk):
    """A desk whose platform takes answers."""

    def __init__(self, **options: str) -> None:
        super().__init__(accounts=(make.account(options=options),))
        self.correspondent = ScriptedCorrespondent()
        self.comments = RecordingCommentDesk()
        self.bell = RecordingDoorbell()
        self.letters = CorrespondenceTools(
            self.publishing,
            {PlatformName.WECHAT: self.correspondent},
            {PlatformName.WECHAT: self.comments},
            self.bell,
            self.ids,
        )

    def says(self, number: int = 1, **changes: Any) -> ReplyId:
        """A follower's reply, said now."""
        now = self.clock.now()
        values = {"key": f"k{number}", "said_at": now} | changes
        reply = make.reply(
            id=ReplyId(f"rpy_{number}"), incoming=make.incoming(**values), received_at=now
        )
        with self.storage.begin() as uow:
            uow.replies.store([reply])
            uow.commit()
        return reply.id

    def answers(self, reply: ReplyId, text: str = WORDS, **more: Any) -> Answer:
        """The desk writes back."""
        return answer_reply(reply, AnswerContent(text), actor=DESK, tools=self.letters, **more)

    def sends(self, answer: Answer, *, after: float = 0) -> Answer:
        """Time passes, then a worker comes by."""
        self.clock.pass_seconds(after)
        send_answer(answer.id, self.letters)
        return self.answer(answer.id)

    def answer(self, answer: AnswerId) -> Answer:
        with self.storage.begin() as uow:
            return uow.answers.get(answer)

    def reply(self, reply: ReplyId) -> Reply:
        with self.storage.begin() as uow:
            return uow.replies.get(reply)

    def standing(self, reply: ReplyId) -> CommentStanding | None:
        with self.storage.begin() as uow:
            return uow.comments.of_replies([reply]).get(reply)
