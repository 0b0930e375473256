"""What happens around the installation."""


def post_init_hook(env):
    """A new database begins with the shipped chart, public lines and categories of assets."""
    env["yangguang.chart"]._load_shipped()
    env["yangguang.disclosure.line"]._load_shipped()
    env["yangguang.asset.category"]._load_shipped()
