"""What each role may do, in plain words, read from the table of permissions itself."""

from collections.abc import Mapping, Sequence

from bot.console.words.names import NAMES
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, PERMISSION_NAMES, Permission


def roles_told() -> Sequence[tuple[Role, str, str]]:
    """Every role with its name and what it may do; everybody may look at the pages."""
    names: Mapping[str, str] = NAMES[Role]
    return [(role, names[role], _told(role)) for role in Role]


def _told(role: Role) -> str:
    granted = [
        PERMISSION_NAMES[each]
        for each in Permission
        if each in GRANTS[role] and each is not Permission.READ
    ]
    return "、".join(granted)
