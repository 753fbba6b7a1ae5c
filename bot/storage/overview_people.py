"""Names of people by login, for lists and histories that say who did something."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from bot.storage.tables import users


def people_names(connection: Connection) -> Mapping[str, str]:
    """Everybody's; the rest of what is stored of them is not even read into values."""
    rows = connection.execute(select(users.c.login, users.c.body))
    return {login: json.loads(body)["name"] for login, body in rows}
