"""A post of a list in the words of staff, where it stands in a file."""

from bot.console.words.names import name_of
from bot.console.words.people import PeopleNames
from bot.console.words.states import standing
from bot.domain.accounts.account import Mode
from bot.domain.posts.post import PostKind
from bot.exports.posts import PostWords
from bot.ports.overview import PostRow


def words_of(row: PostRow, names: PeopleNames) -> PostWords:
    """Its state, its kind, how its account publishes, and who wrote and approved it."""
    return PostWords(
        state=standing(row.state, row.delivery_state).text,
        kind=name_of(PostKind, row.kind),
        mode=name_of(Mode, row.mode),
        approver=names(row.approved_by),
        writer=names(row.keeper),
    )
