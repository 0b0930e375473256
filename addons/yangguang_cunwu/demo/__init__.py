"""The demo district: an invented place with a past, made by the real steps of the real people.

`build.py` is the script; nothing here is loaded with the addon.
"""
