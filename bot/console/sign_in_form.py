"""The login form, also shown where a session ran out under somebody's hands."""

import secrets

from starlette.responses import HTMLResponse, Response

from bot.console.running import Console

FORM_COOKIE = "tongbu_form"
EXPIRED = "登录已过期，请重新登录。刚才填写的内容会保留，登录后确认一次即可提交"


def sign_in_page(
    console: Console,
    *,
    status: int = 200,
    fault: str = "",
    login: str = "",
    wanted: str = "/",
    kept_action: str = "",
    kept: str = "",
    subject: str = "",
    has_left: bool = False,
) -> Response:
    """The form; its token is also a cookie, since there is no session yet to keep it. `subject` is
    whom an identity provider knows that nobody here is bound to."""
    token = secrets.token_urlsafe(24)
    context = {
        "token": token,
        "fault": fault,
        "notice": EXPIRED if kept_action and not fault else "",
        "login": login,
        "wanted": wanted,
        "kept_action": kept_action,
        "kept": kept,
        "sign_on": console.tools.sign_on,
        "subject": subject,
        "has_left": has_left,
    }
    response = HTMLResponse(console.drawing.draw("sign_in.html.j2", context), status_code=status)
    response.set_cookie(
        FORM_COOKIE,
        token,
        max_age=3600,
        path="/login",
        secure=console.tools.is_https,
        httponly=True,
        samesite="strict",
    )
    return response
