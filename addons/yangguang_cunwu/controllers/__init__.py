from . import account, portal, public_api, public_publication, public_robots, public_web, staff
