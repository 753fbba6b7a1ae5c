"""Who speaks to whom in the callback benchmark; the same for every server."""

TOKEN = "bench-callback-token"
APP_ID = "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "bench"
QUESTION = "您好，请问补贴怎么申请？"
KEYWORD = "补贴"
ANSWER = "您好！补贴申请请登录市政务服务网办理，也可到各镇街便民服务中心窗口办理。"
OTHER_KEYWORDS = ("公积金", "社保", "落户", "营业执照", "学位", "停水", "医保", "居住证", "退休")
"""What an account answers besides; every server looks through all of them."""
