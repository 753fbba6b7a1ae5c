"""Short enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .house import modules, tree

LONGEST_FUNCTION = 50
LONGEST_MODULE = 400


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield f"{path}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_fifty_lines() -> None:
    """A reader sees it on one screen."""
    long = [
        f"{place}: {lines} lines"
        for _, path in modules()
        for place, lines in _functions(path)
        if lines > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    """A subject that outgrows its file becomes a folder."""
    long = [
        f"{path}: {lines} lines"
        for _, path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    ]

    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    """The first sentence of a module is the reader's map; empty package files need none."""
    silent = [
        str(path) for _, path in modules() if tree(path).body and not ast.get_docstring(tree(path))
    ]

    assert silent == []
