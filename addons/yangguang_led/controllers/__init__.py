from . import staff
from . import player
from . import player_page
from . import agent
