"""Picture messages through the adapter, against the simulated platform."""

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import ContentRejected, Misconfigured
from bot.domain.publishing.journal import Outcome
from bot.platforms.transport import open_client
from tests.integration.platforms.wechat_stage import NAME, Stage, Walk


def gallery_walk(stage: Stage, mode: Mode, **options: str) -> Walk:
    walk = stage.walk(mode, **options)
    walk.content = stage.gallery()
    walk.prepare()
    return walk


def test_it_is_published_and_its_pictures_are_seen(stage: Stage) -> None:
    """Uploaded once each, read back unchanged, shown to readers with its text."""
    walk = gallery_walk(stage, Mode.PUBLISH)
    walk.perform("submit")
    walk.until_done("confirm")

    assert walk.until_done("see_live").outcome is Outcome.DONE
    with open_client() as http:
        page = http.get(walk.evidence["urls"]).text
    assert page.count("<img") == 2
    assert "自2026年12月1日起施行。" in page
    assert len(stage.wechat.calls("/cgi-bin/material/add_material")) == 2
    assert len(stage.wechat.calls("/cgi-bin/media/uploadimg")) == 0


def test_a_person_publishes_it_in_the_console(stage: Stage) -> None:
    """It is recognised by its title."""
    walk = gallery_walk(stage, Mode.DRAFT)
    waiting = walk.perform("await_person")
    media_id = walk.evidence["draft_media_id"]
    stage.wechat.act("editor_publishes", account=NAME, media_id=media_id)

    walk.until_done("await_person")

    assert waiting.outcome is Outcome.PENDING
    assert walk.until_done("see_live").outcome is Outcome.DONE


def test_an_edit_in_the_console_is_noticed(stage: Stage) -> None:
    """Another text stops the walk, with both texts."""
    walk = gallery_walk(stage, Mode.DRAFT)
    media_id = walk.evidence["draft_media_id"]
    changes = {"content": "云岭市人民政府办公室"}
    stage.wechat.act("editor_edits_draft", account=NAME, media_id=media_id, changes=changes)

    with pytest.raises(ContentRejected) as changed:
        walk.perform("await_person")

    assert "说明文字" in changed.value.explanation.cause


def test_it_is_mass_sent_as_pictures(stage: Stage) -> None:
    """The documented way: no draft is spent, and no address comes back."""
    walk = gallery_walk(stage, Mode.MASS)

    walk.perform("send")
    walk.until_done("confirm")

    (job,) = stage.books["mass_sends"]
    assert job["msgtype"] == "image"
    assert walk.until_done("see_live").outcome is Outcome.DONE


def test_mass_sending_the_draft_itself_is_the_platforms_to_allow(stage: Stage) -> None:
    """With the option, on a platform that takes no such draft, the refusal is clear."""
    walk = gallery_walk(stage, Mode.MASS, mass_pictures="draft")

    with pytest.raises(Misconfigured) as refused:
        walk.perform("send")

    assert "图片消息的群发方式" in refused.value.explanation.next_step
    assert stage.books["mass_sends"] == []
