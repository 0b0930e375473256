from . import test_screen, test_screen_programme, test_screen_sending
from . import test_player
