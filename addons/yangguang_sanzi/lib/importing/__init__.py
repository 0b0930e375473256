"""Reads what the programs of accounting agencies export: vouchers, balances, assets, contracts."""
