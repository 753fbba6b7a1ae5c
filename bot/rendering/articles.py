"""Articles of a post: which subjects get one, and how many each may take."""

from collections.abc import Sequence

from bot.domain.posts.draft import Article
from bot.rendering.commission import Commission
from bot.rendering.subjects import Subject, joined
from bot.rendering.telling import Telling


def articles_of(commission: Commission, subjects: Sequence[Subject]) -> tuple[Article, ...]:
    """One or more articles for every subject, as many as the account's limit allows."""
    if commission.manifest.together and len(subjects) > 1:
        subjects = [joined(subjects)]
    most = commission.limits.articles
    told, left_out = subjects[:most], subjects[most:]
    for subject in left_out:
        commission.remarks.problem(
            "articles", f"一次最多 {most} 篇文章，“{subject.title}”没有放入本稿，请另行安排发布"
        )
    articles: list[Article] = []
    for index, subject in enumerate(told):
        kept_for_others = len(told) - index - 1
        free = most - len(articles) - kept_for_others
        articles.extend(Telling(commission, subject, len(articles)).articles(free))
    return tuple(articles)
