"""已更正: posts of a release whose correction is public, with the post that corrects them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.domain.releases.correction import OutPost, correcting_versions, replaced_by
from bot.domain.releases.release import Release
from bot.ports.overview import PostRow

REPLACED = Word("已更正", Tone.QUIET)


@dataclass(frozen=True)
class Replaced:
    """A post and the one that corrects it."""

    post: PostRow
    by: PostRow


def replaced_posts(
    visit: Visit, release: Release, posts: Sequence[PostRow]
) -> Mapping[str, Replaced]:
    """By the ids of the posts that were corrected; nothing is read of a release that never
    changed."""
    rows = {row.id: row for row in posts if row.accepted_at is not None}
    if release.version == 1 or not rows:
        return {}
    with visit.tools.storage.look() as uow:
        versions = range(1, release.version + 1)
        said = [uow.releases.get(release.id, version=n).content.correction for n in versions]
        correcting = correcting_versions(said)
        mine = uow.posts.of_release(release.id) if correcting else ()
    out = [
        OutPost(post.id, post.account, post.release_version, row.accepted_at)
        for post in mine
        if (row := rows.get(post.id)) and row.accepted_at
    ]
    found = replaced_by(out, correcting)
    return {post: Replaced(rows[post], rows[by.post]) for post, by in found.items()}
