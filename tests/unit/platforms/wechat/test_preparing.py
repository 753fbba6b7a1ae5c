"""Preparing a post on WeChat."""

import httpx
import orjson
import pytest

from bot.domain.errors import (
    ContentRejected,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
    TargetGone,
)
from tests.unit.platforms.wechat.stand import (
    COVER,
    FIGURE,
    OK,
    PICTURE_URL,
    TITLE,
    Stand,
    access,
    order,
    refusal,
    stored,
)


def test_a_picture_is_uploaded_once_for_all_posts() -> None:
    """Every upload costs a call; the same bytes are remembered by account."""
    stand = Stand(media__uploadimg={"url": PICTURE_URL})

    stand.perform("upload_pictures", order())
    again = stand.perform("upload_pictures", order())

    assert stand.platform.count("media/uploadimg") == 1
    assert orjson.loads(again.evidence["picture_urls"]) == {FIGURE: PICTURE_URL}


def test_an_upload_names_its_file_and_type() -> None:
    """A part without a file name is refused by the platform."""
    stand = Stand(media__uploadimg={"url": PICTURE_URL})

    stand.perform("upload_pictures", order())

    body = stand.platform.requests[0].content
    assert b'name="media"; filename="picture.png"' in body
    assert b"Content-Type: image/png" in body


def test_a_picture_over_the_limit_is_refused_before_sending() -> None:
    """The editor is told which and how large it may be."""
    stand = Stand()
    stand.media.kept[FIGURE] = b"x" * (1024 * 1024)

    with pytest.raises(ContentRejected):
        stand.perform("upload_pictures", order())


def test_a_picture_that_is_not_stored_goes_back_to_the_editor() -> None:
    """A hole in our own store is told like any other fault of the post."""
    stand = Stand()
    stand.media.kept.clear()

    with pytest.raises(ContentRejected) as missing:
        stand.perform("upload_cover", order())

    assert "没有存入系统" in missing.value.explanation.cause


def test_a_draft_is_sent_in_raw_utf8_with_the_platforms_ids() -> None:
    """Escaped characters would arrive as they stand; our picture names mean nothing there."""
    stand = Stand(draft__add={"media_id": "DRAFT-1"})

    stand.perform("add_draft", order())

    sent = stand.platform.requests[0].content
    (article,) = orjson.loads(sent)["articles"]
    assert TITLE.encode() in sent
    assert article["content"] == f'<p>正文</p><img src="{PICTURE_URL}">'
    assert article["thumb_media_id"] == "COVER-1"
    assert article["need_open_comment"] == 0


def test_a_cover_that_left_the_library_is_uploaded_anew() -> None:
    """Remembered ids may die; one new upload, one more try, and the new id is kept."""
    stand = Stand(
        draft__add=[refusal(40007), {"media_id": "DRAFT-2"}],
        material__add_material={"media_id": "COVER-2", "url": PICTURE_URL, "item": []},
    )

    done = stand.perform("add_draft", order())

    assert done.evidence["draft_media_id"] == "DRAFT-2"
    assert orjson.loads(done.evidence["library_media_ids"]) == {COVER: "COVER-2"}
    assert stand.platform.bodies("draft/add")[1]["articles"][0]["thumb_media_id"] == "COVER-2"


def test_a_draft_rewritten_by_the_platform_is_still_ours() -> None:
    """It moves src to data-src and changes addresses' queries."""
    stand = Stand(draft__get={"news_item": [stored()]})

    stand.perform("read_back", order())


def test_a_draft_changed_by_somebody_is_shown_with_both_texts() -> None:
    """The hold reads what was approved and what is there."""
    stand = Stand(draft__get={"news_item": [stored(content="<p>正交</p>")]})

    with pytest.raises(ContentRejected) as changed:
        stand.perform("read_back", order())

    cause = changed.value.explanation.cause
    assert cause.startswith("草稿被改动")
    assert "“正文”" in cause
    assert "“正交”" in cause


