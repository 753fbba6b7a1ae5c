"""The WeChat adapter against the simulated platform, which was written without it."""

from datetime import UTC, datetime

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    AlreadyDone,
    ContentRejected,
    CredentialExpired,
    NotPermitted,
    OutcomeUnknown,
    PlatformUnavailable,
    TargetGone,
)
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.replies.reply import Incoming
from bot.platforms.wechat.callback import WechatCallback
from bot.ports.platform import LivePost
from bot.sandbox.faults import FaultKind
from tests.integration.platforms.wechat_stage import (
    FAN,
    NAME,
    SECRETS,
    Stage,
    WallClock,
    listening,
    wait_for,
)
from tests.integration.platforms.wechat_ways import on_its_way


def test_a_post_is_published_and_seen(stage: Stage) -> None:
    """From pictures to the reader's page, with one publication on the platform."""
    walk = stage.walk(Mode.PUBLISH)

    walk.prepare()
    walk.perform("submit")
    walk.until_done("confirm")
    seen = walk.until_done("see_live")

    assert len(stage.books["published"]) == 1
    assert walk.evidence["job_id"] == f"publish:{stage.books['publish_jobs'][0]['publish_id']}"
    assert seen.evidence["seen"] == "1 addresses show their titles"


def test_a_post_is_pushed_to_followers_and_its_key_is_remembered(stage: Stage) -> None:
    """Sending again under the same key sends nothing and names the first job."""
    walk = stage.walk(Mode.MASS)
    walk.prepare()
    walk.perform("send")
    stage.wechat.shift_clock(61)

    with pytest.raises(AlreadyDone) as known:
        walk.perform("send")

    walk.until_done("confirm")
    assert known.value.evidence["job_id"] == walk.evidence["job_id"]
    assert len(stage.books["mass_sends"]) == 1
    assert walk.perform("see_live").outcome is Outcome.DONE


def test_a_person_publishes_the_draft_in_the_console(stage: Stage) -> None:
    """The waiting step finds the article by its titles and source link."""
    walk = stage.walk(Mode.DRAFT)
    walk.prepare()
    before = walk.perform("await_person")
    media_id = walk.evidence["draft_media_id"]
    stage.wechat.act("editor_publishes", account=NAME, media_id=media_id)

    after = walk.until_done("await_person")

    assert before.outcome is Outcome.PENDING
    assert after.evidence["urls"].startswith("http")
    assert walk.until_done("see_live").outcome is Outcome.DONE


def test_a_changed_draft_is_told_once_with_both_texts(stage: Stage) -> None:
    """An edit in the console stops the walk; a person who accepts it is not stopped again."""
    walk = stage.walk(Mode.DRAFT)
    walk.prepare()
    changes = {"title": "关于优化办事时间的通告"}
    media_id = walk.evidence["draft_media_id"]
    stage.wechat.act("editor_edits_draft", account=NAME, media_id=media_id, changes=changes)

    with pytest.raises(ContentRejected) as changed:
        walk.perform("await_person")

    walk.evidence.update(changed.value.evidence)
    assert "优化办事时间的通知" in changed.value.explanation.cause
    assert "优化办事时间的通告" in changed.value.explanation.cause
    assert walk.perform("await_person").outcome is Outcome.PENDING


def test_a_deleted_draft_is_not_taken_for_published(stage: Stage) -> None:
    """Gone and not listed: first a while of patience, then a person is asked."""
    walk = stage.walk(Mode.DRAFT)
    walk.prepare()
    media_id = walk.evidence["draft_media_id"]
    stage.wechat.act("editor_deletes_draft", account=NAME, media_id=media_id)
    first = walk.perform("await_person")
    walk.evidence["draft_gone_at"] = "2026-01-01T00:00:00+00:00"

    with pytest.raises(TargetGone):
        walk.perform("await_person")

    assert first.outcome is Outcome.PENDING


