"""Tokens, headers, hostile text: what keeps the console safe."""

import pytest

from bot.console.app import FORMS, UPLOADS
from bot.console.forms import LARGEST_FORM_BYTES
from bot.domain.ids import PostId, ReplyId
from bot.domain.people import Role
from bot.domain.posts.post import PostState
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, token_on

ADDRESSES = {
    "/releases/new": "/releases/new",
    "/releases/new/{input}": "/releases/new/0a?form=text",
    "/releases/{release}/withdraw": "/releases/rel_1/withdraw",
    "/recalls/{recall}/try": "/recalls/rec_1/try",
    "/recalls/{recall}/{post}/done": "/recalls/rec_1/pst_1/done",
    "/releases/{release}/attachments": "/releases/rel_1/attachments",
    "/releases/{release}/attachments/remove": "/releases/rel_1/attachments/remove",
    "/releases/{release}/{verb}": "/releases/rel_2/approve",
    "/posts/{post}/now": "/posts/pst_3/now",
    "/posts/{post}/undo": "/posts/pst_3/undo",
    "/posts/{post}/compose": "/posts/pst_5/compose",
    "/posts/{post}/compose/preview": "/posts/pst_5/compose/preview",
    "/posts/{post}/revisions/{number}/restore": "/posts/pst_5/revisions/1/restore",
    "/posts/{post}/{deed}": "/posts/pst_3/approve",
    "/review/{post}/{deed}": "/review/pst_3/approve",
    "/deputies": "/deputies",
    "/settings/type": "/settings/type",
    "/password": "/password",
    "/password/sign-out": "/password/sign-out",
    "/people": "/people",
    "/people/{login}/handover": "/people/wang/handover",
    "/people/{login}/{deed}": "/people/wang/disable",
    "/departments": "/departments",
    "/departments/{department}/end": "/departments/water/end",
    "/deputies/{deputy}/end": "/deputies/dep_1/end",
    "/calendar/export": "/calendar/export",
    "/calendar/{post}": "/calendar/pst_4",
    "/compliance/export": "/compliance/export",
    "/coverage/export": "/coverage/export",
    "/failures/export": "/failures/export",
    "/ledger/export": "/ledger/export",
    "/statistics/export": "/statistics/export",
    "/accounts/new": "/accounts/new",
    "/accounts/{account}/edit": "/accounts/acc_4/edit",
    "/accounts/{account}/off": "/accounts/acc_4/off",
    "/accounts/{account}/{deed}": "/accounts/acc_4/basis",
    "/replies/export": "/replies/export",
    "/replies/set-aside": "/replies/set-aside",
    "/replies/take-up": "/replies/take-up",
    "/cases/export": "/cases/export",
    "/rules/new": "/rules/new",
    "/rules/{rule}": "/rules/rule_1",
    "/replies/{reply}/open-case": "/replies/rpy_1/open-case",
    "/replies/{reply}/attachment": "/replies/rpy_1/attachment",
    "/replies/{reply}/{deed}": "/replies/rpy_1/answer",
    "/cases/new": "/cases/new",
    "/cases/{case}/{deed}": "/cases/case_1/confirm",
    "/imports": "/imports",
    "/topics/alerts/{alert}/{deed}": "/topics/alerts/alr_1/dismiss",
    "/topics/records/{case}/{deed}": "/topics/records/case_1/stage",
    "/topics/media": "/topics/media",
    "/topics/briefs/{monday}/export": "/topics/briefs/2026-11-16/export",
    "/imports/{import}/take": "/imports/imp_1/take",
    "/questions/{question}/{deed}": "/questions/qst_1/answer",
    "/demands/{demand}/{deed}": "/demands/dem_1/decline",
    "/my/notices/read": "/my/notices/read",
    "/my/notices/wishes": "/my/notices/wishes",
    "/my/notices/{notice}/read": "/my/notices/pnt_1/read",
    "/stop": "/stop",
    "/lift": "/lift",
    "/quiet": "/quiet",
    "/retention": "/retention",
    "/import-profiles": "/import-profiles",
    "/topics/rules": "/topics/rules",
    "/quiet/{period}/end": "/quiet/qui_1/end",
    "/doubts/{post}/{deed}": "/doubts/pst_2/retry",
    "/outages/{outage}/settle": "/outages/out_1/settle",
    "/emergency/{release}/publish": "/emergency/rel_e/publish",
}
HOSTILE = "<script>alert('1')</script>\"><img src=x onerror=alert(2)>"


def test_every_form_is_tried_below() -> None:
    """A new form joins the test of tokens."""
    assert set(ADDRESSES) == {*FORMS, *UPLOADS}


