"""WeRoBot as its documentation deploys it: a Bottle application for a WSGI server."""

from bottle import Bottle
from werobot import WeRoBot
from werobot.contrib.bottle import make_view

from benchmarks.callbacks.cast import AES_KEY, ANSWER, APP_ID, KEYWORD, OTHER_KEYWORDS, TOKEN


def build() -> Bottle:
    """A robot with keyword filters and without sessions, which would cost it a database."""
    robot = WeRoBot(token=TOKEN, encoding_aes_key=AES_KEY, app_id=APP_ID, enable_session=False)
    for word in OTHER_KEYWORDS:
        robot.add_filter(lambda: "请登录市政务服务网办理。", rules=[_containing(word)])
    robot.add_filter(lambda: ANSWER, rules=[_containing(KEYWORD)])
    app = Bottle()
    app.route("/robot", ["GET", "POST"], make_view(robot))
    return app


def _containing(word: str) -> object:
    import re

    return re.compile(f".*{word}")


app = build()
