"""Fixtures of the adapters against the simulated platforms."""

from tests.integration.platforms.wechat_stage import stage

__all__ = ["stage"]
