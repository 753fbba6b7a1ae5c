"""All content rules, and what they say about a post."""

from bot.domain.posts.checks import links, pictures, privacy, secrecy, substance, wording
from bot.domain.posts.checks.rule import ContentRule, Reading
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import DraftContent, Violation

RULES: tuple[ContentRule, ...] = (
    *secrecy.RULES,
    *privacy.RULES,
    *substance.RULES,
    *wording.RULES,
    *pictures.RULES,
    *links.RULES,
)

RULE_OF = {rule.id: rule for rule in RULES}


def check(content: DraftContent, source: Source) -> tuple[Violation, ...]:
    """Every finding, the blocking ones first."""
    reading = Reading(content, source)
    found = [violation for rule in RULES for violation in rule.violations(reading)]
    return tuple(sorted(found, key=lambda violation: not violation.is_in_the_way))
