"""The sample of wechatpy's documentation: Flask, encrypted mode, one keyword answer."""

from flask import Flask, abort, request
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.replies import create_reply
from wechatpy.utils import check_signature

from benchmarks.callbacks.cast import AES_KEY, ANSWER, APP_ID, KEYWORD, OTHER_KEYWORDS, TOKEN

app = Flask(__name__)
ANSWERS = {**dict.fromkeys(OTHER_KEYWORDS, "请登录市政务服务网办理。"), KEYWORD: ANSWER}


@app.route("/wechat", methods=["GET", "POST"])
def wechat() -> str:
    """As the sample does it, with a keyword where it echoes."""
    signature = request.args.get("signature", "")
    timestamp = request.args.get("timestamp", "")
    nonce = request.args.get("nonce", "")
    msg_signature = request.args.get("msg_signature", "")
    try:
        check_signature(TOKEN, signature, timestamp, nonce)
    except InvalidSignatureException:
        abort(403)
    if request.method == "GET":
        return str(request.args.get("echostr", ""))
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    try:
        xml = crypto.decrypt_message(request.data, msg_signature, timestamp, nonce)
    except (InvalidSignatureException, InvalidAppIdException):
        abort(403)
    message = parse_message(xml)
    said = next((text for word, text in ANSWERS.items() if word in message.content), "")
    answer: str = crypto.encrypt_message(create_reply(said, message).render(), nonce, timestamp)
    return answer
