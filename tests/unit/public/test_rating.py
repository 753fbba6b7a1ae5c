"""An answer is rated once, by whoever was given its link."""

import re
from collections.abc import Iterator

import httpx
import pytest

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.public.rating import rating_address
from bot.public.seals import SealedFor, Seals
from tests.unit.public.street import Street, street_on


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def vote(street: Street, link: str, **fields: str) -> httpx.Response:
    return street.passer_by().post(link, data=fields)


def rated(street: Street, case: Case) -> list[int]:
    with street.storage.begin() as uow:
        return [rating.stars for rating in uow.ratings.of_case(case.id)]


def test_a_vote_is_kept_with_its_words_at_the_case(street: Street) -> None:
    """The link is on the page of the look-up; staff find both in the history."""
    case = street.answered(1)
    found = street.passer_by().post("/chaxun", data={"number": case.number, "code": "7K3MQX"})
    link = re.search(r"/pingjia/[\w-]+", found.text)
    assert link

    form = street.passer_by().get(link[0])
    answer = vote(street, link[0], stars="4", words="<b>很快</b>")

    assert "4 分 · 满意" in form.text
    assert "评价已收到" in answer.text
    assert rated(street, case) == [4]
    with street.storage.begin() as uow:
        last = uow.cases.history(case.id)[-1]
    assert (last.kind, last.note, last.details) == (
        EventKind.RATED,
        "<b>很快</b>",
        {"stars": "4"},
    )


def test_a_second_vote_changes_nothing(street: Street) -> None:
    """It is said, and the first one stands."""
    case = street.answered(1)
    link = rating_address(case, street.seals)
    vote(street, link, stars="1")

    second = vote(street, link, stars="5")

    assert second.status_code == 409
    assert "您已经评价过这次答复" in second.text
    assert rated(street, case) == [1]


@pytest.mark.parametrize("stars", ["", "0", "6", "4.5", "<script>"])
def test_a_vote_without_stars_is_asked_for_again(street: Street, stars: str) -> None:
    """What was written stays in the form, as text."""
    case = street.answered(1)

    answer = vote(street, rating_address(case, street.seals), stars=stars, words="<i>慢</i>")

    assert answer.status_code == 422
    assert "请选择 1 到 5 分" in answer.text
    assert "&lt;i&gt;慢&lt;/i&gt;" in answer.text
    assert rated(street, case) == []


def test_a_link_of_somebody_elses_making_opens_nothing(street: Street) -> None:
    """Made up, of another key, for another purpose, or with one sign changed."""
    case = street.answered(1)
    good = rating_address(case, street.seals).removeprefix("/pingjia/")
    parts = (case.id, str(case.answered_at))
    forged = [
        "abc",
        "%E4%BD%A0",
        good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1],
        "A" * 1000,
        Seals((b"x" * 32,)).seal(SealedFor.RATING, *parts),
        street.seals.seal(SealedFor.FORM, *parts),
    ]

    answers = [vote(street, f"/pingjia/{token}", stars="5") for token in forged]

    assert [answer.status_code for answer in answers] == [404] * len(forged)
    assert rated(street, case) == []


def test_seals_of_an_older_key_open_while_it_is_listed() -> None:
    """Links outlive a change of the key."""
    old, new = b"o" * 32, b"n" * 32
    token = Seals((old,)).seal(SealedFor.RATING, "case_1", "乙")

    assert Seals((new, old)).opened(SealedFor.RATING, token) == ("case_1", "乙")
    assert Seals((new,)).opened(SealedFor.RATING, token) is None
