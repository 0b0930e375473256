from . import (
    test_access_matrix,
    test_book,
    test_books_guard,
    test_sources,
    test_voucher,
    test_voucher_remote,
)
