"""The calls about calling: whether the callback address is reached."""


def test_the_callback_is_checked_where_one_is_set(make_desk):
    """Name and packets, as asked; the switch loses every packet."""
    desk = make_desk(callback_url="http://127.0.0.1:9/callback")
    lost = make_desk(
        callback_url="http://127.0.0.1:9/callback", switches={"callback_reachable": False}
    )
    asked = {"action": "all", "check_operator": "DEFAULT"}

    good = desk.post("callback/check", asked)
    bad = lost.post("callback/check", asked)

    assert good["dns"][0]["ip"] == "127.0.0.1"
    assert good["ping"][0]["package_loss"] == "0%"
    assert bad["ping"][0]["package_loss"] == "100%"


def test_a_wrong_question_about_the_callback_is_refused(make_desk):
    """40201 without an address, 40202 for an action, 40203 for an operator nobody knows."""
    without, desk = make_desk(), make_desk(callback_url="http://127.0.0.1:9/callback")

    codes = [
        without.post("callback/check", {"action": "all"})["errcode"],
        desk.post("callback/check", {"action": "guess"})["errcode"],
        desk.post("callback/check", {"action": "dns", "check_operator": "MOON"})["errcode"],
    ]

    assert codes == [40201, 40202, 40203]
