"""What followers sent along, in memory."""

from dataclasses import dataclass, field

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import PlatformError
from bot.domain.replies.reply import Incoming
from bot.ports.attachments import Attachment

PICTURE = Attachment(b"\xff\xd8\xff picture", "image/jpeg")


@dataclass
class Box:
    """Keeps the promise of `ports.attachments.Attachments`: `found` comes with everything but
    text; where it is an error, the platform says so."""

    found: Attachment | PlatformError = field(default=PICTURE)

    def fetch(self, access: AccountAccess, incoming: Incoming) -> Attachment | None:
        if incoming.type_name == "text":
            return None
        if isinstance(self.found, PlatformError):
            raise self.found
        return self.found
