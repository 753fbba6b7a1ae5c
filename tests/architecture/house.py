"""Reads our own source the way the architecture tests need it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def modules() -> tuple[tuple[str, Path], ...]:
    """Every module of ours, by dotted name."""
    return tuple(
        (_dotted(path), path)
        for package in ("bot", "tasks")
        for path in sorted((ROOT / package).rglob("*.py"))
    )


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported_names(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module imported anywhere in a file, with its line; ours only by absolute name."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of `packages` or beneath one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)
