"""What the API needs from the house, handed over as one value."""

from dataclasses import dataclass

from bot.ports.clock import Clock, Ids
from bot.ports.doorbell import Doorbell
from bot.ports.media import MediaStore
from bot.ports.overview import Overview
from bot.ports.reading import ReleaseReader
from bot.ports.storage import Storage
from bot.usecases.releases.attach_file import USUAL_LARGEST

LARGEST_BODY = 5 * 1024 * 1024
"""Bytes. The longest regulations are below one megabyte; pictures travel as addresses."""


@dataclass(frozen=True)
class ApiTools:
    """`public_url` (no closing slash) begins the addresses in answers; `largest_body` and
    `largest_attachment` in bytes."""

    storage: Storage
    overview: Overview
    reader: ReleaseReader
    ids: Ids
    doorbell: Doorbell
    clock: Clock
    media: MediaStore
    public_url: str = ""
    largest_body: int = LARGEST_BODY
    largest_attachment: int = USUAL_LARGEST
