from odoo import api, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import programme


class Division(models.Model):
    _inherit = "yangguang.division"

    @api.model
    def _screens_now(self, divisions):
        """For each screen in operation the last that is known of what it shows: a picture it has
        sent itself, or the first page of the show that its card has named, whichever is newer.
        Nothing of the kind: no picture and no time."""
        screens = (
            self.env["yangguang.screen"]
            .sudo()
            .search([("division_id", "child_of", divisions.ids), ("state", "=", "on")])
        )
        shots = screens._newest("yangguang.screen.shot", [])
        showings = screens._newest("yangguang.screen.showing", [("grade", "=", "device")])
        return super()._screens_now(divisions) + [
            {
                "screen": screen.name,
                "place": screen.place or screen.division_id.name,
                **screen._seen_last(shots[screen], showings[screen]),
            }
            for screen in screens
        ]


class Screen(models.Model):
    _inherit = "yangguang.screen"

    def _newest(self, model, domain):
        """For each of these screens its newest row of `model` in `domain`, maybe empty."""
        rows = self.env[model]
        newest = dict(
            rows._read_group([("screen_id", "in", self.ids), *domain], ["screen_id"], ["id:max"])
        )
        return {screen: rows.browse(newest.get(screen, [])) for screen in self}

    def _seen_last(self, shot, showing):
        """What `_screens_now` tells of this screen, by a picture of it and a show it has named."""
        if shot and (not showing or shot.time >= showing.ends):
            publication, picture, time = shot.publication_id, shot._bytes(), shot.time
        elif showing:
            publication, picture = self._first_page(showing)
            time = showing.ends
        else:
            publication, picture, time = self.env["yangguang.publication"], None, None
        return {
            "publication_code": publication.code or None,
            "title": publication.title or "",
            "picture": picture,
            "time": time,
        }

    def _first_page(self, showing):
        """The publication that a confirmed show begins with and the bytes of its first page, None
        when they are no longer kept."""
        publications = self.env["yangguang.publication"].browse(
            [publication for publication, _time, _turns in showing.shares]
        )
        by_code = {one.code: one for one in publications}
        played = self.programme_ids.filtered(lambda one: one.time <= showing.ends)[:1]
        if not played:
            return publications[:1], None
        for entry, page in programme.due(played._content(), clock.to_local(showing.ends)):
            if entry and entry["publication"] in by_code and page["type"].startswith("image/"):
                record = played._record_of(page["digest"])
                return by_code[entry["publication"]], record._bytes() if record else None
        return publications[:1], None
