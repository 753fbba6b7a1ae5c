"""Ask the sites that a post links to whether they answer, through the guarded fetch."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.links import why_broken
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.checks.links import Link, links_of
from bot.ports.fetching import Fetcher, FetchError
from bot.ports.storage import Storage

LARGEST = 20 * 1024 * 1024
"""Bytes; what a reader opens may be a long document."""


@dataclass(frozen=True)
class Reached:
    """A link of a post; `fault` says in Chinese why it cannot be opened, empty when it can."""

    link: Link
    fault: str


def reach_links(
    post_id: PostId, *, actor: Actor, storage: Storage, fetcher: Fetcher, allowed: bool
) -> Sequence[Reached]:
    """Every link of the post as it is now; each address is asked for once. Nothing is stored.
    `allowed` is the office's setting that such requests may leave.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the setting does not allow it.
    """
    actor.require(Permission.READ)
    if not allowed:
        said = "没有开启链接检查，不向外发出请求；系统管理员可以设置 TONGBU_CHECK_LINKS=true"
        raise InvalidInput([Problem("links", said)])
    with storage.look() as uow:
        links = links_of(uow.posts.get(post_id).draft.content)
    faults = {one: _fault(one, fetcher) for one in dict.fromkeys(link.address for link in links)}
    return [Reached(link, faults[link.address]) for link in links]


def _fault(address: str, fetcher: Fetcher) -> str:
    if broken := why_broken(address):
        return broken
    try:
        fetcher.fetch(address, max_bytes=LARGEST)
    except FetchError as error:
        return str(error)
    return ""
