from . import callback
from . import codes
from . import telephone
from . import wxapi_account
from . import wxapi_binding
from . import wxapi_reading
from . import wxapi_question
from . import wxapi_official
