from odoo import fields, models

from ..lib.importing import plan
from ..lib.importing.registers import items
from . import yangguang_asset as asset
from . import yangguang_contract as contract


class ImportBatch(models.Model):
    """Assets and contracts out of a list; they are drafts, to be entered by their own step."""

    _inherit = "yangguang.import.batch"

    asset_ids = fields.One2many("yangguang.asset", "import_id", readonly=True)
    contract_ids = fields.One2many("yangguang.contract", "import_id", readonly=True)

    def _read_asset(self, records):
        categories = self.env["yangguang.asset.category"].search([])
        labels = {
            "category_id": {one.name: one.id for one in categories},
            **self._labels("yangguang.asset", "source", "nature", "use", "condition"),
        }
        return self._read_items(records, "yangguang.asset", labels)

    def _read_contract(self, records):
        assets = self.env["yangguang.asset"].search(
            [("collective_id", "=", self.collective_id.id), ("state", "=", "kept")]
        )
        labels = {
            "asset_id": {one.code: one.id for one in assets},
            **self._labels("yangguang.contract", "kind", "cycle", "method"),
        }
        return self._read_items(records, "yangguang.contract", labels)

    def _labels(self, model, *names):
        """Value by label of the choices of `model`."""
        described = self.env[model].fields_get(names, ["selection"])
        return {
            name: {label: value for value, label in described[name]["selection"]} for name in names
        }

    def _read_items(self, records, model, labels):
        present = self.env[model].search([("collective_id", "=", self.collective_id.id)])
        found = list(items(records, self.kind, labels, present.mapped("code")))
        return plan.of_items(found, records.heads)

    def _book_asset(self, read):
        self._make_items("yangguang.asset", read)

    def _book_contract(self, read):
        self._make_items("yangguang.contract", read)

    def _make_items(self, model, read):
        """Makes the drafts as the user, whom the register's rules then allow or not."""
        made = self.env[model].create(
            [{**one.values, "collective_id": self.collective_id.id} for one in read.things]
        )
        made.sudo().import_id = self


class Asset(models.Model):
    _inherit = "yangguang.asset"
    _step_fields = (*asset.Asset._step_fields, "import_id")

    import_id = fields.Many2one(
        "yangguang.import.batch", readonly=True, copy=False, index="btree_not_null"
    )


class Contract(models.Model):
    _inherit = "yangguang.contract"
    _step_fields = (*contract.Contract._step_fields, "import_id")

    import_id = fields.Many2one(
        "yangguang.import.batch", readonly=True, copy=False, index="btree_not_null"
    )
