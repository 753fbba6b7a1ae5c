"""Sweeps over an article's comments: what is new, what vanished, when to read all pages again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

SWEEP_EVERY = timedelta(hours=6)


@dataclass(frozen=True)
class Sweep:
    """Where reading an article's comments stands.

    `begin` is the next page. `swept` is the highest id of the last whole sweep, `known` all its
    ids, `total` its total, `swept_at` its time. `highest` and `met` are those of the sweep under
    way, which `started` with a total.
    """

    begin: int = 0
    swept: int = 0
    highest: int = 0
    total: int = 0
    started: int = 0
    known: tuple[int, ...] = ()
    met: tuple[int, ...] = ()
    swept_at: datetime | None = None

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "Sweep":
        """From a cursor, also one of an earlier version."""
        numbers = {name: int(stored.get(name, 0)) for name in _NUMBERS}
        swept_at = stored.get("swept_at", "")
        return cls(
            **numbers,
            known=tuple(_unfolded(stored.get("known", ""))),
            met=tuple(_unfolded(stored.get("met", ""))),
            swept_at=datetime.fromisoformat(swept_at).astimezone(UTC) if swept_at else None,
        )

    def written(self) -> dict[str, str]:
        """As a cursor."""
        numbers = {name: str(getattr(self, name)) for name in _NUMBERS}
        at = self.swept_at.isoformat() if self.swept_at else ""
        return {**numbers, "known": _folded(self.known), "met": _folded(self.met), "swept_at": at}

    def after(
        self, *, ids: Sequence[int], total: int, page: int, has_fresh: bool, now: datetime
    ) -> "After":
        """What a page of `ids` out of `total` makes of it; pages have room for `page`."""
        begins = self.begin == 0
        met = tuple(sorted({*(() if begins else self.met), *ids}))
        highest = max(self.highest if not begins else 0, *ids, 0)
        started = total if begins else self.started
        if not ids or self.begin + page >= total:
            return self._whole(met, highest, total, is_calm=total == started, now=now)
        if begins and total == self.total and not has_fresh and not self._is_stale(now):
            return After(replace(self, begin=0))
        onward = replace(self, begin=self.begin + page, highest=highest, met=met, started=started)
        return After(onward, more=True)

    def _whole(
        self, met: tuple[int, ...], highest: int, total: int, *, is_calm: bool, now: datetime
    ) -> "After":
        """The last page. Rows move between pages when one is deleted meanwhile: only a sweep
        that met as many as there are says what vanished."""
        is_sure = is_calm and len(met) == total
        gone = tuple(sorted(set(self.known) - set(met))) if is_sure else ()
        known = met if is_sure else tuple(sorted({*self.known, *met}))
        done = Sweep(
            swept=max(self.swept, highest),
            total=total if is_sure else -1,
            known=known,
            swept_at=now,
        )
        return After(done, gone=gone)

    def _is_stale(self, now: datetime) -> bool:
        return self.swept_at is None or now - self.swept_at >= SWEEP_EVERY


@dataclass(frozen=True)
class After:
    """The sweep after a page, whether more waits, and the ids that vanished."""

    sweep: Sweep
    more: bool = False
    gone: tuple[int, ...] = ()


_NUMBERS = ("begin", "swept", "highest", "total", "started")


def _folded(ids: Sequence[int]) -> str:
    """Sorted ids as ranges: `1-49,51`. The platform counts comments up within an article."""
    breaks = [i for i, (one, next_one) in enumerate(pairwise(ids), 1) if next_one != one + 1]
    starts, ends = [0, *breaks], [*breaks, len(ids)]
    runs = [ids[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _unfolded(folded: str) -> Iterable[int]:
    for run in filter(None, folded.split(",")):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)
