"""Every family of Weibo's refusals on every route: what becomes of the post, what staff read."""

from dataclasses import dataclass

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.ids import AccountId
from bot.domain.permissions import Actor
from bot.domain.posts.draft import DraftContent
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.media import MediaStore
from bot.sandbox.faults import Fault, FaultKind
from bot.usecases.accounts.end_trouble import resume_account
from tests.fakes.vault import OpenVault
from tests.integration.publishing.killing import Fuse
from tests.integration.publishing.routes import APP_KEY, WAYS, WORDS, Way
from tests.integration.publishing.town import Town, town

OPERATOR = Actor("cli:anna", is_operator=True)


class CommercialWay(Way):
    """A short post by the commercial host."""

    def content(self, media: MediaStore) -> DraftContent:
        return DraftContent(text=WORDS)


SHARE, ARTICLE = WAYS["weibo share"], WAYS["weibo article"]
COMMERCIAL = CommercialWay(PlatformName.WEIBO, Mode.COMMERCIAL, "/2/statuses/update/biz.json")


@dataclass(frozen=True)
class Case:
    """A code met once at the accepting call: how the post ends, whether the call was made again,
    and words that the reason holds."""

    code: int
    end: DeliveryState
    calls: int
    says: str = ""
    message: str = ""


H, D = DeliveryState.HELD, DeliveryState.DELIVERED
EVERYWHERE = (
    Case(10004, H, 1, "安全 IP"),
    Case(10014, H, 1, "权限"),
    Case(10016, H, 1, "缺少必填参数"),
    # The calls come back at midnight, when the post is too late to go out by itself.
    Case(10023, H, 1, "已超过定时"),
    Case(20015, H, 1, "暂时限制"),
    Case(20031, H, 1, "验证码"),
    Case(21321, H, 1, "没有通过审核"),
    Case(21327, H, 1, "授权已过期"),
    Case(21332, H, 1, "授权无效"),
    Case(29999, H, 1, "没有收录"),
)
POSTING = (
    Case(10017, H, 1, "安全域名", "text not find domain!"),
    Case(10017, H, 1, "没有登记", "appkey not bind domain!"),
    Case(20012, H, 1, "140 字"),
    Case(20016, H, 1, "已超过定时"),
    Case(20018, H, 1, "链接"),
    Case(20020, H, 1, "广告"),
    Case(20021, H, 1, "不允许发布的词句"),
    Case(20019, H, 1, "不会自动重发"),
    Case(20017, H, 1, "不会自动重发"),
    Case(20111, H, 1, "不会自动重发"),
)
ON_SHARE = (
    # Nobody says that nothing was done: looked for, proven absent, then sent.
    Case(10001, D, 2),
    Case(10011, D, 2),
)
ON_ARTICLE = (
    Case(10001, H, 1, "不会自动重发"),
    Case(10008, H, 1, "标题", "param title invalid"),
    Case(10008, H, 1, "封面", "param cover invalid"),
    Case(11001, H, 1, "已超过定时"),
    Case(11002, H, 1, "只发出了一部分"),
    Case(11003, H, 1, "只发出了一部分"),
)
ROUTES = {
    "share": (SHARE, (*EVERYWHERE, *POSTING, *ON_SHARE)),
    "commercial": (COMMERCIAL, (*EVERYWHERE, *POSTING, Case(10001, H, 1, "不会自动重发"))),
    "article": (ARTICLE, (*EVERYWHERE, *ON_ARTICLE)),
}


@pytest.mark.parametrize(("way", "cases"), ROUTES.values(), ids=ROUTES.keys())
def test_every_family_ends_truly_and_once(
    way: Way, cases: tuple[Case, ...], sqlite_url: str
) -> None:
    """Held with its cause in Chinese, or published; never twice."""
    with town(way, sqlite_url, accounts=len(cases)) as place:
        place.platform.act("set_app_level", app_key=APP_KEY, level="commercial")
        wrong = [_wrong(place, way, number, case) for number, case in enumerate(cases, 1)]

    assert [one for one in wrong if one] == []


def _wrong(place: Town, way: Way, number: int, case: Case) -> str:
    post, account = place.order_post(number), f"a{number}"
    place.platform.add_fault(
        Fault(FaultKind.ERROR, way.accepting, account, code=case.code, message=case.message)
    )

    end = place.work(post, Fuse())

    calls = len(place.platform.calls(way.accepting, account))
    is_right = (end.state, calls, place.effects(post)) == (case.end, case.calls, case.end is D)
    if is_right and case.says in end.hold_reason:
        return ""
    return f"{case.code}: {end.state}, {calls} calls, {end.hold_reason}"


@pytest.mark.parametrize(
    "way", [SHARE, COMMERCIAL, ARTICLE], ids=["share", "commercial", "article"]
)
def test_a_post_accepted_late_is_done_when_it_appears(way: Way, sqlite_url: str) -> None:
    """20032 on every route: no second call, and its address is learnt."""
    with town(way, sqlite_url, accounts=1) as place:
        place.platform.act("set_app_level", app_key=APP_KEY, level="commercial")
        post = place.order_post(1)
        place.platform.act("delay_next_post", account="a1", seconds=90)

        end = place.work(post, Fuse())

        assert end.state is D, end.hold_reason
        assert len(place.platform.calls(way.accepting, "a1")) == 1
        assert end.receipt is not None
        assert end.receipt.urls


@pytest.mark.parametrize(("deed", "undo"), [("revoke_tokens", None), ("freeze", "unfreeze")])
def test_a_revoked_or_frozen_account_keeps_its_post_until_it_may_go_on(
    deed: str, undo: str | None, sqlite_url: str
) -> None:
    """The platform's own doing, seen through the real database; then it goes out once."""
    with town(SHARE, sqlite_url, accounts=1) as place:
        post = place.order_post(1)
        place.platform.act(deed, account="a1")
        held = place.work(post, Fuse())
        with place.storage.begin() as uow:
            trouble = uow.accounts.trouble(AccountId("acc_1"))

        if undo is not None:
            place.platform.act(undo, account="a1")
        else:
            _authorise_again(place)
        resumed = resume_account("a1", actor=OPERATOR, storage=place.storage)
        end = place.work(post, Fuse())

        assert held.state is H
        assert trouble is not None
        assert trouble.in_words in held.hold_reason
        assert (resumed, end.state, place.effects(post)) == (1, D, 1)


def _authorise_again(place: Town) -> None:
    """As connecting does: another token among what the adapter opens."""
    token = place.platform.act("issue_token", account="a1")["access_token"]
    with place.storage.begin() as uow:
        sealed = uow.accounts.sealed_secrets(AccountId("acc_1"))
        known = OpenVault().open(sealed)
        uow.accounts.save_secrets(
            AccountId("acc_1"), OpenVault().seal(known | {"access_token": token})
        )
        uow.commit()


def test_a_token_that_dies_within_a_rollout_stops_one_account_only(sqlite_url: str) -> None:
    """The other members of the release go out; the one waits with its reason."""
    with town(SHARE, sqlite_url, accounts=3) as place:
        posts = [place.order_post(number) for number in (1, 2, 3)]
        place.platform.act("revoke_tokens", account="a2")

        ends = [place.work(post, Fuse()) for post in posts]

        assert [end.state for end in ends] == [D, H, D]
        assert "授权" in ends[1].hold_reason
        assert [place.effects(post) for post in posts] == [1, 0, 1]
