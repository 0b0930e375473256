"""Downloads for staff."""

from odoo import http
from odoo.http import content_disposition, request

from ..lib import catalogue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml; charset=utf-8"


class Staff(http.Controller):
    @http.route("/yangguang/form/<int:disclosure_id>", type="http", auth="user", methods=["GET"])
    def form(self, disclosure_id):
        disclosure = request.env["yangguang.disclosure"].browse(disclosure_id).exists()
        if not disclosure or not disclosure.has_access("read"):
            return request.not_found()
        return self._download(disclosure._form_content(), f"{disclosure.display_name}.xlsx", XLSX)

    @http.route(
        "/yangguang/edition/<int:edition_id>.<string:kind>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def edition(self, edition_id, kind):
        edition = request.env["yangguang.edition"].browse(edition_id).exists()
        if not edition or not edition.has_access("read") or kind not in ("xlsx", "yaml"):
            return request.not_found()
        if kind == "xlsx":
            content = catalogue.to_workbook(edition._catalogue())
        else:
            content = catalogue.dump(edition._catalogue()).encode()
        name = f"{edition.name} {edition.date_from}.{kind}"
        return self._download(content, name, XLSX if kind == "xlsx" else YAML)

    @staticmethod
    def _download(content, name, content_type):
        return request.make_response(
            content,
            headers=[
                ("Content-Type", content_type),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
