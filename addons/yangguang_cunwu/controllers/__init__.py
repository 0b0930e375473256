from . import account, portal, public_api, public_publication, public_web, staff
