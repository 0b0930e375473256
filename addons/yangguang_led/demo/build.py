"""Puts screens up in the demo district: `odoo shell -d NAME --no-http < build.py`, after the demo
of the villages' affairs."""

from odoo.addons.yangguang_led.demo.screens import put_up

put_up(env)  # noqa: F821 (the shell's)
env.cr.commit()  # noqa: F821
