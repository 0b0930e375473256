from . import (
    yangguang_import,
    yangguang_division_import,
    yangguang_edition_import,
    yangguang_roster_import,
    yangguang_account_issue,
    yangguang_handover,
    yangguang_fill,
    yangguang_attach,
    yangguang_content_confirm,
    yangguang_exemption_request,
    yangguang_sign,
    yangguang_reason,
)
