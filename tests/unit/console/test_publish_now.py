"""立即发布: the page that asks, the seconds that follow, and the countdown with its stop."""

from dataclasses import replace

import pytest

from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.people import Role
from bot.domain.posts.post import PostState
from bot.domain.posts.rollout import RolloutPolicy
from bot.usecases.publishing.advance_delivery import advance_delivery
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import add_post

ASK = "/posts/pst_4/now"
OTHER = PostId("pst_6")


@pytest.fixture
def editor(busy: Desk) -> Browser:
    approve(busy, "pst_4")
    with busy.storage.begin() as uow:
        pushes = uow.accounts.get(AccountId("acc_1"))
        uow.accounts.save(replace(pushes, options={"mass_a_day": "9"}))
        uow.commit()
    return busy.signed_in("bian", Role.EDITOR)


def approve(desk: Desk, post: str) -> None:
    """Approved with the content it has."""
    with desk.storage.begin() as uow:
        found = uow.posts.get(PostId(post))
        uow.posts.save(replace(found, approved_hash=found.content_hash))
        uow.commit()


def another_approved(desk: Desk) -> None:
    """A second post of the rollout, approved, on the account that pushes."""
    with desk.storage.begin() as uow:
        add_post(uow, 6, account=AccountId("acc_1"), state=PostState.APPROVED, due_at=None)
        uow.commit()
    approve(desk, "pst_6")


def shown(desk: Desk, *posts: str) -> dict[str, str]:
    """The fields of the form that chooses these."""
    with desk.storage.begin() as uow:
        return {f"shown-{one}": uow.posts.get(PostId(one)).content_hash for one in posts}


def test_the_account_cannot_be_mistaken(busy: Desk, editor: Browser) -> None:
    """Its name stands beside its badge and on the button; how many it reaches is said."""
    another_approved(busy)
    page = editor.get(ASK).text
    pushed = editor.get("/posts/pst_6/now").text

    assert page.count("云岭发布微博") >= 4
    assert "badge-" in page
    assert "发布到 云岭发布微博" in page
    assert "关注者人数还没有数据" in page
    assert "会推送给全部关注者，发出后收不回；关注者 182,022 人（11月22日）" in pushed


def test_pressed_it_waits_fifteen_seconds_and_can_be_undone(busy: Desk, editor: Browser) -> None:
    """Nothing is sent meanwhile, nor afterwards."""
    pressed = send(editor, ASK, **shown(busy, "pst_4"))
    waiting = editor.get("/posts/pst_4").text
    busy.clock.pass_seconds(14)
    advance_delivery(DeliveryId("dlv_4"), busy.tools.publishing)
    undone = send(editor, "/posts/pst_4/undo")
    busy.clock.pass_seconds(60)
    advance_delivery(DeliveryId("dlv_4"), busy.tools.publishing)

    assert pressed.headers["location"] == "/posts/pst_4?done=now"
    assert "还有 15 秒" in waiting
    assert 'action="/posts/pst_4/undo"' in waiting
    assert undone.headers["location"] == "/posts/pst_4?done=undo"
    assert "什么都没有发出" in editor.get("/posts/pst_4?done=undo").text
    with busy.storage.begin() as uow:
        assert uow.posts.get(PostId("pst_4")).state is PostState.APPROVED
        assert uow.deliveries.get(DeliveryId("dlv_4")).journal.entries == ()


def test_too_late_to_undo_is_said(busy: Desk, editor: Browser) -> None:
    """In a sentence, not as an error."""
    refused = send(editor, "/posts/pst_4/undo")

    assert refused.status_code == 409
    assert "没有撤销" in refused.text


def test_others_of_the_rollout_are_offered(busy: Desk, editor: Browser) -> None:
    """With a tick where they may go alone; what cannot go says why."""
    another_approved(busy)

    page = editor.get(ASK).text
    send(editor, ASK, **shown(busy, "pst_4", "pst_6"))
    going = editor.get("/posts/pst_4").text

    assert 'name="shown-pst_6"' in page
    assert 'type="checkbox"' in page
    assert "稿件还没有通过审核" in page
    assert "发布时出过错" in page
    assert 'name="shown-pst_3"' not in page
    assert "云岭发布微博" in going
    assert "云岭发布</span>" in going


def test_in_step_they_go_together(busy: Desk, editor: Browser) -> None:
    """No tick is asked for; while one cannot go there is no button."""
    with busy.storage.begin() as uow:
        in_step = RolloutPolicy.ALL_OR_NOTHING
        uow.posts.add_rollout(make.rollout(id=RolloutId("rol_9"), policy=in_step))
        for number in (8, 9):
            add_post(
                uow,
                number,
                account=AccountId(f"acc_{number - 7}"),
                rollout=RolloutId("rol_9"),
                state=PostState.APPROVED,
                due_at=None,
            )
        uow.commit()
    for post in ("pst_8", "pst_9"):
        approve(busy, post)

    ready = editor.get("/posts/pst_8/now").text
    with busy.storage.begin() as uow:
        uow.posts.save(replace(uow.posts.get(PostId("pst_9")), state=PostState.IN_REVIEW))
        uow.commit()
    waiting = editor.get("/posts/pst_8/now").text

    assert "发布到 云岭发布 等 2 个账号" in ready
    assert 'type="checkbox"' not in ready
    assert "发布到 云岭发布" not in waiting


def test_what_changed_meanwhile_is_shown_again(busy: Desk, editor: Browser) -> None:
    """The page tells what is the matter; nothing was scheduled."""
    refused = send(editor, ASK, **{"shown-pst_4": "old"})

    assert refused.status_code == 422
    assert "有改动" in refused.text


def test_the_last_hour_is_counted_down_with_a_stop(busy: Desk, editor: Browser) -> None:
    """On the post's page and on the board; further ahead there is only the time."""
    far_page, far_board = editor.get("/posts/pst_4").text, editor.get("/").text
    busy.clock.pass_seconds(11_520 - 600)
    near_page, near_board = editor.get("/posts/pst_4").text, editor.get("/").text

    assert "going-time" not in far_page
    assert 'action="/posts/pst_4/hold"' not in far_board
    assert "还有 10 分钟" in near_page
    assert near_page.index("going-time") < near_page.index('action="/posts/pst_4/hold"')
    assert 'action="/posts/pst_4/hold"' in near_board


def test_a_reader_sees_the_countdown_without_buttons(busy: Desk) -> None:
    """Nor the link to publish."""
    approve(busy, "pst_4")
    send(busy.signed_in("bian", Role.EDITOR), ASK, **shown(busy, "pst_4"))
    page = busy.signed_in("du", Role.AUDITOR).get("/posts/pst_4").text

    assert "还有 15 秒" in page
    assert "/undo" not in page
    assert ASK not in page


def test_the_countdown_refreshes_itself_until_it_is_over(busy: Desk, editor: Browser) -> None:
    """Then the whole page is drawn anew."""
    partial = {"hx-request": "true"}
    send(editor, ASK, **shown(busy, "pst_4"))

    counting = editor.get("/posts/pst_4/going", headers=partial)
    busy.clock.pass_seconds(16)
    advance_delivery(DeliveryId("dlv_4"), busy.tools.publishing)
    over = editor.get("/posts/pst_4/going", headers=partial)

    assert 'hx-get="/posts/pst_4/going"' in counting.text
    assert over.headers["hx-refresh"] == "true"
    assert editor.get("/posts/pst_4/going").headers["location"] == "/posts/pst_4"
