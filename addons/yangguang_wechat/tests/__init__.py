from . import (
    test_access_matrix,
    test_wechat_callback,
    test_wechat_code,
    test_wechat_messages,
    test_wechat_setting,
    test_wechat_shared_token,
    test_wxapi,
    test_wxapi_document,
    test_wxapi_official,
    test_wxapi_question,
    test_wxapi_question_check,
    test_wxapi_resident,
)
