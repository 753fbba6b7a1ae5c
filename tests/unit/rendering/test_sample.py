"""The invented policy of the gallery can be drawn with every template there is."""

from itertools import product

from bot.domain.posts.sample import KINDS, sample_release
from tests import factories as make

from .samples import HEADLINE_LIMITS, WECHAT, WECHAT_LIMITS, WEIBO, a_renderer


def test_every_template_draws_the_sample() -> None:
    """Something to look at, without a picture that would have to be fetched."""
    renderer, release = a_renderer(), sample_release(make.NOW)
    accounts = ((WECHAT, WECHAT_LIMITS), (WEIBO, HEADLINE_LIMITS))

    for (account, limits), kind in product(accounts, KINDS):
        for template in renderer.templates(account.platform, kind):
            drawn = renderer.render(
                release, account, kind=kind, template=template, limits=limits, may_cut_titles=True
            )
            assert drawn.content.articles or drawn.content.text, (account.platform, kind, template)
