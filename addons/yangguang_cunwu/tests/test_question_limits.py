from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib import clock, echo_wall
from ..models.demo_stamp import stamp
from .question_common import WORDS, QuestionCommon

_ASKER = {"text": WORDS, "asker_name": "王五六", "asker_phone": "13800138000"}


@tagged("post_install", "-at_install")
class TestQuestionLimits(QuestionCommon):
    """How much one address may ask, and that it closes no village to others."""

    def _asked_from(self, address, village=None):
        """Whether a question from `address` is taken in."""
        questions = self.env["yangguang.question"]
        values = {**_ASKER, "division": village or self.village}
        self.env.invalidate_all()
        try:
            questions._ask_on_web(values, questions._form_key(), address)
        except UserError:
            return False
        return True

    def test_whoever_floods_a_village_keeps_nobody_else_out(self):
        stamp(self.env.cr)
        self.enterContext(clock.travel(datetime(2026, 3, 2, 4, 1)))
        self.enterContext(patch.object(echo_wall, "BUSY_DAY", 6))
        flooder = [f"203.0.113.{number}" for number in range(5)]
        taken = [[self._asked_from(one) for _time in range(7)].count(True) for one in flooder]
        self.assertEqual(taken, [6, 3, 3, 3, 3])
        self.assertTrue(self._asked_from("198.51.100.1"))
        self.assertTrue(self._asked_from(flooder[0], self.far_village))

    def test_one_address_takes_no_more_than_its_share_of_a_village(self):
        stamp(self.env.cr)
        for minute in range(0, 60, 10):
            with clock.travel(datetime(2026, 3, 2, 4, minute)):
                taken = [self._asked_from("203.0.113.1") for _time in range(4)]
        self.assertEqual(taken, [False] * 4)
        with clock.travel(datetime(2026, 3, 2, 5)):
            self.assertTrue(self._asked_from("203.0.113.1", self.far_village))
        with clock.travel(datetime(2026, 3, 3, 4)):
            self.assertTrue(self._asked_from("203.0.113.1"))

    def test_a_network_of_version_six_is_one_address(self):
        """A single telephone there has as many addresses as it likes."""
        _seconds, most = echo_wall.ADDRESS_LIMITS[0]
        for number in range(most):
            self.assertTrue(self._asked_from(f"2001:db8:0:1::{number:x}"))
        self.assertFalse(self._asked_from("2001:db8:0:1:ffff::1"))
        self.assertTrue(self._asked_from("2001:db8:0:2::1"))
