from . import yangguang_reason
from . import yangguang_screen_commissioning
