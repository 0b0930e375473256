"""A village with a screen of each kind."""

from odoo.addons.yangguang_cunwu.tests.disclosure_common import DisclosureCommon


class ScreenCommon(DisclosureCommon):
    @classmethod
    def _screen(cls, **values):
        """A screen of 东岸村 in operation, by default a small one with a font card."""
        operating = values.pop("state", "on")
        screen = cls.env["yangguang.screen"].create(
            {
                "name": "村委会门口屏",
                "division_id": cls.village.id,
                "width": 192,
                "height": 64,
                "pitch": 10.0,
                "distance": 20.0,
                "colours": "one",
                "driver": "onbon_k",
                "address": "socket://127.0.0.1:9",
                "opens": 0,
                "closes": 24,
                **values,
            }
        )
        screen.state = operating
        return screen

    def _shown(self, screen):
        """The publications that the screen's programme has in turn, in their order."""
        screen._arrange()
        return [key for key, _form in screen.programme_id._content()["plans"][0]["loop"]]
