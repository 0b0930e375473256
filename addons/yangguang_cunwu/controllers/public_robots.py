from odoo.addons.web.controllers.home import Home


class PublicRobots(Home):
    """Lets search engines read what is disclosed; single pages ask them not to keep it."""

    def _get_allowed_robots_routes(self):
        return [
            *super()._get_allowed_robots_routes(),
            "/v$",
            "/v/",
            "/p/",
            "/yangguang_cunwu/static/",
        ]
