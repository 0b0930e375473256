"""Published sheets, and a reader without login."""

import re

from odoo.tests import HttpCase

from .disclosure_common import NOTHING, PARTY_POINTS, DisclosureCommon

# households in need: the row that the relief item is published with
HOUSEHOLD = {
    "group": "第一组",
    "head": "赵大明",
    "id_no": "110101199003077758",
    "persons": "2",
    "monthly": "900.00",
    "since": "2025-01-01",
}
APPLICANT = {
    "name": "钱小六",
    "gender": "f",
    "stage": "target",
    "stage_date": "2025-11-20",
    "sponsors": "张三、李四",
    "pub_start": "2025-11-21",
    "pub_end": "2025-11-28",
}


class PublicCommon(DisclosureCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["yangguang_cunwu"], ["zh_CN"])

    def _get(self, path, status=200, **options):
        """What a reader without login is answered; follows no redirection."""
        self.opener.cookies.clear()
        answer = self.url_open(path, allow_redirects=False, **options)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def _text(self, path, status=200):
        """What the page at `path` says, without its tags."""
        html = self._get(path, status).text.partition("<body>")[2]
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    def _receipts(self, period_key="2026-01", **values):
        return self._published(period_key=period_key, **values).publication_id

    def _notice(self, text="村民会议定于本月二十日上午九时召开。", **values):
        return self._published(self.notice_item, {"text": text}, **values).publication_id

    def _relief(self):
        status = self.relief_item.template_id._layout().column("status").options[0].value
        document = {"rows": [{**HOUSEHOLD, "status": status}]}
        return self._published(self.relief_item, document, period_key="2026Q1").publication_id

    def _party(self, item=None, document=None):
        """A published Party sheet; unless another is given, one the open web gets nothing of."""
        document = document or {"rows": [APPLICANT]}
        disclosure = self._draft(item or self.party_item, document)
        disclosure.action_submit(PARTY_POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        self._sign(disclosure)
        return disclosure.action_publish()

    def _correction(self, publication):
        return self._receipts(
            publication.period_key,
            document=NOTHING,
            corrects_id=publication.id,
            correction_reason="第2行金额录入有误",
        )

    def _taken_down(self):
        publication = self._notice("联系电话见村委会公告栏。")
        publication.with_user(self.clerk).action_withdraw("privacy", "正文涉及个人信息。")
        return publication

    def _count_queries(self, path):
        """The statements that an answer costs once caches are warm."""
        for _attempt in range(3):
            self._get(path)
        before = self.cr.sql_log_count
        self._get(path)
        return self.cr.sql_log_count - before
