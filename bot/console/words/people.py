"""Names of people in the place of their logins, wherever a page says who did something."""

from collections import Counter
from collections.abc import Callable, Mapping

from bot.domain.permissions import name_of_no_person


class PeopleNames:
    """Who stands behind a login. `read` gives the names of everybody who ever could sign in, also
    of those who have left; it is asked once, and only if somebody is named."""

    def __init__(self, read: Callable[[], Mapping[str, str]]) -> None:
        self._read = read
        self._names: Mapping[str, str] | None = None

    def __call__(self, login: str | None) -> str:
        """“张三”, “张三（zhang3）” where two share the name; what is nobody's login (whom the site
        says it was approved by) as it is."""
        if not login:
            return ""
        if self._names is None:
            self._names = told_apart(self._read())
        return self._names.get(login) or name_of_no_person(login) or login


def told_apart(names: Mapping[str, str]) -> Mapping[str, str]:
    """The names, with the login as a hint where two share one."""
    shared = Counter(names.values())
    return {
        login: name if shared[name] == 1 else f"{name}（{login}）" for login, name in names.items()
    }
