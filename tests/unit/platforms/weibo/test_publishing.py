"""The steps: what is sent and what is learnt from the answers."""

from datetime import timedelta
from urllib.parse import unquote

import httpx
import pytest

from bot.domain import errors as tree
from bot.domain.accounts.account import Mode
from bot.domain.posts.draft import DraftContent
from bot.domain.publishing.journal import Outcome
from tests.factories import NOW
from tests.unit.platforms.weibo.stand import (
    MID,
    PNG,
    POST_URL,
    STORED,
    TEXT,
    UID,
    Media,
    access,
    article_content,
    order,
    picture,
    refusal,
    stand,
    status,
    timeline,
)

KNOWN = {"platform_post_id": MID, "uid": UID, "urls": POST_URL}
ARTICLE_URL = "https://weibo.com/ttarticle/p/show?id=2309400000000000000001"
PUBLISHED = {
    "code": "100000",
    "msg": "",
    "data": {"object_id": "1022:2309400000000000000001", "url": ARTICLE_URL, "mid": MID},
}


def test_a_shared_post_leaves_its_id_its_author_and_its_address() -> None:
    """What the receipt is made of."""
    done = stand(share=status()).perform("share", order())

    assert done.outcome is Outcome.DONE
    assert done.evidence["platform_post_id"] == MID
    assert done.evidence["uid"] == UID
    assert done.evidence["urls"] == POST_URL


def test_ids_beyond_the_precision_of_a_float_survive() -> None:
    """int64 ids are kept as text."""
    mid = "9223372036854775807"

    done = stand(share=status(mid)).perform("share", order())

    assert done.evidence["platform_post_id"] == mid


def test_a_picture_goes_along_as_multipart_to_the_api_host() -> None:
    """The historic upload host would answer 10017."""
    at = stand(share=status())

    at.perform("share", order(content=DraftContent(text=TEXT, pictures=(picture(),))))

    sent = at.platform.requests[0]
    assert sent.url.host == "api.weibo.com"
    assert sent.headers["content-type"].startswith("multipart/form-data")
    assert b'name="pic"; filename="picture.png"' in sent.content
    assert PNG in sent.content
    assert TEXT.encode() in sent.content


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("lost", "image/png"), ("big", "image/png"), ("pic", "image/webp")],
)
def test_a_picture_that_cannot_be_sent_stops_the_post_before_it_leaves(
    name: str, media_type: str
) -> None:
    """Nothing is dropped and nothing is sent."""
    at = stand(share=status())
    at.media = Media(pic=PNG, big=b"0" * (5 * 1024 * 1024))
    content = DraftContent(text=TEXT, pictures=(picture(name, media_type),))

    with pytest.raises(tree.ContentRejected):
        at.perform("share", order(content=content))

    assert at.platform.requests == []


def test_without_rip_nothing_is_sent() -> None:
    """The platform demands it since 2022."""
    at = stand(share=status())

    with pytest.raises(tree.Misconfigured) as raised:
        at.perform("share", order(access(rip="")))

    assert "rip" in raised.value.explanation.next_step
    assert at.platform.requests == []


@pytest.mark.parametrize("code", [20019, "20017", 20111])
def test_a_duplicate_is_looked_for_never_called_done(code: int | str) -> None:
    """It may be our own post of a moment ago, or somebody else's of yesterday."""
    with pytest.raises(tree.OutcomeUnknown) as raised:
        stand(share=refusal(code, "repeat content!")).perform("share", order())

    assert raised.value.evidence["duplicate"] == str(code)


def test_a_post_that_appears_late_is_accepted_and_found_afterwards() -> None:
    """20032 is a success without an id; seeing it live finds id and address."""
    at = stand(share=refusal(20032), user_timeline=[timeline(), timeline(status())])

    accepted = at.perform("share", order())
    at.clock.moment = NOW + timedelta(seconds=90)
    later = order(evidence=accepted.evidence, started_at=at.clock.moment)
    not_yet = at.perform("see_live", later)
    seen = at.perform("see_live", later)

    assert accepted.outcome is Outcome.DONE
    assert not_yet.outcome is Outcome.PENDING
    assert seen.outcome is Outcome.DONE
    assert seen.evidence["urls"] == POST_URL


def test_the_article_form_is_the_one_of_the_official_demo() -> None:
    """`content` is percent-encoded before the form is; pictures get public addresses."""
    at = stand(publish=PUBLISHED)

    done = at.perform("publish_article", order(access(Mode.ARTICLE), article_content()))

    form = at.platform.form()
    assert at.platform.requests[0].url.path == "/proxy/article/publish.json"
    assert form["content"].startswith("%3Cp%3E%E4%B8%80")
    assert unquote(form["content"]) == (
        '<p>一、背景 100%</p><img src="https://posts.example.gov.cn/media/pic">'
    )
    assert form["cover"] == "https://posts.example.gov.cn/media/cover"
    assert (form["title"], form["summary"]) == ("一文读懂《示例办法》", "解读要点")
    assert (form["text"], form["rip"]) == ("《示例办法》解读发布", "203.0.113.10")
    assert done.evidence["article_id"] == "1022:2309400000000000000001"
    assert done.evidence["platform_post_id"] == MID
    assert done.evidence["urls"] == f"{ARTICLE_URL}\n{POST_URL}"


