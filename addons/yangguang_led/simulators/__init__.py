"""Devices that are not there: real servers and pseudo-terminals that behave as control cards do.

They read what they get with code of their own and import nothing of the drivers, so that an error
of one side is not the other side's too.
"""
