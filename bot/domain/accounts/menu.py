"""The menu at the foot of an account: up to three buttons, each with up to five below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import Problem
from bot.domain.text import is_web_address


class ButtonKind(StrEnum):
    """What a tap does, under the platform's names."""

    CLICK = "click"
    VIEW = "view"
    SCANCODE_PUSH = "scancode_push"
    SCANCODE_WAITMSG = "scancode_waitmsg"
    PIC_SYSPHOTO = "pic_sysphoto"
    PIC_PHOTO_OR_ALBUM = "pic_photo_or_album"
    PIC_WEIXIN = "pic_weixin"
    LOCATION_SELECT = "location_select"
    MEDIA_ID = "media_id"
    ARTICLE_ID = "article_id"
    ARTICLE_VIEW_LIMITED = "article_view_limited"
    MINIPROGRAM = "miniprogram"
    CONSOLE_ONLY = "console_only"
    """Any kind that only the platform's own console can make."""


_K = ButtonKind
NEEDS: Mapping[ButtonKind, tuple[str, ...]] = {
    _K.CLICK: ("key",),
    _K.VIEW: ("url",),
    _K.SCANCODE_PUSH: ("key",),
    _K.SCANCODE_WAITMSG: ("key",),
    _K.PIC_SYSPHOTO: ("key",),
    _K.PIC_PHOTO_OR_ALBUM: ("key",),
    _K.PIC_WEIXIN: ("key",),
    _K.LOCATION_SELECT: ("key",),
    _K.MEDIA_ID: ("media_id",),
    _K.ARTICLE_ID: ("article_id",),
    _K.ARTICLE_VIEW_LIMITED: ("article_id",),
    _K.MINIPROGRAM: ("url", "app_id", "page_path"),
}
"""The fields a button of each kind has, all of them, and no others."""

ANSWERED = frozenset({_K.CLICK, _K.SCANCODE_WAITMSG})
"""Kinds after whose tap the follower waits for an answer of ours."""

FIELDS = tuple(dict.fromkeys(field for fields in NEEDS.values() for field in fields))
"""The names of all fields there are."""

MOST_BUTTONS = 3
MOST_BELOW = 5
KEY_BYTES = 128
URL_BYTES = 1024


@dataclass(frozen=True)
class MenuLimits:
    """What a platform lets a menu be: its kinds of buttons, and how many bytes a name may have."""

    kinds: frozenset[ButtonKind] = frozenset(NEEDS)
    name_bytes: int = 16
    name_bytes_below: int = 60


@dataclass(frozen=True)
class Button:
    """One button: a kind with its fields, or a name over the buttons `below` it."""

    name: str
    kind: ButtonKind | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    below: tuple["Button", ...] = ()

    @property
    def key(self) -> str:
        """What a tap tells us; empty for a kind that tells nothing."""
        return self.fields.get("key", "")


@dataclass(frozen=True)
class Menu:
    """The buttons from left to right; those below one from top to bottom."""

    buttons: tuple[Button, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all buttons that wait for an answer."""
        return frozenset(button.key for _, button in self.listed() if button.kind in ANSWERED)

    def problems(self, limits: MenuLimits) -> tuple[Problem, ...]:
        """Every limit of the platform it breaks."""
        return tuple(self._problems(limits))

    def differs_from(self, other: "Menu") -> tuple[str, ...]:
        """The places where the two are not the same, in the order of this one."""
        here, there = dict(self.listed()), dict(other.listed())
        places = dict.fromkeys([*here, *there])
        return tuple(place for place in places if _alone(here, place) != _alone(there, place))

    def listed(self) -> Iterator[tuple[str, Button]]:
        """Every button with its place."""
        for number, button in enumerate(self.buttons, start=1):
            yield _place(str(number), button), button
            for below, one in enumerate(button.below, start=1):
                yield _place(f"{number}.{below}", one), one

    def _problems(self, limits: MenuLimits) -> Iterator[Problem]:
        if not 1 <= len(self.buttons) <= MOST_BUTTONS:
            count = len(self.buttons)
            yield Problem("菜单", f"一级菜单要有 1 到 {MOST_BUTTONS} 个，现在是 {count} 个")
        for number, button in enumerate(self.buttons, start=1):
            place = _place(str(number), button)
            yield from _name_problems(place, button, limits.name_bytes)
            if not button.below:
                yield from _tap_problems(place, button, limits)
                continue
            yield from _parent_problems(place, button)
            for below, one in enumerate(button.below, start=1):
                yield from _problems_below(_place(f"{number}.{below}", one), one, limits)


def _place(number: str, button: Button) -> str:
    return f"{number} {button.name}".strip()


def _alone(found: Mapping[str, Button], place: str) -> tuple[object, ...] | None:
    button = found.get(place)
    return None if button is None else (button.kind, button.fields)


def _name_problems(place: str, button: Button, longest: int) -> Iterator[Problem]:
    size = len(button.name.encode())
    if not button.name.strip():
        yield Problem(place, "请填写菜单名称")
    elif size > longest:
        signs = longest // 3
        yield Problem(
            place, f"名称最多 {longest} 字节（约 {signs} 个汉字），现在是 {size} 字节，请缩短"
        )


def _parent_problems(place: str, button: Button) -> Iterator[Problem]:
    if len(button.below) > MOST_BELOW:
        count = len(button.below)
        yield Problem(place, f"子菜单最多 {MOST_BELOW} 个，现在是 {count} 个")
    if button.kind is not None or button.fields:
        yield Problem(place, "有子菜单的菜单自己不能再设置类型、key 或网址，请只保留名称和子菜单")


def _problems_below(place: str, button: Button, limits: MenuLimits) -> Iterator[Problem]:
    yield from _name_problems(place, button, limits.name_bytes_below)
    if button.below:
        yield Problem(place, "菜单只有两级，子菜单下面不能再有子菜单")
    else:
        yield from _tap_problems(place, button, limits)


def _tap_problems(place: str, button: Button, limits: MenuLimits) -> Iterator[Problem]:
    if button.kind is None:
        yield Problem(place, "请填写类型（type），或者加上子菜单")
        return
    if button.kind not in NEEDS:
        yield Problem(place, "这种类型只能在平台后台设置，不能通过接口推送")
        return
    if button.kind not in limits.kinds:
        known = "、".join(kind for kind in NEEDS if kind in limits.kinds)
        yield Problem(place, f"这个平台没有类型 {button.kind}，可以用 {known}")
        return
    needs, has = NEEDS[button.kind], button.fields
    for name in needs:
        if not has.get(name):
            yield Problem(place, f"类型 {button.kind} 需要 {name}")
    for name in has:
        if name not in needs:
            yield Problem(place, f"类型 {button.kind} 不用 {name}，请删去")
    yield from _field_problems(place, button.key, has.get("url", ""))


def _field_problems(place: str, key: str, url: str) -> Iterator[Problem]:
    if len(key.encode()) > KEY_BYTES:
        yield Problem(place, f"key 最多 {KEY_BYTES} 字节，请缩短")
    if len(url.encode()) > URL_BYTES:
        yield Problem(place, f"网址最多 {URL_BYTES} 字节，请缩短")
    if url and not is_web_address(url):
        yield Problem(place, f"“{url}”不是网址，请以 https:// 开头")
