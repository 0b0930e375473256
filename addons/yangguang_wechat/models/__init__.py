from . import yangguang_wechat_account
from . import yangguang_wechat_token