@pytest.mark.parametrize(
    "kind", [FaultKind.RESET_AFTER, FaultKind.HTTP_5XX_AFTER, FaultKind.HTML_200_AFTER]
)
def test_an_unanswered_submit_is_found_by_its_effect(stage: Stage, kind: FaultKind) -> None:
    """The outcome is unknown, looking finds the article, and nothing is submitted again."""
    walk = stage.walk(Mode.PUBLISH)
    walk.prepare()
    stage.fault(kind, "/cgi-bin/freepublish/submit")

    with pytest.raises(OutcomeUnknown):
        walk.perform("submit")

    found = walk.look_for("submit")
    walk.evidence.update(found.evidence)
    assert found.outcome is Outcome.FOUND
    assert walk.perform("confirm").outcome is Outcome.DONE
    assert len(stage.wechat.calls("/cgi-bin/freepublish/submit")) == 1


def test_a_lost_submit_is_never_proven_absent(stage: Stage) -> None:
    """The request never arrived, and still only a person may say so."""
    walk = stage.walk(Mode.PUBLISH)
    walk.prepare()
    stage.fault(FaultKind.RESET_BEFORE, "/cgi-bin/freepublish/submit")
    with pytest.raises(OutcomeUnknown):
        walk.perform("submit")

    looked = walk.look_for("submit")

    assert looked.outcome is Outcome.UNCLEAR
    assert looked.evidence == {"draft": "still in the draft box"}


def test_busy_means_unknown_only_where_others_could_see(stage: Stage) -> None:
    """-1 on adding a draft is retried, on submitting it is looked for."""
    walk = stage.walk(Mode.PUBLISH)
    walk.perform("upload_pictures")
    walk.perform("upload_cover")
    stage.fault(FaultKind.ERROR, "/cgi-bin/draft/add")
    with pytest.raises(PlatformUnavailable):
        walk.perform("add_draft")
    walk.perform("add_draft")
    stage.fault(FaultKind.ERROR_AFTER, "/cgi-bin/freepublish/submit")

    with pytest.raises(OutcomeUnknown):
        walk.perform("submit")


def test_a_dead_token_is_renewed_once(stage: Stage) -> None:
    """Revoked tokens cost one renewal, and nobody notices."""
    walk = stage.walk(Mode.PUBLISH)
    walk.perform("upload_pictures")
    stage.wechat.act("revoke_tokens", account=NAME)

    walk.prepare()

    assert len(stage.wechat.calls("/cgi-bin/stable_token")) == 2


def test_a_token_refused_for_ever_costs_one_renewal(stage: Stage) -> None:
    """The loop that empties the daily quota of tokens cannot begin."""
    walk = stage.walk(Mode.PUBLISH)
    stage.fault(FaultKind.ERROR, "/cgi-bin/draft/get", count=0, code=40001)
    for name in ("upload_pictures", "upload_cover", "add_draft"):
        walk.perform(name)

    with pytest.raises(CredentialExpired):
        walk.perform("read_back")

    assert len(stage.wechat.calls("/cgi-bin/stable_token")) == 2
    assert len(stage.wechat.calls("/cgi-bin/draft/get")) == 2


@pytest.mark.parametrize("stage", [{"verified": False}], indirect=True)
def test_an_unverified_account_may_draft_but_not_publish(stage: Stage) -> None:
    """The refusal says which mode to use instead, in the check as in the step."""
    walk = stage.walk(Mode.PUBLISH)
    walk.prepare()

    with pytest.raises(NotPermitted) as refused:
        walk.perform("submit")

    findings = stage.adapter.check(walk.access)
    assert "草稿" in refused.value.explanation.next_step
    assert any(not f.ok and "草稿" in f.next_step for f in findings)


def test_a_healthy_account_passes_its_check(stage: Stage) -> None:
    """Nothing to complain of on a verified account with its comment privilege."""
    findings = stage.adapter.check(stage.walk(Mode.PUBLISH).access)

    assert all(finding.ok for finding in findings)


