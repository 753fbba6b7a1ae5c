"""Messages that ask for something to be looked up: answered in time, stored whatever happens."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.domain.cases.names import CaseClass
from bot.domain.cases.routing import RoutingRule
from bot.domain.ids import AccountId, ReleaseId
from bot.domain.releases.release import ReleaseState
from bot.domain.releases.searching import SearchHit
from bot.domain.replies.answering import AnswerRule, Match
from bot.ports.case_storage import RuleSet
from bot.ports.storage import StorageUnavailable
from tests import factories as make
from tests.fakes.storage import FakeStorage
from tests.unit.callbacks.door import ANSWER, PUBLIC, Door, opened_answer, text_push

CALM = "暂时查不了，请过几分钟再发一次"


@dataclass
class ScriptedSearch:
    """Does `find` and remembers what was asked."""

    find: Callable[[], Sequence[SearchHit]] = list
    asked: list[str] = field(default_factory=list)

    def released(
        self,
        words: str,
        *,
        account: AccountId,
        limit: int,
    ) -> Sequence[SearchHit]:
        self.asked.append(words)
        return self.find()


def _library(*titles: str) -> FakeStorage:
    storage = FakeStorage()
    with storage.begin() as uow:
        uow.sources.add(make.source())
        for number, title in enumerate(titles):
            content = make.content(title=title, document_number=None)
            uow.releases.add(
                make.release(
                    id=ReleaseId(f"rel_{number}"),
                    source_key=str(number),
                    content=content,
                    state=ReleaseState.RELEASED,
                )
            )
        uow.commit()
    return storage


def _answer_to(door: Door, words: str) -> str:
    with door.opened() as platform:
        answer = platform.push(text_push(words))
    assert answer.status_code == 200
    return answer.text if answer.text == "success" else opened_answer(answer.content)


def test_one_hit_is_answered_with_an_article() -> None:
    """With the title to tap, and the address to read it at."""
    answer = _answer_to(Door(_library("停车办法", "养老通知")), "查 停车")

    assert "<MsgType><![CDATA[news]]></MsgType>" in answer
    assert "<Title><![CDATA[停车办法]]></Title>" in answer
    assert "<Url><![CDATA[https://www.yunling.example/zhengce/7.html]]></Url>" in answer


def test_several_hits_are_answered_with_a_list_and_the_page_with_all() -> None:
    """A passive answer carries one article only."""
    answer = _answer_to(Door(_library("停车办法", "停车收费通知")), "查 停车")

    assert "<MsgType><![CDATA[text]]></MsgType>" in answer
    assert "停车办法" in answer
    assert "停车收费通知" in answer
    assert f"更多：{PUBLIC}/gongkai?q=停车" in answer


def test_no_hit_is_said_and_so_is_an_unknown_receipt() -> None:
    """Both are answered in words, and stored like every message."""
    door = Door(_library())

    assert "没有找到与“停车”有关的已发布政策" in _answer_to(door, "查 停车")
    assert "没有查到受理编号 YL20261123" in _answer_to(Door(_library()), "查 YL20261123 7K3F")
    assert [row.text for row in door.rows()] == ["查 停车"]


def test_nothing_is_read_for_a_message_that_asks_for_nothing() -> None:
    """A keyword is answered from memory, as is a receipt while there are none."""
    search = ScriptedSearch()
    door = Door(FakeStorage(), search=search)
    with door.opened() as platform:
        for number, words in enumerate(["请问补贴怎么申请？", "你好", "查 YL20261123 7K3F"]):
            platform.push(text_push(words, number))

    assert search.asked == []


@pytest.mark.parametrize(
    ("match", "answered_by_rule"),
    [(Match.EXACT, True), (Match.STARTS, True), (Match.CONTAINS, False)],
)
def test_a_rule_for_the_very_words_comes_before_a_search(
    match: Match, answered_by_rule: bool
) -> None:
    """An office that has written down what “查 补贴” gets means it; “补贴” somewhere does not."""
    storage = _library("补贴办法")
    door = Door(storage)
    with storage.begin() as uow:
        uow.rules.replace_answer_rules([AnswerRule("查", match, ("查补贴",), ANSWER)])
        uow.commit()

    assert (ANSWER in _answer_to(door, "查 补贴")) is answered_by_rule


def test_words_that_may_mean_something_else_are_left_to_the_rules() -> None:
    """“查收” is no search: nothing found is not said, a rule or a person answers."""
    assert _answer_to(Door(_library("停车办法")), "查收一下我发的材料") == "success"
    assert ANSWER in _answer_to(Door(_library("停车办法")), "查收补贴材料")
    assert "停车办法" in _answer_to(Door(_library("停车办法")), "查停车")


def _away() -> Sequence[SearchHit]:
    raise StorageUnavailable("the disk is gone")


def _broken() -> Sequence[SearchHit]:
    raise KeyError("a mistake of ours")


@pytest.mark.parametrize("find", [_away, _broken])
def test_a_search_that_fails_is_answered_calmly_and_stored(
    find: Callable[[], Sequence[SearchHit]],
) -> None:
    """The message counts, not the search."""
    door = Door(FakeStorage(), search=ScriptedSearch(find))

    assert CALM in _answer_to(door, "查 停车")
    assert [row.text for row in door.rows()] == ["查 停车"]


def test_a_slow_search_is_not_waited_for() -> None:
    """The follower is answered within the time the platform waits, and others meanwhile."""
    over = threading.Event()

    def find() -> Sequence[SearchHit]:
        over.wait(10)
        return []

    door = Door(FakeStorage(), search=ScriptedSearch(find), look_up_seconds=0.05)
    with door.opened() as platform:
        slow, quick = platform.push_together([text_push("查 停车", 1), text_push(number=2)])
        over.set()

    assert CALM in opened_answer(slow.content)
    assert ANSWER in opened_answer(quick.content)
    assert sorted(row.text for row in door.rows()) == ["查 停车", "请问补贴怎么申请？"]


def test_a_doubled_search_gets_the_stored_answer_and_no_second_row() -> None:
    """Also when another answer would be given now."""
    storage = _library("停车办法")
    door = Door(storage)
    with door.opened() as platform:
        first = platform.push(text_push("查 停车"))
        with storage.begin() as uow:
            release = uow.releases.get(ReleaseId("rel_0"))
            uow.releases.save(replace(release, state=ReleaseState.WITHDRAWN))
            uow.commit()
        again = platform.push(text_push("查 停车"))

    assert "停车办法" in opened_answer(first.content)
    assert opened_answer(first.content) == opened_answer(again.content)
    assert len(door.rows()) == 1


def _with_a_case() -> FakeStorage:
    storage = _library()
    with storage.begin() as uow:
        uow.cases.add(make.case())
        uow.commit()
    return storage


def test_a_receipt_tells_the_state_of_its_case() -> None:
    """To whoever has number and code, however they type the code; not what was asked."""
    case = make.case()
    asked = f"查 {case.number} {case.check_code.lower()}"

    told = _answer_to(Door(_with_a_case()), asked)

    assert "状态：已受理" in told
    assert case.subject not in told


def test_a_wrong_code_tells_nothing() -> None:
    """As if the number had never been given."""
    case = make.case()

    told = _answer_to(Door(_with_a_case()), f"查 {case.number} {case.check_code[:-1]}2")

    assert f"没有查到受理编号 {case.number}" in told
    assert "状态" not in told


def test_what_is_sensitive_gets_no_answer_of_a_program() -> None:
    """Neither a rule's nor a search's; others are answered as ever."""
    storage, search = _library("补贴办法"), ScriptedSearch()
    grave = RoutingRule("人身安全", ("跳楼",), CaseClass.HELP, sensitive=True)
    with storage.begin() as uow:
        uow.case_rules.add(RuleSet(1, "li", make.NOW, routing=(grave,)))
        uow.commit()
    door = Door(storage, search=search)

    with door.opened() as platform:
        plain = platform.push(text_push("没有补贴我就跳 楼"))
        searched = platform.push(text_push("查 跳楼", 2))
        calm = platform.push(text_push("补贴", 4))

    assert (plain.text, searched.text, search.asked) == ("success", "success", [])
    assert ANSWER in opened_answer(calm.content)
