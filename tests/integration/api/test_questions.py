"""Questions that many ask, and demands, over HTTP."""

from bot.domain.ids import DemandId, QuestionId, ReplyId
from bot.domain.questions.demand import Demand, DemandKind
from bot.domain.questions.group import Member, QuestionGroup
from tests.factories import NOW, incoming, reply
from tests.integration.api.counter import Counter, fill

Q = QuestionId("qst_1")


def asked(counter: Counter) -> None:
    """Two ask the same, with their telephone numbers."""
    fill(counter.storage)
    with counter.storage.begin() as uow:
        for n in (1, 2):
            said = incoming(key=f"q{n}", sender=f"o_{n}", text=f"补贴几时发，1390000000{n}")
            uow.replies.store([reply(id=ReplyId(f"rpy_q{n}"), incoming=said)])
        uow.questions.add(QuestionGroup(Q, NOW))
        for n in (1, 2):
            uow.questions.put_member(Member(Q, ReplyId(f"rpy_q{n}"), 0.6, NOW))
        uow.demands.add(Demand(DemandId("dem_1"), DemandKind.QUESTION, Q, NOW, "tongbu", NOW))
        uow.commit()


def test_groups_are_read_without_personal_data(counter: Counter) -> None:
    """The list, one of them, its members, page by page."""
    asked(counter)

    listed = counter.client.get("/api/questions").json()
    one = counter.client.get("/api/questions/qst_1").json()
    members = counter.client.get("/api/questions/qst_1/members", params={"limit": 1}).json()

    (line,) = listed["items"]
    assert (line["askers"], line["replies"], line["state"]) == (2, 2, "open")
    assert line["words"] == "补贴几时发，〔电话〕"
    assert one["answer_text"] == ""
    assert [m["reply_id"] for m in members["items"]] == ["rpy_q1"]
    assert members["next_offset"] == 1
    assert counter.client.get("/api/questions/qst_9").status_code == 404
    assert counter.client.get("/api/questions/qst_9/members").status_code == 404


def test_demands_are_listed_with_who_asks(counter: Counter) -> None:
    """By state, too."""
    asked(counter)

    (line,) = counter.client.get("/api/demands").json()["items"]
    settled = counter.client.get("/api/demands", params={"state": "published"}).json()

    assert (line["id"], line["askers"], line["sample"]) == ("dem_1", 2, "补贴几时发，〔电话〕")
    assert settled["items"] == []
