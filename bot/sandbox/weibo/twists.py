"""One-time effects inside a call that no outer fault can make, such as half a success."""

from dataclasses import dataclass, field
from enum import StrEnum


class TwistKind(StrEnum):
    """What happens to the next matching call."""

    LATE_POST = "late_post"
    """The post is accepted with 20032 and appears ``seconds`` later."""
    ARTICLE = "article"
    """The article call ends with ``code``; 11002 and 11003 leave half of the effect behind."""


@dataclass(frozen=True)
class Twist:
    """One planned effect; uid 0 means any account."""

    kind: TwistKind
    uid: int = 0
    code: int = 0
    seconds: float = 90.0


@dataclass
class Twists:
    """The planned effects, taken in order."""

    planned: list[Twist] = field(default_factory=list)

    def take(self, kind: TwistKind, uid: int) -> Twist | None:
        """The first plan for this call, which is then used up."""
        for twist in self.planned:
            if twist.kind is kind and twist.uid in (0, uid):
                self.planned.remove(twist)
                return twist
        return None
