import logging

import pytest

from odoo.addons.yangguang_cunwu.lib.log_masking import Masking, masked


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /v/ask/ABCD2345EFGH?new=1 HTTP/1.1", "GET /v/ask/***?new=1 HTTP/1.1"),
        ("POST /v/ask/ABCD2345EFGH HTTP/1.1", "POST /v/ask/*** HTTP/1.1"),
        ("GET /v/ask?code=ABCD-2345 HTTP/1.1", "GET /v/ask?code=*** HTTP/1.1"),
        ("GET /v/ask?new=1&code=ABCD+2345 HTTP/1.1", "GET /v/ask?new=1&code=*** HTTP/1.1"),
        ("GET /v/320000000001/ask HTTP/1.1", "GET /v/320000000001/ask HTTP/1.1"),
        ("GET /v/ask HTTP/1.1", "GET /v/ask HTTP/1.1"),
        ("GET /p/ABCD2345 HTTP/1.1", "GET /p/ABCD2345 HTTP/1.1"),
    ],
)
def test_codes_of_askers(line, kept):
    assert masked(line) == kept


def test_arguments_are_masked_as_well():
    """As werkzeug writes it: the line of the request is an argument."""
    line = ('%s - "%s" 200', ("::1", "GET /v/ask/ABCD2345 HTTP/1.1"))
    record = logging.LogRecord("werkzeug", logging.INFO, "", 0, *line, None)
    assert Masking(masked).filter(record)
    assert record.getMessage() == '::1 - "GET /v/ask/*** HTTP/1.1" 200'
