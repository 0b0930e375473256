"""The demo's screens, put up by the people in office."""

from pathlib import Path

import yaml

_SCREENS = Path(__file__).with_name("screens.yaml")
_SEEN = {"edges": True, "dots": True, "legible": True, "dark_at_night": True}


def put_up(env):
    """Make the screens of `screens.yaml`; those not `planned` go into operation and get their
    first programme. Nothing happens where their villages are not, or where they hang already."""
    env = env(context={**env.context, "lang": "zh_CN", "tz": "Asia/Shanghai"})
    screens = env["yangguang.screen"]
    if screens.search_count([], limit=1):
        return
    for values in yaml.safe_load(_SCREENS.read_text("utf-8")):
        village = env["yangguang.division"].search([("code", "=", values.pop("village"))])
        if village:
            _put_up(env, village, values)
    for _screen in screens._arrange_changed():
        env.cr.commit()


def _put_up(env, village, values):
    planned = values.pop("planned", False)
    town = env["yangguang.appointment"]._holders(village.parent_id, {"town_officer"})
    screens = env["yangguang.screen"].with_user(town.user_ids[:1])
    screen = screens.create({**values, "division_id": village.id})
    if planned:
        screen.action_show_ruler()
        return
    wizard = screens.env["yangguang.screen.commissioning"]
    wizard.create({"screen_id": screen.id, **_SEEN}).action_confirm()
