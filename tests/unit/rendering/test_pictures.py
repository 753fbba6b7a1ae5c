"""Pictures of documents: fetched once for a while, kept by content, faults named."""

import pytest

from bot.domain.releases.document import Image
from bot.rendering.fitting import PictureFault, PictureRules
from bot.rendering.pictures import TRUSTED_SECONDS, PictureDesk

from .samples import MemoryMedia, Web, a_png

RULES = PictureRules(most_bytes=200 * 1024)


def test_a_picture_is_fetched_once() -> None:
    """Drawing a post again asks nobody again."""
    url = "https://www.yunling.example/p.png"
    web, media = Web({url: a_png()}), MemoryMedia()
    desk = PictureDesk(media, web)

    first = desk.prepare(Image(url, alt="图"), RULES).picture
    second = desk.prepare(Image(url, caption="说明", credit="市民政局"), RULES).picture

    assert web.asked == [url]
    assert first.sha256 == second.sha256
    assert (first.alt, second.alt, second.credit) == ("图", "说明", "市民政局")
    assert media.get(first.sha256) == a_png()


def test_an_address_is_asked_again_after_a_while() -> None:
    """A corrected picture may stand under the old address."""
    url, now = "https://www.yunling.example/p.png", [0.0]
    web = Web({url: a_png()})
    desk = PictureDesk(MemoryMedia(), web, now=lambda: now[0])
    first = desk.prepare(Image(url), RULES).picture
    web.pages[url] = a_png(colour="teal")
    now[0] = TRUSTED_SECONDS - 1
    same = desk.prepare(Image(url), RULES).picture
    now[0] = TRUSTED_SECONDS + 1

    changed = desk.prepare(Image(url), RULES).picture

    assert first.sha256 == same.sha256 != changed.sha256
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (Image("file:///etc/passwd"), "不是 http"),
        (Image("https://www.yunling.example/none.png"), "没有这张图片"),
        (Image("https://a.example/1.png", sha256="0" * 64), "存储中没有"),
    ],
    ids=["scheme", "absent", "lost"],
)
def test_a_picture_that_cannot_be_had_says_why(image: Image, reason: str) -> None:
    """The reason goes into the note about the picture."""
    with pytest.raises(PictureFault, match=reason):
        PictureDesk(MemoryMedia(), Web()).prepare(image, RULES)
