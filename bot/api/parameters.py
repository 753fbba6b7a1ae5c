"""Query parameters: what may stand in them, paging, and refusing the unknown ones."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Path, Query, Request
from fastapi.routing import APIRoute
from pydantic import AwareDatetime, BaseModel

from bot.api.answers import Page
from bot.api.failures import RequestRefused

Row = TypeVar("Row")
Item = TypeVar("Item", bound=BaseModel)

Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most.")]
Offset = Annotated[int, Query(ge=0, le=100_000, description="How many items to pass over.")]
Words = Annotated[
    str, Query(max_length=100, pattern=r"^[^\x00]*$", description="Words to look for.")
]
ObjectId = Annotated[str, Path(pattern=r"^[0-9a-z_]{1,64}$", examples=["rel_0k5t0q6r8zz4v7h2c"])]
IdFilter = Annotated[str, Query(pattern=r"^[0-9a-z_]{0,64}$", description="Only of this id.")]

Moment = Annotated[
    AwareDatetime | None, Query(description="A time with its zone; `until` itself is left out.")
]
After = Annotated[
    str, Query(pattern=r"^[0-9a-z_]{0,64}$", description="Go on behind the item with this id.")
]


def page(
    rows: Sequence[Row], item: Callable[[Row], Item], *, limit: int, offset: int
) -> Page[Item]:
    """A page out of up to `limit + 1` rows: the extra one only says that there are more."""
    more = len(rows) > limit
    items = [item(row) for row in rows[:limit]]
    return Page(items=items, next_offset=offset + limit if more else None)


def refuse_unknown_parameters(request: Request) -> None:
    """A misspelt filter must not look like one that found everything."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)  # noqa: S101 - a dependency of such routes only
    known = {parameter.alias for parameter in route.dependant.query_params}
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        problems = [(name, "不认识这个参数，请删去或对照接口说明改正") for name in unknown]
        raise RequestRefused(
            422, "invalid_input", "请求参数不合要求，请逐条改正", problems=problems
        )
