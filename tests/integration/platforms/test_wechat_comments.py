"""Comments looked after, against the simulated WeChat."""

from typing import Any

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    ContentRejected,
    Misconfigured,
    NotPermitted,
    OutcomeUnknown,
    PlatformUnavailable,
    TargetGone,
)
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.comment import CommentSeen
from bot.platforms.wechat import evidence
from bot.ports.commenting import COMMENT_GONE, CommentPlace
from bot.ports.correspondence import Letter
from bot.ports.platform import CollectedPage
from bot.sandbox.faults import FaultKind
from tests.integration.platforms.wechat_stage import FAN, Stage

WORDS = "您好，补贴在区政务大厅 3 号窗口申请。"
ANSWER = "*/comment/reply/add"


class Discussion:
    """A published article with comments under it."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.walk = stage, stage.walk(Mode.PUBLISH)
        self.walk.publish()
        self.access = self.walk.access
        self.number = int(self.walk.evidence[evidence.MSG_DATA_ID])
        self.target = f"{self.number}:0"

    def comes(self, text: str = "补贴何时发放？") -> CommentPlace:
        said = self.stage.wechat.act(
            "follower_comments",
            account="city",
            msg_data_id=self.number,
            text=text,
            openid=FAN,
        )
        return CommentPlace(self.target, str(said["user_comment_id"]))

    def act(self, name: str, place: CommentPlace, **more: Any) -> None:
        self.stage.wechat.act(
            name,
            account="city",
            msg_data_id=self.number,
            user_comment_id=int(place.comment),
            **more,
        )

    def answer(self, place: CommentPlace, text: str = WORDS) -> None:
        self.stage.correspondent.send(self.access, self.word(place, text), seconds=20)

    def word(self, place: CommentPlace, text: str = WORDS) -> Letter:
        return Letter(Way.COMMENT, AnswerContent(text), FAN, place.target, place.comment)

    def shown(self, place: CommentPlace) -> dict[str, Any]:
        (publication,) = self.stage.books["published"]
        comments = publication["articles"][0]["comments"]
        return next(c for c in comments if c["user_comment_id"] == int(place.comment))

    @property
    def is_open(self) -> bool:
        (publication,) = self.stage.books["published"]
        return bool(publication["articles"][0]["comments_open"])

    def read(self, cursor: Any = None) -> CollectedPage:
        stream = f"comments:{self.target}"
        return self.stage.collector.read(self.access, stream, cursor or {})


@pytest.fixture
def discussion(stage: Stage) -> Discussion:
    return Discussion(stage)


def test_a_comment_is_answered_once_and_read_back(discussion: Discussion) -> None:
    """The same word again is the word that stands there; another one is refused."""
    place = discussion.comes()

    discussion.answer(place)
    discussion.answer(place)

    assert discussion.shown(place)["reply"] == WORDS
    assert discussion.stage.correspondent.is_there(
        discussion.access, discussion.word(place), seconds=20
    )
    with pytest.raises(ContentRejected) as taken:
        discussion.answer(place, "另一条答复")
    assert taken.value.code == "88005"
    assert "已经有另一条作者回复" in taken.value.explanation.cause


@pytest.mark.parametrize("kind", [FaultKind.RESET_AFTER, FaultKind.RESET_BEFORE])
def test_a_word_without_an_answer_is_found_or_not(discussion: Discussion, kind: FaultKind) -> None:
    """And trying again after it was not found never shows twice."""
    place = discussion.comes()
    discussion.stage.fault(kind, ANSWER)
    with pytest.raises(OutcomeUnknown):
        discussion.answer(place)

    is_there = discussion.stage.correspondent.is_there(
        discussion.access, discussion.word(place), seconds=20
    )
    discussion.answer(place)

    assert is_there is (kind is FaultKind.RESET_AFTER)
    assert discussion.shown(place)["reply"] == WORDS


def test_an_answer_that_cannot_be_read_back_stays_unknown(discussion: Discussion) -> None:
    """88005 says that a word is there; whose it is must be seen."""
    place = discussion.comes()
    discussion.answer(place)
    discussion.stage.fault(FaultKind.HTTP_5XX, "*/comment/list")

    with pytest.raises(OutcomeUnknown):
        discussion.answer(place)


@pytest.mark.parametrize("act", ["follower_deletes_comment", "delete"])
def test_a_comment_that_is_gone_says_so(discussion: Discussion, act: str) -> None:
    """88004 by its writer, 88008 by us: both mean that nobody can be answered there."""
    place = discussion.comes()
    if act == "delete":
        discussion.stage.comment_desk.delete(discussion.access, place)
    else:
        discussion.act(act, place)

    for ask in (
        lambda: discussion.answer(place),
        lambda: discussion.stage.comment_desk.select(discussion.access, place),
        lambda: discussion.stage.comment_desk.delete_answer(discussion.access, place),
    ):
        with pytest.raises(TargetGone) as gone:
            ask()
        assert COMMENT_GONE in gone.value.evidence
    discussion.stage.comment_desk.delete(discussion.access, place)
    with pytest.raises(PlatformUnavailable):
        discussion.stage.correspondent.is_there(
            discussion.access, discussion.word(place), seconds=20
        )


def test_comments_are_selected_and_no_longer(discussion: Discussion) -> None:
    """As often as one likes; a lost answer is looked for."""
    desk, place = discussion.stage.comment_desk, discussion.comes()

    desk.select(discussion.access, place)
    desk.select(discussion.access, place)
    assert discussion.shown(place)["is_elected"] is True
    desk.unselect(discussion.access, place)
    desk.unselect(discussion.access, place)
    assert discussion.shown(place)["is_elected"] is False
    discussion.stage.fault(FaultKind.RESET_AFTER, "*/comment/markelect")
    desk.select(discussion.access, place)
    assert discussion.shown(place)["is_elected"] is True
    discussion.stage.fault(FaultKind.RESET_BEFORE, "*/comment/unmarkelect")
    with pytest.raises(OutcomeUnknown):
        desk.unselect(discussion.access, place)


def test_too_many_selected_is_said_unless_it_is_selected_already(discussion: Discussion) -> None:
    """88003 for one more."""
    discussion.stage.wechat.act("change_switches", elected_limit=1)
    desk = discussion.stage.comment_desk
    first, second = discussion.comes(), discussion.comes("还有吗")
    desk.select(discussion.access, first)

    with pytest.raises(NotPermitted) as full:
        desk.select(discussion.access, second)
    assert "精选留言已达上限" in full.value.explanation.cause
    discussion.stage.fault(FaultKind.ERROR, "*/comment/markelect", code=88003)
    desk.select(discussion.access, first)


def test_an_answer_is_taken_away_and_given_anew(discussion: Discussion) -> None:
    """Taking away what is not there is no error."""
    desk, place = discussion.stage.comment_desk, discussion.comes()
    discussion.answer(place)

    desk.delete_answer(discussion.access, place)
    desk.delete_answer(discussion.access, place)
    discussion.answer(place, "更正：窗口已改为 5 号。")

    assert discussion.shown(place)["reply"] == "更正：窗口已改为 5 号。"


def test_comments_are_opened_on_publication_closed_and_opened(discussion: Discussion) -> None:
    """Twice is no error."""
    desk, learnt = discussion.stage.comment_desk, discussion.walk.evidence

    assert discussion.is_open
    desk.close(discussion.access, learnt)
    desk.close(discussion.access, learnt, article=1)
    assert not discussion.is_open
    desk.open(discussion.access, learnt)
    assert discussion.is_open


@pytest.mark.parametrize(
    ("code", "cause"),
    [(88000, "没有留言功能"), (88002, "受限"), (88011, "受限"), (87009, "签名")],
)
def test_every_refusal_of_a_comment_call_is_explained(
    discussion: Discussion, code: int, cause: str
) -> None:
    """In words."""
    discussion.stage.fault(FaultKind.ERROR, "*/comment/open", code=code)

    with pytest.raises((Misconfigured, NotPermitted)) as refused:
        discussion.stage.comment_desk.open(discussion.access, discussion.walk.evidence)

    assert cause in refused.value.explanation.cause


def test_articles_without_comments_by_interface_are_looked_after_by_hand(
    discussion: Discussion,
) -> None:
    """88001 is what several owners see for articles that were published, not mass-sent."""
    place = discussion.comes()
    discussion.stage.wechat.act("change_switches", comments_for_published=False)

    with pytest.raises(TargetGone) as unavailable:
        discussion.answer(place)

    assert COMMENT_GONE not in unavailable.value.evidence
    assert "平台后台" in unavailable.value.explanation.next_step
    with pytest.raises(NotPermitted, match="msg_data_id"):
        discussion.stage.comment_desk.open(discussion.access, {})


@pytest.mark.parametrize("shape", ["object", "array"])
def test_a_sweep_sees_answers_selection_and_what_vanished(
    discussion: Discussion, shape: str
) -> None:
    """Changes without a change of the total too, whichever shape the platform shows."""
    discussion.stage.wechat.act("change_switches", reply_shape=shape)
    first, second = discussion.comes(), discussion.comes("写得清楚")
    before = discussion.read()
    discussion.act("editor_answers_comment", first, text="在后台回复的")
    discussion.stage.comment_desk.select(discussion.access, first)
    answered = discussion.read(before.cursor)
    discussion.act("follower_deletes_comment", second)
    gone = discussion.read(answered.cursor)
    later = discussion.read(gone.cursor)

    key = f"comment:{discussion.target}"
    assert [one.key for one in before.seen] == [f"{key}:1", f"{key}:2"]
    assert len(before.incoming) == 2
    assert answered.incoming == ()
    seen = answered.seen[0]
    assert seen == CommentSeen(f"{key}:1", True, "在后台回复的", seen.author_replied_at)
    assert seen.author_replied_at is not None
    assert (answered.gone, gone.gone, later.gone) == ((), (f"{key}:2",), ())


def test_a_long_discussion_is_swept_over_pages(discussion: Discussion) -> None:
    """What vanished from any page is noticed once all were read."""
    places = [discussion.comes(f"第{n}条") for n in range(60)]

    def sweep(cursor: Any) -> list[CollectedPage]:
        pages = [discussion.read(cursor)]
        while pages[-1].more:
            pages.append(discussion.read(pages[-1].cursor))
        return pages

    first = sweep({})
    discussion.act("follower_deletes_comment", places[3])
    discussion.act("follower_deletes_comment", places[55])
    second = sweep(first[-1].cursor)

    assert sum(len(page.seen) for page in first) == 60
    assert [page.gone for page in first] == [(), ()]
    numbers = [key.rpartition(":")[2] for page in second for key in page.gone]
    assert numbers == ["4", "56"]
