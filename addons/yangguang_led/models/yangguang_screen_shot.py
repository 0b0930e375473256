import base64
import io

from PIL import Image, ImageChops

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import canonical, clock

KEPT = 20
_FORMATS = ("PNG", "JPEG")
_MOST_PIXELS = 4096 * 4096


class ScreenShot(models.Model):
    """A picture of what a screen shows, made by the device itself. The last ones are kept."""

    _name = "yangguang.screen.shot"
    _description = "Picture of a screen"
    _order = "id desc"
    _rec_name = "time"

    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, index=True, ondelete="cascade"
    )
    time = fields.Datetime(required=True, readonly=True)
    picture = fields.Binary(required=True, readonly=True, attachment=True)
    digest = fields.Char(required=True, readonly=True)
    page = fields.Char(readonly=True, help="Digest of the page that was on.")
    publication_id = fields.Many2one(
        "yangguang.publication", readonly=True, index=True, ondelete="restrict"
    )

    @api.model
    def _keep(self, screen_id, content, page=None, publication=None):
        """Keeps a picture (bytes) of a screen and drops the oldest.

        `page` is the digest of the page of `publication` that was on; a picture that is that page,
        dot by dot, is a proof of display.

        Raises ValueError when it is neither PNG nor JPEG, or too large.
        """
        shown = _opened(content)
        shot = self.create(
            {
                "screen_id": screen_id,
                "time": clock.now(),
                "picture": base64.b64encode(content),
                "digest": canonical.digest(content),
                "page": page,
                "publication_id": publication and publication.id,
            }
        )
        self.search([("screen_id", "=", screen_id)], offset=KEPT).unlink()
        picture = page and self.env["yangguang.picture"].search([("digest", "=", page)])
        if publication and picture and _is_same(shown, _opened(picture._bytes())):
            self.env["yangguang.display.proof"]._count(
                "screenshot", [(screen_id, publication.id, clock.to_local(clock.now()), 0, 1)]
            )
        return shot


def _opened(content):
    """The picture, decoded to RGB. Raises ValueError."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise ValueError("the picture is too large")
            return image.convert("RGB")
    except (OSError, SyntaxError) as error:
        raise ValueError("this is no picture") from error


def _is_same(one, other):
    return one.size == other.size and not ImageChops.difference(one, other).getbbox()
