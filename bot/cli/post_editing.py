"""`tongbu post edit`, `blocks`, `revisions`, `restore`, `repair`: a post's words at the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.ids import PostId
from bot.domain.posts.edits import BlockEdit

Id = Annotated[str, typer.Argument(metavar="ID")]


def blocks(post_id: Id, as_json: AsJson = False) -> None:
    """The approved text block by block, with the names that `edit` takes, and what it says now."""
    from bot.domain.posts.editing import source_blocks
    from bot.domain.posts.repairing import words_now
    from bot.usecases.posts.revising import take_up

    taken = take_up(PostId(post_id), open_house().posts)
    rows = [
        (str(each.key), each.words, words_now(each, taken.post.edits))
        for each in source_blocks(taken.release.content)
    ]
    if as_json:
        print_json([dict(zip(("block", "approved", "now"), row, strict=True)) for row in rows])
        return
    shown = [(key, words, "" if now == words else now or "(left out)") for key, words, now in rows]
    print_table(("block", "approved", "edited"), shown)


def edit(
    post_id: Id,
    *,
    article: Annotated[int, typer.Option(min=1, help="Which article, from 1.")] = 1,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    digest: Annotated[str | None, typer.Option(help="Its digest.")] = None,
    author: Annotated[str | None, typer.Option(help="Its author.")] = None,
    cover: Annotated[str | None, typer.Option(help="What its drawn cover says.")] = None,
    text: Annotated[
        Path | None, typer.Option(help="A file with the text of a post or picture message.")
    ] = None,
    block: Annotated[
        list[str] | None,
        typer.Option(help="0-12=WORDS: other words for a block; 0-12= leaves it out."),
    ] = None,
) -> None:
    """Change fields and blocks: a new draft, which a second person must review."""
    from bot.domain.posts.edits import OWN_TEXT, Field, FieldEdit, fields_of
    from bot.usecases.posts.edit_post import edit_post

    house = open_house()
    with house.storage.begin() as uow:
        seen = uow.posts.get(PostId(post_id))
    edits = seen.edits
    given = {Field.TITLE: title, Field.DIGEST: digest, Field.AUTHOR: author, Field.COVER: cover}
    for field, words in given.items():
        if words is not None:
            edits = edits.with_field(FieldEdit(field, words, article - 1))
    if text is not None:
        has_own = (OWN_TEXT, Field.TEXT) in fields_of(seen.draft.content)
        number = OWN_TEXT if has_own else article - 1
        edits = edits.with_field(FieldEdit(Field.TEXT, text.read_text(encoding="utf-8"), number))
    for each in block or []:
        edits = edits.with_block(_block(each))
    edited = edit_post(
        seen.id, edits, content_hash=seen.content_hash, actor=operator(), tools=house.posts
    )
    typer.echo(f"{edited.id}: revision {edited.revision}, {edited.state.value}")


def _block(given: str) -> BlockEdit:
    name, parted, words = given.partition("=")
    part, _, number = name.partition("-")
    if not parted or not (part.isdecimal() and number.isdecimal()):
        raise typer.BadParameter(f"{given}: say BLOCK=WORDS, with a name from `tongbu post blocks`")
    return BlockEdit(int(part), int(number), "", words)


def revisions(post_id: Id, as_json: AsJson = False) -> None:
    """Former drafts, the newest first."""
    with open_house().storage.begin() as uow:
        found = uow.revisions.of_post(PostId(post_id), limit=100)
    if as_json:
        print_json(found)
        return
    rows = [(each.number, each.kept_at, each.approved_by, each.replaced_by) for each in found]
    print_table(("revision", "kept", "approved by", "replaced by"), rows)


def restore(
    post_id: Id, number: Annotated[int, typer.Argument(min=1, help="Which revision.")]
) -> None:
    """Make the words of a former draft the post's next one."""
    from bot.usecases.posts.restore_revision import restore_revision

    house = open_house()
    with house.storage.begin() as uow:
        seen = uow.posts.get(PostId(post_id))
    restored = restore_revision(
        seen.id, number, content_hash=seen.content_hash, actor=operator(), tools=house.posts
    )
    typer.echo(f"{restored.id}: revision {restored.revision}, {restored.state.value}")


def repair(
    post_id: Id,
    finding: Annotated[int, typer.Argument(min=1, help="Its number in `tongbu post show`.")],
) -> None:
    """Put the right words where a finding is sure of them."""
    from bot.usecases.posts.repair_finding import repair_finding

    house = open_house()
    with house.storage.begin() as uow:
        seen = uow.posts.get(PostId(post_id))
    mended = repair_finding(
        seen.id, finding - 1, content_hash=seen.content_hash, actor=operator(), tools=house.posts
    )
    typer.echo(f"{mended.id}: revision {mended.revision}, {mended.state.value}")


COMMANDS = (blocks, edit, revisions, restore, repair)
