from . import (
    test_access_matrix,
    test_account,
    test_appointment,
    test_catalogue,
    test_disclosure_flow,
    test_disclosure_guard,
    test_division,
    test_import,
    test_performance,
    test_portal,
    test_publication,
    test_review,
)
