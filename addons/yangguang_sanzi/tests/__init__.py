from . import (
    test_access_matrix,
    test_asset,
    test_book,
    test_books_guard,
    test_card,
    test_contract,
    test_import,
    test_register_sources,
    test_registers,
    test_sources,
    test_voucher,
    test_voucher_remote,
)
