"""Replies out of a table of another desk: which column becomes what, and why a row cannot be taken.

Nothing is thrown away: the whole row is kept as it stands beside what was read out of it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import Entry
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId, ImportId
from bot.domain.replies.reply import Channel, Incoming, ReplyKind

LONGEST_WORDS = 20_000
MOST_ROWS = 20_000
NEVER_LATER = timedelta(days=1)
"""A time further ahead than this is a slip of the pen, or another calendar."""

_MOMENTS = tuple(
    f"{day}{clock}"
    for day in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
    for clock in (" %H:%M:%S", " %H:%M", "")
)


@dataclass(frozen=True)
class Table:
    """A sheet as it was read: its headings, and its rows with the numbers that a spreadsheet shows
    beside them. Every cell is text; times are written `2026-11-26 09:30:00`."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ImportProfile:
    """How the tables of one source are read. `text` names the columns that together are what was
    said; `number` the one with the source's own number; `sender` what tells askers apart, such as
    a telephone. Empty: the source has no such column. `keep_days` of 0 keeps what comes in as
    long as the office has laid down."""

    id: str
    name: str
    entry: Entry
    text: tuple[str, ...]
    said_at: str
    number: str = ""
    sender: str = ""
    sender_name: str = ""
    keep_days: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that must be there."""
        named = (*self.text, self.said_at, self.number, self.sender, self.sender_name)
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True)
class RowFault:
    """Why a row was not taken, in words for staff."""

    row: int
    why: str


@dataclass(frozen=True)
class Letter:
    """What one row became."""

    row: int
    key: str
    number: str
    text: str
    said_at: datetime
    sender: str
    sender_name: str
    raw: str

    def incoming(self, account: AccountId, profile: ImportProfile) -> Incoming:
        """The reply that will be stored."""
        return Incoming(
            account=account,
            channel=Channel.IMPORTED,
            kind=ReplyKind.IMPORTED,
            key=self.key,
            sender=self.sender,
            sender_name=self.sender_name,
            text=self.text,
            said_at=self.said_at,
            raw=self.raw,
            type_name=profile.entry.value,
            platform_id=self.number,
        )


@dataclass(frozen=True)
class Sorted:
    """A table, row by row: what can be taken, and what cannot and why. A row that says the same
    as one before counts in `repeated`."""

    letters: tuple[Letter, ...]
    faults: tuple[RowFault, ...]
    repeated: int = 0


@dataclass(frozen=True)
class ReplyImport:
    """One file. It is first staged, for somebody to look at, and then taken; `new` replies were
    stored, `known` had been before."""

    id: ImportId
    profile: str
    profile_name: str
    file_name: str
    sha256: str
    staged_by: str
    staged_at: datetime
    rows: int
    faults: tuple[RowFault, ...] = ()
    new: int = 0
    known: int = 0
    taken_at: datetime | None = None


def entry_of(incoming: Incoming, *, otherwise: Entry) -> Entry:
    """How a reply came in: what was imported says so itself."""
    is_imported = incoming.channel is Channel.IMPORTED
    return Entry(incoming.type_name) if is_imported else otherwise


def profile_faults(profiles: Sequence[ImportProfile]) -> list[Problem]:
    """Why profiles cannot be used: an id or a name twice, or nothing that says what was said."""
    problems: list[Problem] = []
    for field, names in (
        ("id", [profile.id for profile in profiles]),
        ("name", [profile.name for profile in profiles]),
    ):
        problems += [
            Problem(f"{name}.{field}", "有两个方案用了它，请换一个")
            for name in sorted({one for one in names if names.count(one) > 1})
        ]
    for profile in profiles:
        if not profile.text:
            problems.append(Problem(f"{profile.id}.text", "请写明哪一列是来件内容"))
        if profile.entry is Entry.FOLLOWER:
            words = "导入的来件不是关注者留言，请写 hotline、mailbox、media 或 form"
            problems.append(Problem(f"{profile.id}.entry", words))
    return problems


def sort_out(table: Table, profile: ImportProfile, *, now: datetime) -> Sorted:
    """What becomes of every row.

    Raises:
        InvalidInput: a column that the profile names is missing, or there are too many rows.
    """
    missing = [name for name in profile.columns if name not in table.headings]
    if missing:
        there = "、".join(name for name in table.headings if name) or "没有标题行"
        words = f"缺少“{'”“'.join(missing)}”列。文件里有：{there}。请换一个导入方案，或改好标题行"
        raise InvalidInput([Problem("file", words)])
    if len(table.rows) > MOST_ROWS:
        words = f"共 {len(table.rows)} 行，一次最多 {MOST_ROWS} 行，请分成几个文件"
        raise InvalidInput([Problem("file", words)])
    letters: dict[str, Letter] = {}
    faults: list[RowFault] = []
    repeated = 0
    for row, cells in _filled(table):
        found = _letter(row, cells, table.headings, profile, now)
        before = letters.get(found.key) if isinstance(found, Letter) else None
        if isinstance(found, RowFault):
            faults.append(found)
        elif before is None:
            letters[found.key] = found
        elif before.raw == found.raw:
            repeated += 1
        else:
            why = f"编号“{found.number}”与第 {before.row} 行相同，内容却不同，请核对编号"
            faults.append(RowFault(row, why))
    return Sorted(tuple(letters.values()), tuple(faults), repeated)


def _filled(table: Table) -> Iterator[tuple[int, tuple[str, ...]]]:
    return ((row, cells) for row, cells in table.rows if any(cell.strip() for cell in cells))


def _letter(
    row: int,
    cells: Sequence[str],
    headings: Sequence[str],
    profile: ImportProfile,
    now: datetime,
) -> Letter | RowFault:
    said = _by_heading(headings, cells)
    text = "\n".join(said[name].strip() for name in profile.text if said[name].strip())
    at = moment_in(said[profile.said_at])
    if not text:
        return RowFault(row, f"“{'”“'.join(profile.text)}”没有内容")
    if len(text) > LONGEST_WORDS:
        return RowFault(row, f"内容有 {len(text)} 字，最多 {LONGEST_WORDS} 字，请拆成几件")
    if at is None:
        given = said[profile.said_at].strip()[:30]
        why = f"看不懂“{profile.said_at}”里的“{given}”" if given else f"“{profile.said_at}”是空的"
        return RowFault(row, f"{why}，请写成 2026-11-26 09:30")
    if at > now + NEVER_LATER:
        return RowFault(row, f"“{profile.said_at}”是以后的时间，请核对")
    raw = json.dumps(said, ensure_ascii=False)
    number = _cell(said, profile.number)
    digest = hashlib.sha256(raw.encode()).hexdigest()
    return Letter(
        row=row,
        key=f"number:{number}" if number else f"row:{digest}",
        number=number,
        text=text,
        said_at=at,
        sender=_cell(said, profile.sender),
        sender_name=_cell(said, profile.sender_name),
        raw=raw,
    )


def _by_heading(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The row by its headings; cells without one, or under a heading that is there twice, are
    kept under the number of their column."""
    said: dict[str, str] = dict.fromkeys((name for name in headings if name), "")
    taken: set[str] = set()
    for place, cell in enumerate(cells):
        heading = headings[place] if place < len(headings) else ""
        if not heading or heading in taken:
            if cell:
                said[f"第 {place + 1} 列"] = cell
            continue
        taken.add(heading)
        said[heading] = cell
    return said


def _cell(said: Mapping[str, str], column: str) -> str:
    return said[column].strip() if column else ""


def moment_in(words: str) -> datetime | None:
    """The Beijing time that a cell says; None where it says none."""
    said = words.strip().replace("T", " ").partition(".000")[0]
    for form in _MOMENTS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    return None