def test_the_second_encoding_of_an_article_can_be_left_out() -> None:
    """For the day the platform decodes once only."""
    at = stand(publish=PUBLISHED)
    given = access(Mode.ARTICLE, article_encoding="single")

    at.perform("publish_article", order(given, article_content()))

    assert at.platform.form()["content"].startswith("<p>一、背景 100%</p>")


@pytest.mark.parametrize("code", ["11002", 11003])
def test_half_an_article_is_partly_done_and_keeps_its_ids(code: int | str) -> None:
    """It is never sent again; a person sees what exists."""
    answer = {"code": code, "msg": "bind error", "data": PUBLISHED["data"]}

    with pytest.raises(tree.PartlyDone) as raised:
        stand(publish=answer).perform(
            "publish_article", order(access(Mode.ARTICLE), article_content())
        )

    assert raised.value.evidence["article_url"] == ARTICLE_URL
    assert raised.value.evidence["platform_post_id"] == MID


def test_commercial_pictures_are_uploaded_first_and_attached_by_their_ids() -> None:
    """In the order of the draft, on the commercial host, within its own budget."""
    at = stand(upload_pic=[{"pic_id": "71a"}, {"pic_id": "71b"}], upload_url_text=status())
    content = DraftContent(text=TEXT, pictures=(picture(), picture()))
    given = access(Mode.COMMERCIAL)

    uploaded = at.perform("upload_pictures", order(given, content))
    done = at.perform("update", order(given, content, uploaded.evidence))

    assert {request.url.host for request in at.platform.requests} == {"c.api.weibo.com"}
    assert at.platform.form()["pic_id"] == "71a,71b"
    assert at.platform.form()["is_longtext"] == "0"
    assert {bucket for bucket, _ in at.ledger.spent} == {"weibo_commercial_day"}
    assert done.evidence["platform_post_id"] == MID


def test_a_long_commercial_text_says_that_it_is_long() -> None:
    """Otherwise the platform refuses it with 20012."""
    at = stand(update=status())

    at.perform("update", order(access(Mode.COMMERCIAL), DraftContent(text="字" * 141)))

    assert at.platform.form()["is_longtext"] == "1"


def test_a_commercial_post_without_its_uploads_is_not_sent() -> None:
    """Its pictures would be missing."""
    at = stand(update=status())

    with pytest.raises(tree.Misconfigured):
        at.perform(
            "update",
            order(access(Mode.COMMERCIAL), DraftContent(text=TEXT, pictures=(picture(),))),
        )

    assert at.platform.requests == []


def test_a_wechat_mode_is_not_one_of_weibos() -> None:
    """It is said, not guessed."""
    with pytest.raises(tree.Misconfigured):
        stand().adapter.route(access(Mode.MASS).account)


class TestSeeLive:
    """Reading the post as others do."""

    def test_the_platform_shows_it(self) -> None:
        """One call; the address stays."""
        at = stand(show=status())

        seen = at.perform("see_live", order(evidence=KNOWN))

        assert seen.outcome is Outcome.DONE
        assert seen.evidence == {
            "posted_at": NOW.isoformat(),
            "urls": POST_URL,
            "seen": "platform's answer",
        }

    @pytest.mark.parametrize(
        "answer",
        [
            refusal(20101),
            status(deleted="1"),
            status(state=1),
            status(visible={"type": 1, "list_id": 0}),
        ],
        ids=["gone", "deleted", "hidden", "private"],
    )
    def test_what_nobody_sees_is_not_seen(self, answer: object) -> None:
        """It stays pending until somebody has to look."""
        seen = stand(show=answer).perform("see_live", order(evidence=KNOWN))

        assert seen.outcome is Outcome.PENDING

    def test_the_timeline_serves_where_show_is_closed(self) -> None:
        """10014 is to be expected of every call."""
        at = stand(show=refusal(10014), user_timeline=timeline(status()))

        assert at.perform("see_live", order(evidence=KNOWN)).outcome is Outcome.DONE

    def test_an_unreviewed_app_does_not_count_as_live(self) -> None:
        """Only its test accounts see the post."""
        at = stand(show=status(source="<a>未通过审核应用</a>"))

        with pytest.raises(tree.NotPermitted) as raised:
            at.perform("see_live", order(evidence=KNOWN))

        assert "审核" in raised.value.explanation.next_step

    @pytest.mark.parametrize(
        ("page", "outcome"),
        [
            (httpx.Response(200, html=f"<p>{STORED}</p>"), Outcome.DONE),
            (httpx.Response(200, html="<p>别的微博</p>"), Outcome.PENDING),
            (httpx.Response(404), Outcome.PENDING),
        ],
    )
    def test_the_public_page_is_read_where_one_is_configured(
        self, page: httpx.Response, outcome: Outcome
    ) -> None:
        """It must be there and say the words; the token does not go there."""
        word = POST_URL.rpartition("/")[2]
        at = stand(show=status(), **{word: page})
        given = access(public_base="http://127.0.0.1:8000")

        seen = at.perform("see_live", order(given, evidence=KNOWN))

        public = at.platform.requests[-1]
        assert seen.outcome is outcome
        assert str(public.url) == f"http://127.0.0.1:8000/{UID}/{word}"
