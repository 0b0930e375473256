"""Keeps secrets out of logs: they stand in the addresses that WeChat's API wants."""

import logging
import re

from odoo.addons.yangguang_cunwu.lib.log_masking import Masking

_IN_ADDRESS = re.compile(
    r"\b(access_token|secret|appsecret|js_code|session_key|(?:msg_)?signature|openid|code)="
    r"[^&\s\"'>]+"
)
_IN_JSON = re.compile(
    r"\"(access_token|secret|appsecret|session_key|js_code|code|openid|phoneNumber"
    r"|purePhoneNumber)\"\s*:\s*\"[^\"]*\""
)


def masked(text: str) -> str:
    """Return `text` without the values that nobody may read in a log."""
    return _IN_JSON.sub(r'"\1": "***"', _IN_ADDRESS.sub(r"\1=***", text))


# both log addresses: of the calls we make, when somebody asks for all details, and of those we get
for _name in ("urllib3.connectionpool", "werkzeug"):
    logging.getLogger(_name).addFilter(Masking(masked))
