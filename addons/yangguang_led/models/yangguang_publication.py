import json

from odoo import api, models

from odoo.addons.yangguang_cunwu.lib import canonical


class Publication(models.Model):
    _inherit = "yangguang.publication"

    def _address(self):
        """Where everybody reads the whole sheet; the screen's QR code leads there."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return f"{base}/p/{self.code}"


class PublicPage(models.Model):
    _inherit = "yangguang.public.page"

    def _is_sealed(self):
        """Whether these bytes are those that the sealed envelope names."""
        sealed = json.loads(self.publication_id.envelope)["digests"].get("public")
        return canonical.digest(self.content.encode()) == self.digest == sealed


class PublicationEvent(models.Model):
    _inherit = "yangguang.publication.event"

    @api.model_create_multi
    def create(self, vals_list):
        """What happens to a publication changes what screens show: at once, not at the next round
        of the clock."""
        events = super().create(vals_list)
        self.env["yangguang.screen"].sudo()._arrange_soon()
        return events
