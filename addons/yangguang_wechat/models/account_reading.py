from odoo import models
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import canonical, codes

from ..lib import household

# published lists that are looked through for a household, the newest first
_MOST_LISTS = 120


class WechatAccount(models.Model):
    """What the owner of an account may read beyond what everybody reads.

    Which audience he belongs to is decided by `yangguang.publication._renditions_for` alone, from
    the village's register of today.
    """

    _inherit = "yangguang.wechat.account"

    def _rendition(self, code):
        """The rendition of a publication that is his to read; empty when he gets no more than
        everybody, and when there is no such publication."""
        self.ensure_one()
        known = codes.normalise(code)
        publications = self.env["yangguang.publication"].sudo()
        publication = publications.search([("code", "=", known)]) if known else publications
        # a member gets what a resident gets, and more
        return publication._renditions_for(self._resident()).sorted("audience")[:1]

    def _household_rows(self):
        """The rows about his household in what is on display in his village, the newest list
        first. Those of nobody else, and nothing when it is in doubt whose a row is."""
        self.ensure_one()
        resident = self._resident()
        names = self._names_of_household(resident)
        publications = self.env["yangguang.publication"].sudo()
        lists = publications.search(
            publications._on_display()
            & Domain("division_id", "=", resident.division_id.id)
            & Domain("audience", "in", ("village", "member")),
            limit=_MOST_LISTS,
        )
        return [
            {
                "publication": rendition.publication_id.code,
                "title": rendition.publication_id.title,
                "period": rendition.publication_id.period_label or None,
                "row": number,
                "cells": cells,
            }
            for rendition in lists._renditions_for(resident).sorted("id", reverse=True)
            for number, cells in household.own_rows(
                canonical.parse(rendition.content.encode()), resident.household, names
            )
        ]

    def _names_of_household(self, resident):
        """The names in his household that nobody else in the village has, or had: an older list
        may be about somebody who has been struck off since."""
        residents = self.env["yangguang.resident"].sudo()
        village = Domain("division_id", "=", resident.division_id.id)
        of_household = residents.search(village & Domain("household", "=", resident.household))
        counted = residents.with_context(active_test=False)._read_group(
            village & Domain("name", "in", of_household.mapped("name")), ["name"], ["__count"]
        )
        return {name for name, count in counted if count == 1}

    def _is_household_clear(self):
        """Whether the register tells his household from all others. Where it calls households by
        the names of their heads, those of two heads with one name look like one."""
        self.ensure_one()
        resident = self._resident()
        heads = self.env["yangguang.resident"].sudo().with_context(active_test=False)
        return (
            heads.search_count(
                [
                    ("division_id", "=", resident.division_id.id),
                    ("name", "=", resident.household),
                ],
                limit=2,
            )
            < 2
        )
