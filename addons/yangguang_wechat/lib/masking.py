"""Keeps secrets out of logs: they stand in the addresses that WeChat's API wants."""

import logging
import re

_IN_ADDRESS = re.compile(
    r"\b(access_token|secret|appsecret|js_code|session_key|signature|code)=[^&\s\"'>]+"
)
_IN_JSON = re.compile(
    r"\"(access_token|secret|appsecret|session_key|js_code|code|openid|phoneNumber"
    r"|purePhoneNumber)\"\s*:\s*\"[^\"]*\""
)


def masked(text: str) -> str:
    """Return `text` without the values that nobody may read in a log."""
    return _IN_JSON.sub(r'"\1": "***"', _IN_ADDRESS.sub(r"\1=***", text))


class _Masking(logging.Filter):
    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        return True


# it logs every address when somebody asks for all details
logging.getLogger("urllib3.connectionpool").addFilter(_Masking())
