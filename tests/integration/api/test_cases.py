"""Reading cases over HTTP."""

from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.ids import AccountId, CaseId, ReplyId
from tests.factories import NOW, after, case, deadline
from tests.integration.api.counter import Counter, fill


def opened(counter: Counter, *due: float) -> None:
    fill(counter.storage)
    with counter.storage.begin() as uow:
        for number, seconds in enumerate(due, start=1):
            own = {"reply": ReplyId("rpy_1"), "account": AccountId("acc_1")} if number == 1 else {}
            uow.cases.add(
                case(
                    id=CaseId(f"case_{number}"),
                    number=f"20261123-00000{number}",
                    deadline=deadline(due_at=after(seconds)),
                    **own,
                )
            )
        uow.cases.note(CaseEvent(CaseId("case_1"), EventKind.OPENED, NOW, "li"))
        uow.commit()


def test_cases_are_listed_page_by_page(counter: Counter) -> None:
    """The nearest deadline first; `next` leads on, and is null at the end."""
    opened(counter, 30, 10, 20)

    first = counter.client.get("/api/cases", params={"limit": 2, "running": True}).json()
    rest = counter.client.get("/api/cases", params={"limit": 2, "after": first["next"]}).json()

    assert [item["id"] for item in first["items"]] == ["case_2", "case_3"]
    assert [item["id"] for item in rest["items"]] == ["case_1"]
    assert rest["next"] is None


def test_filters_narrow_the_list(counter: Counter) -> None:
    """A time without a zone is Beijing time."""
    opened(counter, 30, 10)

    due = counter.client.get("/api/cases", params={"due_before": "2026-11-23T10:00:20"}).json()
    own = counter.client.get("/api/cases", params={"account": "acc_1"}).json()
    none = counter.client.get("/api/cases", params={"state": "closed"}).json()

    assert [item["id"] for item in due["items"]] == ["case_2"]
    assert [item["id"] for item in own["items"]] == ["case_1"]
    assert none["items"] == []


def test_one_case_comes_with_clock_and_history_and_without_its_check_code(
    counter: Counter,
) -> None:
    """The code is the asker's."""
    opened(counter, 30)

    answer = counter.client.get("/api/cases/case_1")

    assert answer.json()["clock"]["basis"] == "本单位制度"
    assert [step["kind"] for step in answer.json()["history"]] == ["opened"]
    assert case().check_code not in answer.text


def test_a_case_that_is_not_there_and_a_page_that_is_none_are_refused(counter: Counter) -> None:
    """With what to do."""
    fill(counter.storage)

    assert counter.client.get("/api/cases/case_9").status_code == 404
    refused = counter.client.get("/api/cases", params={"after": "yesterday"})
    assert refused.status_code == 422
    assert "请原样使用上一页返回的 next" in refused.text