@pytest.mark.parametrize("address", [*ADDRESSES.values(), "/logout"])
@pytest.mark.parametrize("token", ["", "guessed", "密码"])
def test_a_form_without_its_token_changes_nothing(
    seen: Desk, looker: Browser, address: str, token: str
) -> None:
    """Another site can send the cookie but not the token."""
    with seen.storage.look() as uow:
        deeds = uow.audit.length()

    response = looker.post(address, data={"csrf": token, "account": "*"})

    assert response.status_code == 403
    assert looker.get("/settings").status_code == 200
    with seen.storage.look() as uow:
        assert uow.audit.length() == deeds
        assert not uow.stops.everything_is_stopped()
        assert uow.posts.get(PostId("pst_3")).state is PostState.IN_REVIEW
        assert uow.answers.of_replies([ReplyId("rpy_1")]) == []


@pytest.mark.parametrize(
    "header", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}]
)
def test_a_form_from_another_site_is_refused(busy: Desk, header: dict[str, str]) -> None:
    """Even with the right token, and before anybody is asked to sign in."""
    browser = busy.signed_in("wang", *Role)
    csrf = token_on(browser, "/settings")

    signed_in = browser.post("/stop", data={"csrf": csrf, "account": "*"}, headers=header)
    stranger = busy.visitor().post("/stop", data={"account": "*"}, headers=header)

    assert signed_in.status_code == stranger.status_code == 403
    with busy.storage.begin() as uow:
        assert not uow.stops.everything_is_stopped()


def test_a_huge_form_is_refused(busy: Desk) -> None:
    """Memory is not for strangers."""
    response = busy.visitor().post("/stop", content=b"a=" + b"x" * LARGEST_FORM_BYTES)

    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/", "/login", "/releases", "/nowhere"])
def test_pages_allow_no_script_or_style_but_ours(looker: Browser, path: str) -> None:
    """No inline script, no inline style, no frame around us."""
    response = looker.get(path)
    policy = response.headers["content-security-policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"


def test_a_preview_lives_in_a_sandbox_of_its_own(busy: Desk) -> None:
    """The frame and the page itself both forbid script, forms and our session."""
    browser = busy.signed_in("wang", Role.WRITER)

    page, preview = browser.get("/posts/pst_3").text, browser.get("/posts/pst_3/preview")

    assert '<iframe class="preview-frame" sandbox src="/posts/pst_3/preview"' in page
    policy = preview.headers["content-security-policy"]
    assert policy.endswith("sandbox")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_hostile_text_is_shown_as_text(desk: Desk) -> None:
    """Titles, names, messages and search words cannot become markup anywhere."""
    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        content = make.content(title=HOSTILE, issuing_bodies=(HOSTILE,), document_number=HOSTILE)
        uow.releases.add(make.release(content=content))
        uow.accounts.add(make.account(name=HOSTILE), "{}")
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post(state=PostState.HELD, hold_reason=HOSTILE))
        said = make.incoming(text=HOSTILE, sender_name=HOSTILE)
        uow.replies.store([make.reply(incoming=said)])
        uow.commit()
    browser = desk.signed_in("wang", *Role)

    paths = ["/", "/releases", "/releases/rel_1", "/releases/rel_1/text", "/posts/pst_1"]
    paths += [
        "/coverage",
        "/calendar?day=2026-11-23",
        "/calendar/pst_1",
        "/replies",
        "/replies/rpy_1",
        "/accounts",
        "/stop",
    ]
    for path in [*paths, f"/releases?q={HOSTILE}", f"/replies?q={HOSTILE}"]:
        page = browser.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_a_link_that_is_not_http_is_not_a_link(desk: Desk) -> None:
    """A source's `javascript:` address is never put into an href."""
    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release(content=make.content(source_url="javascript:alert(1)")))
        uow.commit()

    page = desk.signed_in("wang", *Role).get("/releases/rel_1/text").text

    assert "javascript:" not in page


def test_a_kept_form_comes_back_with_its_refusal(busy: Desk) -> None:
    """Returning without a reason says so, and a wrong link stays in its field."""
    browser = busy.signed_in("wang", *Role)

    no_reason = send(browser, "/posts/pst_3/return", reason=" ")
    bad_url = send(browser, "/posts/pst_2/adopt", url="公众号文章")

    assert no_reason.status_code == bad_url.status_code == 422
    assert "请写明退回的原因" in no_reason.text
    assert 'value="公众号文章"' in bad_url.text
    assert 'href="#url"' in bad_url.text
