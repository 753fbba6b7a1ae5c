"""Every package has a floor in the import contract; one without would be checked by nobody."""

import tomllib

from .house import ROOT, is_in, modules


def _named_on_a_floor() -> tuple[str, ...]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = next(
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    return tuple(room.strip(" ()") for floor in floors for room in floor.split("|"))


def test_every_package_is_on_a_floor() -> None:
    """A new room is placed when it is built."""
    floors = _named_on_a_floor()

    homeless = [module for module, _ in modules() if module != "bot" and not is_in(module, floors)]

    assert homeless == []


def test_no_package_is_on_two_floors() -> None:
    """Two places would be two different rules."""
    floors = _named_on_a_floor()

    assert len(floors) == len(set(floors))
