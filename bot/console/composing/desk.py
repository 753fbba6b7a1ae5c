"""What the page shows of a sheet: fields with their counts, blocks beside the approved words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.console.composing.sheet import Place, Sheet, field_name
from bot.console.findings import Shown, findings_of
from bot.domain.permissions import Actor
from bot.domain.posts.counting import Count, counts_of
from bot.domain.posts.differences import Stretch, stretches
from bot.domain.posts.draft import Draft
from bot.domain.posts.editing import SourceBlock, parts_of, source_blocks
from bot.domain.posts.edits import OWN_TEXT, BlockKey, Edits, Field
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import Post
from bot.domain.posts.repairing import Spot, spot_of
from bot.domain.releases.release import ReleaseContent

LABELS: Mapping[Field, str] = {
    Field.TITLE: "标题",
    Field.DIGEST: "摘要",
    Field.AUTHOR: "作者",
    Field.COVER: "封面文字",
    Field.TEXT: "正文",
}


@dataclass(frozen=True)
class Finding:
    """A finding with the place it speaks of; `anchor` is that place's id on the page, if it is
    there."""

    shown: Shown
    spot: Spot
    anchor: str

    @property
    def can_be_repaired(self) -> bool:
        """Whether one click puts it right."""
        violation = self.shown.violation
        return bool(violation.repair and violation.quote and self.anchor)


@dataclass(frozen=True)
class FieldView:
    """One field. `was` is what the template wrote, where somebody changed it; `theirs` what
    a colleague saved meanwhile."""

    place: Place
    text: str
    count: Count | None
    was: str | None
    findings: Sequence[Finding]
    theirs: str | None

    @property
    def name(self) -> str:
        return field_name(self.place)

    @property
    def id(self) -> str:
        return field_id(self.place)

    @property
    def kind(self) -> Field:
        return self.place[1]

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True)
class ArticleView:
    """The fields of one article, or of the post's own text; `body` counts what it has inside."""

    number: int
    fields: Sequence[FieldView]
    body: Count | None


@dataclass(frozen=True)
class BlockView:
    """One opened block: the approved words, what stands there now, and what is different."""

    source: SourceBlock
    text: str
    change: Sequence[Stretch]
    findings: Sequence[Finding]
    theirs: str | None

    @property
    def is_changed(self) -> bool:
        return self.text != self.source.words

    @property
    def is_left_out(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class PartView:
    """One part of the approved text, its blocks each with whether a finding speaks of it."""

    title: str
    blocks: Sequence[tuple[SourceBlock, bool]]


@dataclass(frozen=True)
class Desk:
    """A sheet beside everything it is held against."""

    post: Post
    draft: Draft
    edits: Edits
    sheet: Sheet
    content: ReleaseContent
    limits: Limits
    actor: Actor
    theirs: Mapping[str, str]

    @property
    def is_changed(self) -> bool:
        """Whether there is something to be saved."""
        return (self.draft.content, self.edits) != (self.post.draft.content, self.post.edits)

    @property
    def in_the_way(self) -> int:
        """How many findings keep the post from being submitted."""
        return sum(violation.is_in_the_way for violation in self.draft.violations)

    def findings(self) -> Sequence[Finding]:
        """Every finding with its place, those in the way first."""
        return [self._finding(shown) for shown in findings_of(self.post, self.actor, self.draft)]

    def _finding(self, shown: Shown) -> Finding:
        spot = spot_of(shown.violation, self.content, self.edits)
        return Finding(shown, spot, self._anchor(spot))

    def _anchor(self, spot: Spot) -> str:
        if spot.field is not None:
            place = (spot.article, spot.field)
            return field_id(place) if place in self.sheet.fields else ""
        opened = [key for key in spot.blocks if key in self.sheet.blocks]
        if opened:
            return f"b-{opened[0]}"
        return f"s-{spot.blocks[0]}" if spot.blocks else ""

    def articles(self, findings: Sequence[Finding]) -> Sequence[ArticleView]:
        """The post's own text first, then its articles."""
        counts = {
            (each.article, each.field): each for each in counts_of(self.draft.content, self.limits)
        }
        places: dict[int, list[Place]] = {}
        for place in self.sheet.fields:
            places.setdefault(place[0], []).append(place)
        return [
            ArticleView(
                number,
                [self._field(p, counts.get((p[0], p[1].value)), findings) for p in places[number]],
                counts.get((number, "html")),
            )
            for number in sorted(places)
        ]

    def _field(self, place: Place, count: Count | None, findings: Sequence[Finding]) -> FieldView:
        edit = self.edits.field(*place)
        return FieldView(
            place=place,
            text=self.sheet.fields[place],
            count=count,
            was=edit.was if edit and place[1] is not Field.COVER else None,
            findings=[each for each in findings if each.anchor == field_id(place)],
            theirs=self.theirs.get(field_name(place)),
        )

    def blocks(self, findings: Sequence[Finding]) -> Sequence[BlockView]:
        """The opened blocks in the order of the text."""
        sources = {each.key: each for each in source_blocks(self.content)}
        return [
            BlockView(
                source=sources[key],
                text=self.sheet.blocks[key],
                change=stretches(sources[key].words, self.sheet.blocks[key].strip("\n ")),
                findings=[each for each in findings if key in each.spot.blocks],
                theirs=self.theirs.get(f"b.{key}"),
            )
            for key in sorted(self.sheet.blocks)
            if key in sources
        ]

    def parts(self, findings: Sequence[Finding]) -> Iterator[PartView]:
        """The approved text, part by part."""
        spoken_of = {key for each in findings for key in each.spot.blocks}
        blocks = source_blocks(self.content)
        for number, (title, _) in enumerate(parts_of(self.content)):
            mine = [each for each in blocks if each.key.part == number]
            yield PartView(title, [(each, each.key in spoken_of) for each in mine])


def field_id(place: Place) -> str:
    """The id of a field on the page."""
    return f"f-{'own' if place[0] == OWN_TEXT else place[0]}-{place[1].value}"


def block_words(content: ReleaseContent, key: BlockKey) -> str | None:
    """The approved words of a block; None where there is none."""
    return next((each.words for each in source_blocks(content) if each.key == key), None)
