from . import (
    test_access_matrix,
    test_agent,
    test_certificate,
    test_display,
    test_player,
    test_screen,
    test_screen_outbox,
    test_screen_programme,
    test_screen_sending,
    test_screen_showing,
    test_screen_ticket,
)
