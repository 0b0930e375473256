"""What the service speaks with WeChat, in plain Python without Odoo."""
