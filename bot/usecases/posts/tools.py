"""What planning and editing posts need from the world, handed over as one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accounts.account import PlatformName
from bot.ports.clock import Ids
from bot.ports.platform import PlatformAdapter
from bot.ports.rendering import Renderer
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import Storage


@dataclass(frozen=True)
class PostTools:
    """`may_cut_titles` is set by checks and demonstrations only."""

    storage: Storage
    adapters: Mapping[PlatformName, PlatformAdapter]
    renderer: Renderer
    ids: Ids
    search: ReleaseSearch
    may_cut_titles: bool = False
