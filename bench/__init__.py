"""Measurements. `./yangguang bench [name]` runs the `main()` of the modules here, each against its
limits; a ratio is taken against a floor measured in the same run, so that it means the same on any
machine."""

import odoo.addons

from scripts.settings import ADDONS

# the benches use the addons' plain libraries before a registry is there
if str(ADDONS) not in odoo.addons.__path__:
    odoo.addons.__path__.append(str(ADDONS))