def test_comments_are_collected_once(stage: Stage) -> None:
    """New comments come with the next sweep; the ones known do not come again."""
    walk = stage.walk(Mode.PUBLISH)
    walk.prepare()
    walk.perform("submit")
    walk.until_done("confirm")
    number = walk.evidence["msg_data_id"]
    live = LivePost("post_1", walk.evidence, datetime.now(UTC))
    (stream,) = stage.collector.streams(walk.access.account, [live])
    comment = {"account": NAME, "msg_data_id": int(number), "openid": FAN}
    stage.wechat.act("follower_comments", text="何时开始？", **comment)
    first = stage.collector.read(walk.access, stream, {})
    stage.wechat.act("follower_comments", text="谢谢", **comment)

    second = stage.collector.read(walk.access, stream, first.cursor)

    assert [i.text for i in first.incoming] == ["何时开始？"]
    assert [i.text for i in second.incoming] == ["谢谢"]
    assert second.incoming[0].key == f"comment:{number}:0:2"


def test_no_error_shows_the_token(stage: Stage) -> None:
    """Not in its text, not in what it keeps, whatever went wrong."""
    walk = stage.walk(Mode.PUBLISH)
    walk.prepare()
    account = walk.access.account.id
    stored = stage.adapter.tokens.get(account)
    stage.fault(FaultKind.RESET_AFTER, "/cgi-bin/freepublish/submit")

    with pytest.raises(OutcomeUnknown) as failed:
        walk.perform("submit")

    assert stored is not None
    assert stored.value not in repr(failed.value) + str(failed.value.__cause__)


def test_pushes_of_the_sandbox_are_understood_and_answers_accepted(stage: Stage) -> None:
    """A follower's text, pushed encrypted, is decoded, and our encrypted answer reaches them."""
    walk = stage.walk(Mode.PUBLISH)
    door = WechatCallback(walk.access, WallClock())
    heard: list[Incoming] = []
    with listening(door, heard) as address:
        stage.wechat.act(
            "change_account",
            account=NAME,
            changes={
                "token": SECRETS["token"],
                "aes_key": SECRETS["aes_key"],
                "callback_url": address,
            },
        )
        stage.wechat.act("follower_writes", account=NAME, openid=FAN, text="补贴怎么申请？")
        walk.prepare()
        walk.perform("submit")
        walk.until_done("confirm")
        wait_for(lambda: len(heard) >= 2)

    lines = stage.books["followers"][FAN]["conversation"]
    job = next(incoming.job for incoming in heard if incoming.job)
    assert "补贴怎么申请？" in [incoming.text for incoming in heard]
    assert any("已收到" in str(line) for line in lines)
    assert job.job_ids == {"job_id": walk.evidence["job_id"]}
    assert "\n".join(job.urls) == walk.evidence["urls"]


@pytest.mark.parametrize(
    ("mode", "accepting"),
    [(Mode.PUBLISH, "/cgi-bin/freepublish/submit"), (Mode.MASS, "/cgi-bin/message/mass/sendall")],
)
@pytest.mark.parametrize(
    "kind", [None, FaultKind.RESET_AFTER, FaultKind.HTTP_5XX_AFTER, FaultKind.ERROR_AFTER]
)
def test_a_delivery_ends_with_exactly_one_effect(
    stage: Stage, mode: Mode, accepting: str, kind: FaultKind | None
) -> None:
    """Our own use case drives the adapter; whatever happens to the accepting call, it goes out
    once and the delivery knows."""
    way = on_its_way(stage, mode)
    if kind is not None:
        stage.fault(kind, accepting)

    delivery = way.go()

    out = stage.books["published"]
    assert delivery.state is DeliveryState.DELIVERED, delivery.hold_reason
    assert len(out) == 1
