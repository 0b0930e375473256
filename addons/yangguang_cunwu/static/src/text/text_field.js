import { HtmlField } from "@html_editor/fields/html_field";
import { FontPlugin } from "@html_editor/main/font/font_plugin";
import { ColorPlugin } from "@html_editor/main/font/color_plugin";
import { FeffPlugin } from "@html_editor/main/feff_plugin";
import { ListPlugin } from "@html_editor/main/list/list_plugin";
import { PlaceholderPlugin } from "@html_editor/main/placeholder_plugin";
import { SelectionPlaceholderPlugin } from "@html_editor/main/selection_placeholder_plugin";
import { TablePlugin } from "@html_editor/main/table/table_plugin";
import { TableUIPlugin } from "@html_editor/main/table/table_ui_plugin";
import { TabulationPlugin } from "@html_editor/main/tabulation_plugin";
import { CORE_PLUGINS } from "@html_editor/plugin_sets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// what lib/rich_text keeps: nobody is offered what would be gone after saving
const PLUGINS = [
    ...CORE_PLUGINS,
    ColorPlugin, // lists and tables ask for it
    FeffPlugin,
    FontPlugin,
    ListPlugin,
    PlaceholderPlugin,
    SelectionPlaceholderPlugin,
    TablePlugin,
    TableUIPlugin,
    TabulationPlugin,
];

export class TextField extends HtmlField {
    static template = "yangguang_cunwu.TextField";
    static props = { ...standardFieldProps, placeholder: { type: String, optional: true } };

    buttons = [
        { name: "heading", label: _t("Heading"), command: "setTagHeading", params: { level: 3 } },
        { name: "small_heading", label: _t("Small heading"), command: "setTagHeading", params: { level: 4 } },
        { name: "paragraph", label: _t("Paragraph"), command: "setTagParagraph" },
        { name: "bold", label: _t("Bold"), command: "formatBold", icon: "fa-bold" },
        { name: "bullets", label: _t("List"), command: "toggleListUL", icon: "fa-list-ul" },
        { name: "numbers", label: _t("Numbered list"), command: "toggleListOL", icon: "fa-list-ol" },
        {
            name: "table",
            label: _t("Table"),
            command: "insertTable",
            params: { rows: 3, cols: 3 },
            icon: "fa-table",
        },
        { name: "undo", label: _t("Undo"), command: "historyUndo", icon: "fa-undo" },
    ];

    getConfig() {
        return {
            ...super.getConfig(),
            Plugins: PLUGINS,
            allowChecklist: false,
            baseContainers: ["P"],
            dropImageAsAttachment: false,
            placeholder: this.props.placeholder,
            // pictures are attached to the sheet
            resources: { bypass_paste_image_files: () => true },
        };
    }

    press(button) {
        const { selection, userCommand } = this.editor.shared;
        selection.focusEditable();
        userCommand.getCommand(button.command).run(button.params);
    }
}

registry.category("fields").add("yangguang_text", {
    component: TextField,
    displayName: _t("Formatted text"),
    supportedTypes: ["html"],
    extractProps: ({ attrs }) => ({ placeholder: attrs.placeholder }),
});
