from odoo import api, fields, models

from ..lib import manifest


class ManifestKey(models.Model):
    """The key that signs what web players show: one for the database, made when it is needed.
    Players pin its public half when they are paired; a lost key means pairing them anew."""

    _name = "yangguang.manifest.key"
    _description = "Key that signs manifests"
    _log_access = False
    _rec_name = "public"

    public = fields.Char(required=True, readonly=True)
    private = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _only_one = models.UniqueIndex("((true))", "There is one key.")

    @api.model
    def _pair(self):
        """The private key as PEM and the public key, as `lib.manifest` takes them."""
        key = self.sudo().search([], limit=1)
        if not key:
            private, public = manifest.new_key()
            # whoever comes second takes the key of the first
            self.env.cr.execute(
                "INSERT INTO yangguang_manifest_key (private, public) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                (private, public),
            )
            key = self.sudo().search([], limit=1)
        return key.private, key.public
