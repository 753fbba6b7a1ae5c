"""Hot topics over HTTP."""

from tests.integration.api.counter import Counter, fill
from tests.unit.console.town_topics import speak_of_gas


def test_hot_topics_come_with_what_was_usual_and_ids_of_replies(counter: Counter) -> None:
    """Day by day, with alerts; a follower's words and numbers are not in it."""
    fill(counter.storage)
    nothing = counter.client.get("/api/topics").json()
    speak_of_gas(counter.storage)

    answer = counter.client.get("/api/topics", params={"days": 3})

    assert nothing == {"days": [], "alerts": []}
    (day,) = answer.json()["days"]
    (theme, *_) = day["themes"]
    (alert, *_) = answer.json()["alerts"]
    assert (theme["askers"], theme["window"]) == (9, "day")
    assert theme["expected"] < theme["askers"]
    assert set(theme["replies"]) <= {f"said_{n}" for n in range(20)}
    assert (alert["state"], alert["case_id"]) == ("open", None)
    assert "13812345678" not in answer.text
    assert counter.client.get("/api/topics", params={"day": 3}).status_code == 422
