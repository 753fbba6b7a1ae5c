"""Edits of a post carried into the post of a new version of its release."""

from dataclasses import replace

from bot.domain.accounts.account import Account
from bot.domain.posts.draft import Draft
from bot.domain.posts.editing import rebased
from bot.domain.posts.edits import BlockEdit, Edits, Field, FieldEdit, fields_of
from bot.domain.posts.post import PostKind
from bot.domain.releases.related import NOTHING_BESIDE, Beside
from bot.domain.releases.release import Release
from bot.domain.text import clip
from bot.usecases.posts.render_draft import draw_edited
from bot.usecases.posts.tools import PostTools

_SHOWN = 30
_NAMES = {
    Field.TITLE: "标题",
    Field.DIGEST: "摘要",
    Field.AUTHOR: "作者",
    Field.COVER: "封面文字",
    Field.TEXT: "正文",
}


def draw_carried(
    release: Release,
    account: Account,
    edits: Edits,
    *,
    kind: PostKind,
    template: str,
    tools: PostTools,
    beside: Beside = NOTHING_BESIDE,
) -> tuple[Draft, Edits]:
    """The draft with as many of `edits` as the release still has the words for. A field is
    carried where the templates write what they wrote before; what is lost is told in the notes."""
    moved, lost = rebased(edits, release.content)
    covers = tuple(each for each in edits.fields if each.field is Field.COVER)

    def drawn(wanted: Edits) -> tuple[Draft, Edits]:
        return draw_edited(
            release, account, wanted, kind=kind, template=template, tools=tools, beside=beside
        )

    draft, kept = drawn(replace(moved, fields=covers))
    now = fields_of(draft.content)
    fields = [each for each in edits.fields if now.get(each.place) == each.was]
    gone = [each for each in edits.fields if each not in fields and each not in covers]
    if fields:
        draft, kept = drawn(replace(moved, fields=(*covers, *fields)))
    notes = (*draft.notes, *map(_lost_block, lost), *map(_lost_field, gone))
    return replace(draft, notes=notes), kept


def _lost_block(edit: BlockEdit) -> str:
    return f"新版本里没有“{clip(edit.was, _SHOWN)}”这一段，对它的改动没有带入，请核对"


def _lost_field(edit: FieldEdit) -> str:
    place = f"第 {edit.article + 1} 篇的" if edit.article >= 0 else ""
    said = clip(edit.text, _SHOWN)
    return f"新版本的{place}{_NAMES[edit.field]}与原来不同，改过的“{said}”没有带入，请核对"
