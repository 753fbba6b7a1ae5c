"""What the checklist says of a release's attachments, by what was found inside them."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from bot.domain.personal.found import PersonalKind
from bot.domain.releases.document import Attachment
from bot.domain.releases.inspection import Inspection, Inspections, PersonalData
from bot.domain.releases.release import ReleaseContent

KIND_WORDS = {
    PersonalKind.ID_NUMBER: "身份证号码",
    PersonalKind.BANK_CARD: "银行账号",
    PersonalKind.PHONE: "手机号码",
    PersonalKind.PLATE: "车牌号码",
    PersonalKind.ADDRESS: "住址门牌",
}
_NUMBERED = re.compile(r"(.*第 )(\d+)( \D+)")
_MOST_TOLD = 3
_SPOTS_TOLD = 5


def kept_files(content: ReleaseContent) -> tuple[Attachment, ...]:
    """The attachments whose bytes are with us: only these can be looked into."""
    return tuple(each for each in content.attachments if each.is_kept and each.sha256)


def kept_hashes(content: ReleaseContent) -> tuple[str, ...]:
    """Their SHA-256, each once."""
    return tuple(dict.fromkeys(each.sha256 or "" for each in kept_files(content)))


def may_go_unseen(content: ReleaseContent, inspections: Inspections) -> bool:
    """Whether the attachments let an approval given elsewhere count: all of them have been looked
    into, and nothing grave is inside."""
    looked = [inspections.get(sha256) for sha256 in kept_hashes(content)]
    return all(each is not None and not each.grave for each in looked)


def grave_data(content: ReleaseContent, inspections: Inspections) -> str:
    """Numbers that may not become public, and files of which nobody knows yet."""
    waiting = [
        f"“{each.name}”还在检查，请过一两分钟刷新页面再审批"
        for each in _unknown(content, inspections)
    ]
    found = _each(content, inspections, lambda one: _listed(one.grave))
    return "；".join([*found, *waiting])


def doubtful_data(content: ReleaseContent, inspections: Inspections) -> str:
    """Telephones, addresses, plates, and what only looks like a person's number."""
    return "；".join(_each(content, inspections, lambda one: _listed(one.doubtful)))


def hidden_content(content: ReleaseContent, inspections: Inspections) -> str:
    """What is in a file without being seen in it."""
    return "；".join(_each(content, inspections, lambda one: "、".join(one.hidden)))


def unread_content(content: ReleaseContent, inspections: Inspections) -> str:
    """What could not be read, so that a person must look."""
    return "；".join(_each(content, inspections, lambda one: "，".join(one.unread)))


def kind_words(data: PersonalData) -> str:
    """What staff call it."""
    return KIND_WORDS[data.kind] if data.is_certain else f"疑似{KIND_WORDS[data.kind]}"


def places(data: PersonalData, *, most: int) -> str:
    """Where it stands in its part of the file: “第 3—7、9 行等”, “第 2 页 40 处、第 3 页 39 处”."""
    shown = data.spots[:most]
    if all(spot.count == 1 for spot in shown):
        told = _condensed([spot.name for spot in shown])
    else:
        told = [f"{spot.name} {spot.count} 处" for spot in shown]
    is_more = sum(spot.count for spot in shown) < data.count
    return "、".join(filter(None, told)) + ("等" if is_more else "")


def _condensed(names: Sequence[str]) -> list[str]:
    """Rows, pages or paragraphs one after the other, told once."""
    told: list[str] = []
    for around, group in groupby(map(_parted, names), key=lambda parted: parted[::2]):
        numbers = [number for _, number, _ in group]
        told.append(f"{around[0]}{_runs(numbers)}{around[1]}")
    return told


def _parted(name: str) -> tuple[str, str, str]:
    """A place before, in and after its last number."""
    match = _NUMBERED.fullmatch(name)
    return (match[1], match[2], match[3]) if match else (name, "", "")


def _runs(numbers: Sequence[str]) -> str:
    runs: list[list[str]] = []
    for number in numbers:
        if runs and number and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)


def _unknown(content: ReleaseContent, inspections: Inspections) -> Iterator[Attachment]:
    return (each for each in kept_files(content) if (each.sha256 or "") not in inspections)


def _each(
    content: ReleaseContent, inspections: Inspections, say: Callable[[Inspection], str]
) -> list[str]:
    told = []
    for each in kept_files(content):
        inspection = inspections.get(each.sha256 or "")
        if inspection is not None and (words := say(inspection)):
            told.append(f"“{each.name}”：{words}")
    return told


def _listed(found: Sequence[PersonalData]) -> str:
    told = [
        f"{kind_words(data)} {data.count} 处（{data.part}{places(data, most=_SPOTS_TOLD)}，"
        f"例如 {data.example}）"
        for data in found[:_MOST_TOLD]
    ]
    return "、".join(told) + ("等" if len(found) > _MOST_TOLD else "")
