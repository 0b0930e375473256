import base64

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import canonical


class Picture(models.Model):
    """The bytes of a drawn page, kept once, found by their digest."""

    _name = "yangguang.picture"
    _description = "Drawn page"
    _log_access = False

    digest = fields.Char(required=True, readonly=True)
    content = fields.Binary(attachment=False, required=True, readonly=True)
    size = fields.Integer(required=True, readonly=True)

    _digest_unique = models.Constraint("UNIQUE (digest)", "This picture is kept already.")

    def _bytes(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).content)

    @api.model
    def _keep(self, contents):
        """Keeps the pictures (bytes) that are not kept yet; gives all by their digests."""
        by_digest = {canonical.digest(content): content for content in contents}
        known = self.search([("digest", "in", list(by_digest))])
        new = by_digest.keys() - set(known.mapped("digest"))
        known |= self.create(
            [
                {
                    "digest": digest,
                    "content": base64.b64encode(by_digest[digest]),
                    "size": len(by_digest[digest]),
                }
                for digest in sorted(new)
            ]
        )
        return {picture.digest: picture for picture in known}

    @api.autovacuum
    def _drop_unused(self):
        """Removes what no rendering shows any more."""
        self.env.cr.execute(
            "DELETE FROM yangguang_picture picture WHERE NOT EXISTS (SELECT FROM"
            " yangguang_picture_yangguang_rendering_rel WHERE yangguang_picture_id = picture.id)"
        )
