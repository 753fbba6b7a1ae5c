"""Emergencies do not wait behind what is due already, nor for the broker."""

from bot.domain.ids import DeliveryId
from bot.ports.overview import Overview
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.tools import PublishingTools


def advance_urgent(tools: PublishingTools, overview: Overview) -> int:
    """Advance every urgent delivery whose time has come and that nobody holds; returns how many
    there were. Others may do so at the same time: the lease says who does."""
    due = overview.urgent_due()
    for delivery in due:
        advance_delivery(DeliveryId(delivery), tools)
    return len(due)
