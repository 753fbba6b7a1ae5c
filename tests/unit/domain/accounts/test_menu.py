"""A menu and the platform's limits."""

import pytest

from bot.domain.accounts.menu import NEEDS, Button, ButtonKind, Menu, MenuLimits

ALL = MenuLimits()
CLICK = Button("查政策", ButtonKind.CLICK, {"key": "SEARCH"})
VIEW = Button("指南", ButtonKind.VIEW, {"url": "https://www.yunling.example/guide"})


def _above(*below: Button, name: str = "办事") -> Button:
    return Button(name, below=below)


def test_the_largest_menu_has_no_problems() -> None:
    """Three buttons, five below each; names of 16 and 60 bytes, a key of 128, a url of 1,024."""
    key = Button("字" * 20, ButtonKind.CLICK, {"key": "k" * 128})
    url = Button("页", ButtonKind.VIEW, {"url": "https://a.example/".ljust(1024, "x")})
    above = _above(key, key, key, key, url, name="字" * 5 + "a")

    assert Menu((above, above, above)).problems(ALL) == ()


@pytest.mark.parametrize("kind", NEEDS)
def test_every_kind_is_taken_with_its_fields(kind: ButtonKind) -> None:
    """And with nothing else."""
    fields = {name: "https://a.example" if name == "url" else "x" for name in NEEDS[kind]}

    assert Menu((Button("一", kind, fields),)).problems(ALL) == ()
    assert len(Menu((Button("一", kind),)).problems(ALL)) == len(fields)


@pytest.mark.parametrize(
    ("menu", "place", "words"),
    [
        (Menu(()), "菜单", "现在是 0 个"),
        (Menu((CLICK,) * 4), "菜单", "现在是 4 个"),
        (Menu((Button("", ButtonKind.CLICK, {"key": "K"}),)), "1", "请填写菜单名称"),
        (Menu((Button("字" * 6, CLICK.kind, CLICK.fields),)), "1 字字字字字字", "现在是 18 字节"),
        (Menu((_above(*[CLICK] * 6),)), "1 办事", "子菜单最多 5 个"),
        (Menu((_above(Button("字" * 21, VIEW.kind, VIEW.fields)),)), "1.1", "最多 60 字节"),
        (Menu((_above(_above(CLICK)),)), "1.1 办事", "只有两级"),
        (Menu((Button("办事", VIEW.kind, VIEW.fields, (CLICK,)),)), "1 办事", "只保留名称和子菜单"),
        (Menu((CLICK, Button("空"))), "2 空", "请填写类型"),
        (Menu((Button("图", ButtonKind.CONSOLE_ONLY),)), "1 图", "只能在平台后台设置"),
        (Menu((Button("问", ButtonKind.CLICK),)), "1 问", "类型 click 需要 key"),
        (Menu((Button("问", ButtonKind.VIEW, CLICK.fields),)), "1 问", "不用 key"),
        (Menu((Button("问", ButtonKind.CLICK, {"key": "k" * 129}),)), "1 问", "128 字节"),
        (Menu((Button("页", VIEW.kind, {"url": "https://" + "x" * 1024}),)), "1 页", "1024 字节"),
        (Menu((Button("页", VIEW.kind, {"url": "www.a.example"}),)), "1 页", "不是网址"),
    ],
)
def test_what_breaks_a_limit_is_named_with_its_place(menu: Menu, place: str, words: str) -> None:
    """In words an editor can act on."""
    problems = menu.problems(ALL)

    assert any(p.field.startswith(place) and words in p.message for p in problems), problems


def test_a_kind_the_platform_has_not_is_refused() -> None:
    """With those it has."""
    limits = MenuLimits(kinds=frozenset({ButtonKind.CLICK, ButtonKind.VIEW}))
    scan = Button("扫", ButtonKind.SCANCODE_PUSH, {"key": "CODE"})

    (problem,) = Menu((CLICK, VIEW, scan)).problems(limits)

    assert problem.field == "3 扫"
    assert "可以用 click、view" in problem.message


def test_every_problem_is_told_at_once() -> None:
    """Not only the first one."""
    menu = Menu((Button("空"), _above(Button("问", ButtonKind.CLICK))))

    assert [problem.field for problem in menu.problems(ALL)] == ["1 空", "2.1 问"]


def test_two_menus_differ_where_a_place_has_another_button() -> None:
    """Renamed, moved, gone or changed."""
    menu = Menu((CLICK, _above(VIEW)))
    changed = Menu((CLICK, _above(Button("指南", VIEW.kind, {"url": "https://b.example"}))))

    assert menu.differs_from(Menu((CLICK, _above(VIEW)))) == ()
    assert menu.differs_from(changed) == ("2.1 指南",)
    assert menu.differs_from(Menu((CLICK,))) == ("2 办事", "2.1 指南")
    assert menu.differs_from(Menu((_above(VIEW), CLICK)))


def test_the_keys_are_of_taps_that_wait_for_an_answer() -> None:
    """Opening a page or choosing a picture waits for none."""
    scan = Button("扫", ButtonKind.SCANCODE_WAITMSG, {"key": "CODE"})
    picture = Button("图", ButtonKind.PIC_WEIXIN, {"key": "PICTURE"})

    assert Menu((CLICK, _above(scan, picture, VIEW))).keys == {"SEARCH", "CODE"}
