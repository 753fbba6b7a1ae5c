"""Jobs that see what staff must know, and tell them."""

from bot.jobs.names import Task
from bot.usecases.notices.look_out import look_out as look
from bot.usecases.notices.send_due import send_due
from bot.usecases.notices.tell_people import tell_people as tell
from tasks.app import app
from tasks.base import PeriodicTask, house


@app.task(name=Task.LOOK_OUT.value, base=PeriodicTask)
def look_out() -> None:
    """Put what is to be told into the outbox."""
    look(house().notices)


@app.task(name=Task.TELL_PEOPLE.value, base=PeriodicTask)
def tell_people() -> None:
    """Tell single people what concerns them."""
    tell(house().notices)


@app.task(name=Task.SEND_NOTICES.value, base=PeriodicTask)
def send_notices() -> None:
    """Bring what waits in the outbox to its channels."""
    send_due(house().notices)
