from . import (
    yangguang_asset_disposal,
    yangguang_contract_ending,
    yangguang_member_leaving,
    yangguang_statement,
)
