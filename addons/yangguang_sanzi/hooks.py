"""What happens around the installation."""


def post_init_hook(env):
    """A new database begins with the chart of accounts and the public lines that are shipped."""
    env["yangguang.chart"]._load_shipped()
    env["yangguang.disclosure.line"]._load_shipped()
