"""Drives the screens of a village from a small computer beside them."""