def test_a_draft_that_is_gone_is_not_read_as_unchanged() -> None:
    """Somebody published or deleted it."""
    with pytest.raises(TargetGone):
        Stand(draft__get=refusal(40007)).perform("read_back", order())


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (httpx.ConnectError("refused"), NotSent),
        (httpx.ReadTimeout("silence"), OutcomeUnknown),
        (httpx.Response(502, html="<html>bad gateway"), OutcomeUnknown),
        (httpx.Response(200, html="<html>welcome"), OutcomeUnknown),
        (httpx.Response(200, json={"media": "?"}), OutcomeUnknown),
        (httpx.Response(429, html="slow down"), RateLimited),
    ],
    ids=["no connection", "time-out", "502", "html", "no id", "429"],
)
def test_a_failed_call_tells_whether_it_may_have_arrived(
    failure: httpx.Response | Exception, expected: type[PlatformError]
) -> None:
    """Adding a draft is harmless to repeat, but the journal records the truth."""
    with pytest.raises(expected):
        Stand(draft__add=failure).perform("add_draft", order())


def test_an_answer_labelled_as_text_is_read_all_the_same() -> None:
    """JSON comes as text/plain at times, and with raw control characters inside texts."""
    body = b'{"media_id": "DRAFT-1", "note": "a\x07b"}'
    stand = Stand(draft__add=httpx.Response(200, content=body))

    assert stand.perform("add_draft", order()).evidence["draft_media_id"] == "DRAFT-1"


def test_the_days_last_draft_is_kept_by_our_own_ledger() -> None:
    """The quota of the account is spent before the platform has to refuse."""
    stand = Stand(draft__add={"media_id": "DRAFT-1"})
    small = access(options={"quota_draft_add": "1"})
    stand.perform("add_draft", order(given=small))

    with pytest.raises(RateLimited):
        stand.perform("add_draft", order(given=small))

    assert stand.platform.count("draft/add") == 1


def test_load_accounts_keep_no_ledger() -> None:
    """Their calls are not worth a commit each."""
    stand = Stand(draft__add={"media_id": "DRAFT-1"})
    given = access(quota_profile="load", options={"quota_draft_add": "0"})

    assert stand.perform("add_draft", order(given=given)).evidence["draft_media_id"]


def test_a_foreign_api_address_is_refused_for_a_production_account() -> None:
    """Nothing is sent, not even the token request."""
    stand = Stand(**{"": OK})

    with pytest.raises(PlatformError, match="not WeChat"):
        stand.perform("read_back", order(given=access(production=True)))

    assert stand.platform.requests == []


def box(*media_ids: str) -> dict[str, object]:
    """The draft box with drafts under our title."""
    items = [
        {"media_id": one, "content": {"news_item": [stored()]}, "update_time": 1}
        for one in media_ids
    ]
    return {"total_count": len(items), "item_count": len(items), "item": items}


def test_a_draft_that_may_have_been_added_before_is_not_added_twice() -> None:
    """Of two equal drafts somebody might publish the one we do not watch, or both."""
    stand = Stand(draft__batchget=box("DRAFT-7"), draft__get={"news_item": [stored()]})

    done = stand.perform("add_draft", order(unsure=True))

    assert done.evidence["draft_media_id"] == "DRAFT-7"
    assert stand.platform.count("draft/add") == 0


def test_a_draft_with_our_title_and_another_text_is_somebody_elses() -> None:
    """Only one that is exactly what was approved is taken for ours."""
    stand = Stand(
        draft__batchget=box("DRAFT-7"),
        draft__get={"news_item": [stored(content="<p>旧稿</p>")]},
        draft__add={"media_id": "DRAFT-8"},
    )

    done = stand.perform("add_draft", order(unsure=True))

    assert done.evidence["draft_media_id"] == "DRAFT-8"
