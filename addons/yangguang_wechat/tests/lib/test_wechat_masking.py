from odoo.addons.yangguang_wechat.lib.masking import masked


def test_masking():
    assert masked("GET /a?access_token=x-y&b=1&secret=z errcode=5") == (
        "GET /a?access_token=***&b=1&secret=*** errcode=5"
    )
    assert masked("POST /wxapi/callback?msg_signature=a1&nonce=2&openid=o3 HTTP/1.1") == (
        "POST /wxapi/callback?msg_signature=***&nonce=2&openid=*** HTTP/1.1"
    )
    assert masked('{"secret": "a b", "x": "1"}') == '{"secret": "***", "x": "1"}'
