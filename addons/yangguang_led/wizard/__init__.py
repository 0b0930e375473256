from . import yangguang_reason
from . import yangguang_screen_commissioning
from . import yangguang_player_pair
from . import yangguang_agent_token
