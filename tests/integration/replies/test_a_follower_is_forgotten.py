"""Nothing a follower said or was told is left in any table once they are erased."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.accounts.account import PlatformName
from bot.domain.audit import first_broken
from bot.domain.errors import Explanation, OutcomeUnknown, TargetGone
from bot.domain.ids import AccountId, ReplyId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.replies.answer import AnswerContent
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.handling import SetAside
from bot.domain.replies.reply import Answered, Channel, LinkCard, ReplyKind
from bot.storage.database import Database
from bot.storage.engine import make_engine
from bot.storage.tables import METADATA
from bot.usecases.cases.sweep_retention import sweep_retention
from bot.usecases.publishing.tools import PublishingTools
from bot.usecases.replies.answer_reply import answer_reply
from bot.usecases.replies.ask_for_erasure import ask_for_erasure
from bot.usecases.replies.erase_due import erase_due
from bot.usecases.replies.moderate_comment import CommentDeed, moderate_comment
from bot.usecases.replies.notice_leavings import notice_leavings
from bot.usecases.replies.send_answer import send_answer
from bot.usecases.replies.settle_answer import confirm_answer
from bot.usecases.replies.tools import CorrespondenceTools
from bot.vault.secrets import FernetVault
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.correspondence import RecordingCommentDesk, ScriptedCorrespondent
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.platform import ScriptedPlatform
from tests.fakes.vault import OpenVault
from tests.unit.usecases.posts.desk import NumberedIds

KEY = b"audit key"
ACCOUNT = AccountId("acc_1")
OPENID, MARK = "oPlantedFollower000000000001", "罕见词语"
STAFF = Actor("刘留言", frozenset({Role.DESK, Role.ACCOUNT_ADMIN}))
SOME = 25


class Office:
    """A real database with a follower whose words, each marked, stand wherever words can."""

    def __init__(self, url: str) -> None:
        self.clock, self.url = StillClock(), url
        self.storage = Database(url, audit_key=KEY, vault=FernetVault("k" * 32), clock=self.clock)
        self.correspondent = ScriptedCorrespondent()
        publishing = PublishingTools(
            self.storage,
            {PlatformName.WECHAT: ScriptedPlatform()},
            OpenVault(),
            jitter=lambda: 0.5,
        )
        self.ids = NumberedIds()
        self.tools = CorrespondenceTools(
            publishing,
            {PlatformName.WECHAT: self.correspondent},
            {PlatformName.WECHAT: RecordingCommentDesk()},
            RecordingDoorbell(),
            self.ids,
        )
        with self.storage.begin() as uow:
            uow.accounts.add(make.account(), "{}")
            uow.commit()

    def says(self, number: int, sender: str = OPENID, **changes: object) -> ReplyId:
        self.clock.pass_seconds(1)
        now = self.clock.now()
        card = LinkCard(f"{MARK}标题", MARK, f"https://a.example/?q={MARK}")
        values = {
            "sender": sender,
            "sender_name": f"{MARK}昵称",
            "key": f"event:{sender}:{number}",
            "text": f"{MARK}正文",
            "raw": f"<xml>{sender}{MARK}</xml>",
            "target": f"{MARK}场景",
            "platform_id": f"{sender}-{number}",
            "recipient": "gh_1",
            "said_at": now,
        }
        reply = make.reply(
            id=ReplyId(f"rpy_{number}"),
            incoming=make.incoming(**(values | changes)),
            received_at=now,
            answered=Answered(f"您好{MARK}", "问候", card),
            answer_body=f"<xml>{sender}{MARK}</xml>",
        )
        with self.storage.begin() as uow:
            uow.replies.store([reply])
            uow.commit()
        return reply.id

    def is_written_to(self) -> None:
        """Every kind of answer: sent, refused, unsure and confirmed, waiting, under a comment."""
        told = Explanation(f"{MARK}原因", MARK, MARK)
        script = [
            None,
            TargetGone(MARK, "45015", explanation=told),
            OutcomeUnknown(MARK, explanation=told),
        ]
        comment = {"kind": ReplyKind.COMMENT, "channel": Channel.WECHAT_COMMENT}
        for number, said in enumerate([*script, None], 1):
            reply = self.says(number, **(comment if number == 4 else {}))
            self.correspondent.script = [said]
            card = LinkCard(MARK, MARK, "https://a.example") if number == 1 else None
            answer = answer_reply(
                reply, AnswerContent(f"{MARK}答复", card), actor=STAFF, tools=self.tools
            )
            send_answer(answer.id, self.tools)
            if isinstance(said, OutcomeUnknown):
                confirm_answer(answer.id, actor=STAFF, tools=self.tools)
        moderate_comment(ReplyId("rpy_4"), CommentDeed.SELECT, actor=STAFF, tools=self.tools)
        answer_reply(self.says(5), AnswerContent(f"{MARK}等待"), actor=STAFF, tools=self.tools)
        with self.storage.begin() as uow:
            uow.comments.save([CommentStanding(ReplyId("rpy_4"), author_reply=f"{MARK}回复")])
            uow.asides.add([SetAside(ReplyId("rpy_5"), STAFF.name, uow.now(), f"{MARK}已来电")])
            uow.commit()

    def leaves(self) -> None:
        self.says(99, kind=ReplyKind.EVENT, channel=Channel.WECHAT_EVENT, type_name="unsubscribe")

    def tick(self) -> int:
        notice_leavings(self.tools)
        return erase_due(self.storage) + sweep_retention(self.storage).replies

    def places_of(self, *words: str) -> set[str]:
        """Every column of every table in which one of the words stands."""
        engine = make_engine(self.url, busy_timeout_seconds=5, pool_size=1)
        with engine.connect() as connection:
            found = {
                f"{table.name}.{name}"
                for table in METADATA.sorted_tables
                for row in connection.execute(select(table)).mappings()
                for name, value in row.items()
                if any(word in str(value) for word in words)
            }
        engine.dispose()
        return found


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    made = Office(request.getfixturevalue(f"{request.param}_url"))
    yield made
    made.storage.dispose()


def test_nothing_of_who_left_is_in_any_table(office: Office) -> None:
    """Their words stood in a dozen columns; afterwards in none, and the audit verifies."""
    office.is_written_to()
    office.leaves()
    planted = office.places_of(MARK, OPENID)

    office.clock.pass_seconds(61)
    erased = office.tick()

    assert {"replies.raw", "answers.text", "answers.failure", "answers.card"} <= planted
    assert {"replies.answer_card", "replies.sender", "comment_standings.author_reply"} <= planted
    assert "set_asides.reason" in planted
    assert erased == 6
    assert office.places_of(MARK, OPENID) == set()
    with office.storage.begin() as uow:
        records = uow.audit.records()
        kept = uow.replies.get(ReplyId("rpy_1"))
    assert first_broken(records, KEY) is None
    assert "follower.erased" in {record.action for record in records}
    assert kept.erased_at == office.clock.now()


def test_nothing_of_who_left_is_in_the_file_either(sqlite_url: str) -> None:
    """SQLite would leave what was deleted in free pages, for whoever opens the file with another
    program."""
    office = Office(sqlite_url)
    office.is_written_to()
    office.leaves()
    office.clock.pass_seconds(61)
    office.tick()
    office.storage.dispose()

    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    held = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
    assert b"rpy_1" in held
    assert MARK.encode() not in held
    assert OPENID.encode() not in held


def test_the_audit_never_held_their_words(office: Office) -> None:
    """Answering, confirming, selecting and erasing all write records; none names anybody."""
    office.is_written_to()
    ask_for_erasure("云岭发布", OPENID, actor=STAFF, storage=office.storage, ids=office.ids)

    places = office.places_of(MARK, OPENID)

    assert not {place for place in places if place.startswith("audit_records.")}
    assert "erasures.follower" in places
    office.clock.pass_seconds(61)
    office.tick()
    assert office.places_of(MARK, OPENID) == set()


def test_a_neighbour_with_the_same_words_keeps_them(office: Office) -> None:
    """Only one person's data is erased."""
    office.says(1)
    for number in range(2, SOME):
        office.says(number, sender="oNeighbour")
    office.leaves()

    office.clock.pass_seconds(61)

    assert office.tick() == 2
    assert office.places_of(OPENID) == set()
    assert "replies.text" in office.places_of(MARK)


def test_what_came_long_ago_is_erased_where_the_account_says_so(office: Office) -> None:
    """Whoever said it."""
    with office.storage.begin() as uow:
        uow.accounts.save(replace(make.account(), options={"retention_days": "90"}))
        uow.commit()
    office.is_written_to()
    office.clock.pass_seconds(91 * 86_400)

    assert office.tick() == 5
    assert office.places_of(MARK, OPENID) == set()
