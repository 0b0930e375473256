from . import account, portal, staff
