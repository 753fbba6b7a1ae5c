"""What the words on a page mean, from `help.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Words = Mapping[str, str]


def words_on(path: str) -> Words:
    """The words to explain on the page at `path`, each in one sentence; the longest beginning of
    the address that has some counts, and every page has at least those of 今日."""
    while path not in _glossary():
        path = path.rpartition("/")[0] or "/"
    return _glossary()[path]


@cache
def _glossary() -> Mapping[str, Words]:
    with Path(__file__).with_name("help.toml").open("rb") as file:
        return tomllib.load(file)
