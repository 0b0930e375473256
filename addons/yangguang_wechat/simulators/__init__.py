"""WeChat, where it is not: a real server that speaks its documented API, for tests and the demo.

It has code of its own for everything and imports nothing of `lib`, so that an error of one side is
not the other side's too.
"""
