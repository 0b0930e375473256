"""What happens around the installation."""


def pre_init_hook(env):
    """Exclusion constraints over a division and a range of dates need `btree_gist` (a trusted
    extension: the owner of the database may create it)."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


def post_init_hook(env):
    """A new database begins with the list of items that the addon ships, and with a name."""
    env["yangguang.edition"]._load_shipped()
    company = env.ref("base.main_company")
    if company.name == "My Company":
        company.name = "阳光村务"
