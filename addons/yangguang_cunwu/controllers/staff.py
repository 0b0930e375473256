"""Downloads for staff."""

from odoo import http
from odoo.http import content_disposition, request

from ..lib import catalogue, clock, excel
from ..lib.catalogue import yaml_text

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
            content = catalogue.to_workbook(edition._amended(clock.today()))
        else:
            content = catalogue.dump(edition._amended(clock.today())).encode()
        name = f"{edition.name} {edition.date_from}.{kind}"
        return self._download(content, name, XLSX if kind == "xlsx" else YAML)

    @http.route(
        "/yangguang/template/<int:template_id>.yaml", type="http", auth="user", methods=["GET"]
    )
    def template(self, template_id):
        template = request.env["yangguang.template"].browse(template_id).exists()
        if not template or not template.has_access("read"):
            return request.not_found()
        content = yaml_text.dump(template._layout().to_dict()).encode()
        return self._download(content, f"{template.display_name}.yaml", YAML)

    @http.route(
        "/yangguang/template-draft/<int:draft_id>.<string:kind>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def template_draft(self, draft_id, kind):
        draft = request.env["yangguang.template.draft"].browse(draft_id)
        if not draft.has_access("read") or not draft.exists() or kind not in ("xlsx", "yaml"):
            return request.not_found()
        template = draft._template()
        if kind == "xlsx":
            sample = template.sample
            content = excel.form(template, header=sample["header"], rows=sample["rows"])
        else:
            content = yaml_text.dump(template.to_dict()).encode()
        return self._download(
            content, f"{draft.display_name}.{kind}", XLSX if kind == "xlsx" else YAML
        )

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
