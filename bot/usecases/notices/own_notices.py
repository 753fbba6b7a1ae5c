"""What a person sees of their own notices, and says about how they wish to be told."""

import re
from collections.abc import Sequence

from bot.domain.errors import InvalidInput, Problem
from bot.domain.notices.channel import ChannelKind, NoticeChannel
from bot.domain.notices.personal import PersonalNotice, Wishes
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.people.change_user import user_named

MOST = 100
LONGEST_ADDRESS = 64
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_ID = re.compile(r"[\w.@-]+")
_EVERYBODY = frozenset({"all", "everyone", "所有人"})
"""What robots take for the whole group."""


def see_own_notices(actor: Actor, storage: Storage) -> Sequence[PersonalNotice]:
    """Their own, the newest first.

    Raises:
        NotAllowed.
    """
    actor.require(Permission.READ)
    with storage.look() as uow:
        return uow.personal.of(actor.name, limit=MOST)


def mark_read(actor: Actor, storage: Storage, *, notice: str = "") -> None:
    """They have read this one of theirs, or all of them.

    Raises:
        NotAllowed.
    """
    actor.require(Permission.READ)
    with storage.begin() as uow:
        uow.personal.mark_read(actor.name, notice=notice)
        uow.commit()


def wishes_of(actor: Actor, storage: Storage) -> tuple[Wishes, Sequence[NoticeChannel]]:
    """What they wish now, and the channels there are.

    Raises:
        NotAllowed.
    """
    actor.require(Permission.READ)
    with storage.look() as uow:
        wishes = uow.personal.wishes([actor.name]).get(actor.name, Wishes(actor.name))
        return wishes, _ways(uow)


def set_wishes(wishes: Wishes, *, actor: Actor, storage: Storage) -> None:
    """Be told so from now on; what waits in the outbox already goes as it was wished then.

    Raises:
        NotAllowed: they are somebody else's.
        InvalidInput: kinds without a channel, or an address that is none there.
    """
    actor.require(Permission.READ)
    with storage.begin() as uow:
        channel = next((one for one in _ways(uow) if one.id == wishes.channel), None)
        problems = _problems(wishes, channel)
        if problems:
            raise InvalidInput(problems)
        uow.personal.save_wishes(wishes)
        uow.audit.write(
            actor=actor.name,
            action="user.notices_wished",
            object_kind="user",
            object_id=user_named(uow, actor.name).id,
            details={"kinds": ",".join(sorted(wishes.kinds)), "channel": wishes.channel},
        )
        uow.commit()


def _ways(uow: UnitOfWork) -> Sequence[NoticeChannel]:
    return [one for one in uow.notices.channels() if one.enabled]


def _problems(wishes: Wishes, channel: NoticeChannel | None) -> Sequence[Problem]:
    if not wishes.kinds and not wishes.channel:
        return ()
    if channel is None:
        return [Problem("channel", "请选择通过哪个渠道告诉您；没有渠道时请联系系统管理员添加")]
    is_email = channel.kind is ChannelKind.EMAIL
    fits = (_EMAIL if is_email else _ID).fullmatch(wishes.address)
    is_one = wishes.address.strip("@").lower() not in _EVERYBODY
    if fits and is_one and len(wishes.address) <= LONGEST_ADDRESS:
        return ()
    if is_email:
        return [Problem("address", "请填写您的邮箱，例如 zhang@example.gov.cn")]
    return [Problem("address", "请填写您在群里的账号或手机号，机器人用它提到您")]
