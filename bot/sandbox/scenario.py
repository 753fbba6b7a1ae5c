"""The script of a sandbox: its accounts, switches, faults, and what people do when."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.faults import Fault
from bot.sandbox.tables import ScenarioError, Table, read_table

PLATFORMS = ("wechat", "weibo")


@dataclass(frozen=True)
class PlatformScript:
    """What one platform starts with.

    `accounts`, `apps` and `switches` are checked by the platform's own rooms. `public_base` is
    where readers find articles; empty means the address the server is bound to.
    `quota_profile` is ``documented`` or ``load``.
    """

    public_base: str = ""
    quota_profile: str = "documented"
    push_timeout_seconds: float = 5.0
    push_attempts: int = 3
    switches: dict[str, Any] = field(default_factory=dict)
    accounts: tuple[dict[str, Any], ...] = ()
    apps: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ScriptedAct:
    """Something a person does `at_seconds` after the start; `arguments` are the act's own."""

    platform: str
    act: str
    at_seconds: float = 0.0
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """Everything a sandbox needs to start."""

    wechat: PlatformScript = field(default_factory=PlatformScript)
    weibo: PlatformScript = field(default_factory=PlatformScript)
    faults: tuple[Fault, ...] = ()
    acts: tuple[ScriptedAct, ...] = ()

    def script_of(self, platform: str) -> PlatformScript:
        """Return the script of ``wechat`` or ``weibo``."""
        return {"wechat": self.wechat, "weibo": self.weibo}[platform]

    def faults_of(self, platform: str) -> tuple[Fault, ...]:
        """Return the faults meant for `platform`; a fault without one is meant for both."""
        return tuple(one for one in self.faults if one.platform in ("", platform))

    def acts_of(self, platform: str) -> tuple[ScriptedAct, ...]:
        """Return what is scripted on `platform`."""
        return tuple(act for act in self.acts if act.platform == platform)


def parse_scenario(table: Table) -> Scenario:
    """Check a scenario's outer shape; accounts and switches are checked when their server is made.

    Raises:
        ScenarioError: naming the first thing that is wrong and where.
    """
    scenario = read_table(Scenario, table, "scenario")
    for index, act in enumerate(scenario.acts):
        _require_platform(act.platform, f"scenario.acts[{index}]")
    for index, fault in enumerate(scenario.faults):
        _require_platform(fault.platform or PLATFORMS[0], f"scenario.faults[{index}]")
    return scenario


def load_scenario(path: Path) -> Scenario:
    """Read a scenario from a ``.toml`` or ``.json`` file.

    Raises:
        ScenarioError: when the file is not readable as such, or `parse_scenario` refuses it.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ScenarioError(f"{path}: {error}") from error
    if not isinstance(table, Mapping):
        raise ScenarioError(f"{path}: expected a table at the top")
    return parse_scenario(table)


def _require_platform(name: str, where: str) -> None:
    if name not in PLATFORMS:
        raise ScenarioError(f"{where}.platform: {name!r} is not one of {', '.join(PLATFORMS)}")
