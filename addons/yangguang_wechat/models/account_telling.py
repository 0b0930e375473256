from odoo import models

from odoo.addons.yangguang_cunwu.lib import clock

_PAGE = 20


class WechatAccount(models.Model):
    """What an account is told about itself."""

    _inherit = "yangguang.wechat.account"

    def _told(self):
        """Everything the mini-program knows of its owner."""
        self.ensure_one()
        village = self.division_id
        return {
            "village": {"code": village.code, "name": village.name} if village else None,
            "phone": _hidden(self.phone),
            "residence": self._told_residence(),
            "official": self._told_official(),
            "household_enabled": self._shows_household(),
            "subscriptions": self.env["yangguang.wechat.consent"]._told(self),
        }

    def _told_residence(self):
        told = {"state": self.residence_state}
        if self.residence_state == "waiting":
            claim = self.env["yangguang.wechat.residence"].sudo()._waiting(self)
            told["village"] = claim.division_id.name
        elif resident := self._resident():
            told["village"] = resident.division_id.name
            told["household"] = resident.household
            told["is_member"] = resident.is_collective_member
        elif self.residence_state == "verified":
            # the village has taken him out of its register
            told["state"] = "none"
        return told

    def _resident(self):
        """Who this account is by the register of today; empty when nobody."""
        self.ensure_one()
        resident = self.resident_id
        if self.residence_state != "verified" or not resident.active:
            return resident.browse()
        return resident

    def _told_official(self):
        user = self._official()
        if not user:
            return None
        return {
            "name": user.name,
            "offices": user._office_names(),
            "can": {
                "review": bool(user.review_division_ids),
                "file": any(office.role == "town_officer" for office in user._offices()),
            },
        }

    def _shows_household(self):
        """Whether the district has switched "my household" on."""
        return self.env["yangguang.wechat.setting"]._current().shows_household

    def _messages_told(self, after=None):
        """A page of what the owner was told, or would have been, the newest first; and the id to
        go on after, None at the end."""
        self.ensure_one()
        found = self.env["yangguang.wechat.message"]._told(self, after, limit=_PAGE + 1)
        told = [
            {
                "kind": message.kind,
                "title": message.title or "",
                "text": message.text or "",
                "page": message.page or "",
                "time": clock.to_local(message.time).isoformat(),
            }
            for message in found[:_PAGE]
        ]
        return told, found[_PAGE - 1].id if len(found) > _PAGE else None


def _hidden(phone):
    """A telephone number with its middle hidden: its owner knows it, who looks over his shoulder
    does not."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else None
