"""A post of a list in the words of staff, where it stands in a file."""

from bot.console.words.names import name_of
from bot.console.words.states import standing
from bot.domain.accounts.account import Mode
from bot.domain.posts.post import PostKind
from bot.exports.posts import PostWords
from bot.ports.overview import PostRow


def words_of(row: PostRow) -> PostWords:
    """Its state, its kind and how its account publishes."""
    return PostWords(
        state=standing(row.state, row.delivery_state).text,
        kind=name_of(PostKind, row.kind),
        mode=name_of(Mode, row.mode),
    )
