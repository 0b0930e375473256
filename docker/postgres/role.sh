#!/bin/sh
# Run once by the image when the data directory is new: Odoo's role makes databases, no more.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/odoo_password)" --username postgres <<'SQL'
CREATE ROLE odoo LOGIN CREATEDB NOSUPERUSER PASSWORD :'password';
SQL
