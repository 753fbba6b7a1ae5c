"""What a platform lets a post be, as numbers the templates can obey."""

from dataclasses import dataclass

from bot.domain.posts.draft import CoverShape


@dataclass(frozen=True)
class Limits:
    """Limits of one account in one mode. Character counts are code points unless said.

    `text_units` counts as the platform counts (`weibo_length`); 0 means no short text.
    `picture_address` is how long a picture's address may become in a body that is counted as
    sent; 0: as long as ours. `gallery_pictures` are those of a picture message; 0 means that
    there are none. Without `cover_shapes` a cover is shown as it is.
    """

    articles: int = 0
    title: int = 0
    digest: int = 0
    author: int = 0
    html: int = 0
    html_bytes: int = 0
    picture_address: int = 0
    text_units: int = 0
    text_needs_link: bool = False
    text_allows_topic: bool = True
    pictures: int = 0
    picture_bytes: int = 0
    picture_types: tuple[str, ...] = ("image/jpeg", "image/png")
    cover_bytes: int = 0
    cover_shapes: tuple[CoverShape, ...] = ()
    gallery_pictures: int = 0
    gallery_text_bytes: int = 0
    safe_domains: tuple[str, ...] = ()
    links_survive: bool = False
