"""The words of a post with the names of those behind it, where it has places for them (署名)."""

from bot.domain.posts.colophon import asks_for_names, hands_in, signed_off
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.post import Post
from bot.ports.storage import UnitOfWork


def sign_off(
    uow: UnitOfWork, post: Post, content: DraftContent, *, unknown: str = ""
) -> DraftContent:
    """What goes out of `content`; nobody is looked up where no name is asked for. `unknown`
    stands in a preview where somebody has still to take a step."""
    if not asks_for_names(content):
        return content
    names = {person.login: person.name for person in uow.people.users()}
    return signed_off(content, hands_in(post, names), unknown=unknown)
