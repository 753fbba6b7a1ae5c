"""E-mail to staff over SMTP."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from bot.domain.errors import (
    CredentialExpired,
    Misconfigured,
    NotSent,
    OutcomeUnknown,
    PlatformUnavailable,
)
from bot.domain.notices.channel import Notice, NoticeChannel
from bot.ports.clock import Clock

SECONDS = 8.0
TLS, STARTTLS, PLAIN = "tls", "starttls", "none"


@dataclass(frozen=True)
class Email:
    """One message to all of the channel's addresses, or to whom it is for. Options: `host`,
    `port`, `security`, `sender`, `to` (with commas); secrets: `user`, `password`."""

    clock: Clock

    def send(self, channel: NoticeChannel, secrets: Mapping[str, str], notice: Notice) -> None:
        """Hand it to the server."""
        try:
            with self._server(channel) as server:
                if secrets.get("user"):
                    server.login(secrets["user"], secrets.get("password", ""))
                server.send_message(self._message(channel, notice))
        except smtplib.SMTPAuthenticationError as error:
            raise CredentialExpired("smtp: login refused", code=str(error.smtp_code)) from None
        except (smtplib.SMTPConnectError, ConnectionError, TimeoutError, ssl.SSLError) as error:
            raise NotSent(f"smtp: {type(error).__name__}") from None
        except smtplib.SMTPServerDisconnected as error:
            raise OutcomeUnknown(f"smtp: {type(error).__name__}") from None
        except smtplib.SMTPResponseException as error:
            passing = 400 <= error.smtp_code < 500
            kind = PlatformUnavailable if passing else Misconfigured
            raise kind("smtp: refused", code=str(error.smtp_code)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Misconfigured(f"smtp: {type(error).__name__}") from None

    def _server(self, channel: NoticeChannel) -> smtplib.SMTP:
        host, port = channel.options["host"], int(channel.options.get("port", "465"))
        security = channel.options.get("security", TLS)
        if security == TLS:
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS)
        server = smtplib.SMTP(host, port, timeout=SECONDS)
        if security == STARTTLS:
            server.starttls(context=ssl.create_default_context())
        return server

    def _message(self, channel: NoticeChannel, notice: Notice) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = notice.title
        message["From"] = channel.options["sender"]
        message["To"] = ", ".join(notice.to) or channel.options["to"]
        message["Date"] = format_datetime(self.clock.now())
        domain = channel.options["sender"].rpartition("@")[2].strip("> ")
        message["Message-ID"] = make_msgid(notice.id, domain or "localhost")
        words = "\n\n".join(part for part in (notice.text, notice.page) if part)
        message.set_content(words, cte="base64")  # not every server takes eight bits
        return message
