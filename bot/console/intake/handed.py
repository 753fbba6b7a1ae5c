"""What somebody is handing in: the input itself, kept with us, and what it is meant to become."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from bot.console.visit import Visit
from bot.domain.errors import InvalidInput, NotFound, Problem
from bot.domain.ids import ReleaseId
from bot.domain.releases.release import Release
from bot.ports.reading import InputForm, RawInput


class Part(StrEnum):
    """A new release, another version of one, or an interpretation of one."""

    RELEASE = "release"
    VERSION = "version"
    INTERPRETATION = "interpretation"


@dataclass(frozen=True)
class Purpose:
    """What the input is for; `of` is the release it belongs to."""

    part: Part
    of: Release | None = None

    @property
    def asked(self) -> dict[str, str]:
        """As a query and as hidden fields."""
        if self.of is None:
            return {}
        return {"of": self.of.id, "part": self.part.value, "version": str(self.of.version)}


@dataclass(frozen=True)
class Handed:
    """An input by the hash under which it is kept, so that nothing is lost while it is looked at
    and corrected; only handing it in stores a release."""

    key: str
    raw: RawInput
    purpose: Purpose

    @property
    def asked(self) -> dict[str, str]:
        """What has to be said besides the key to find it again."""
        told = {"form": self.raw.form.value}
        return told | ({"name": self.raw.name} if self.raw.name else {}) | self.purpose.asked

    @property
    def address(self) -> str:
        """Its page."""
        return f"/releases/new/{self.key}?{urlencode(self.asked)}"

    @property
    def start(self) -> str:
        """Where the input is given another time; typed text stands there again."""
        again = {"input": self.key} if self.raw.form is InputForm.TEXT else {}
        return f"/releases/new?{urlencode(self.purpose.asked | again)}"


def purpose_of(visit: Visit) -> Purpose:
    """From a query or a form.

    Raises:
        NotFound: there is no such release.
    """
    of = _said(visit, "of")
    if not of:
        return Purpose(Part.RELEASE)
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(ReleaseId(of))
    is_interpretation = _said(visit, "part") == Part.INTERPRETATION
    return Purpose(Part.INTERPRETATION if is_interpretation else Part.VERSION, release)


def keep_input(visit: Visit) -> Handed:
    """Keep what the form brought: a file before a paste, a paste before its bare text.

    Raises:
        InvalidInput: it brought nothing.
    """
    raw = _brought(visit)
    return Handed(visit.tools.media.put(raw.content), raw, purpose_of(visit))


def kept_input(visit: Visit) -> Handed:
    """The input that a page's address names.

    Raises:
        NotFound: nothing was handed in under this address.
    """
    key, form = visit.named("input"), _said(visit, "form")
    if form not in set(InputForm):
        raise NotFound("提交的内容", key[:8])
    content = visit.tools.media.get(key)
    raw = RawInput(InputForm(form), content, _said(visit, "name"))
    return Handed(key, raw, purpose_of(visit))


def _brought(visit: Visit) -> RawInput:
    upload = visit.files.get("file")
    if upload is not None:
        return RawInput(InputForm.FILE, upload.content, upload.name)
    pasted, text = visit.fields.get("pasted", ""), visit.fields.get("text", "")
    if pasted.strip():
        return RawInput(InputForm.PASTE, pasted.encode())
    if text.strip():
        return RawInput(InputForm.TEXT, text.encode())
    raise InvalidInput([Problem("text", "请选择文件，或者粘贴、填写正文")])


def _said(visit: Visit, name: str) -> str:
    return visit.fields.get(name, "").strip() or visit.asked(name)
