import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { useSetupAction } from "@web/search/action_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { GridTable } from "./grid_table";
import { Session } from "./session";
import { formatTable } from "./tsv";

const MOST_PROBLEMS = 8;
// a longer sheet's preview is drawn again when the form is opened, not after every save
const PREVIEWED_LINES = 200;

/** Fills the table of one draft; made anew for every sheet. */
export class GridEditor extends Component {
    static template = "yangguang_cunwu.GridEditor";
    static components = { GridTable };
    static props = { record: Object };

    setup() {
        this.notification = useService("notification");
        this.end = useRef("end");
        this.typing = null;
        this.state = useState({ active: { row: 0, column: 0 }, wide: false });
        this.session = new Session({
            orm: useService("orm"),
            id: this.props.record.resId,
            state: this.state,
            onSaved: () => this._refreshForm(),
        });
        onWillStart(() => this.session.open());
        onMounted(() => this._beginTyping());
        onWillUnmount(() => this.session.close());
        useRecordObserver((record) => this.session.follow(record.data.revision));
        // before a button of the form is carried out; also when the window is hidden
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", ({ detail }) =>
            detail.proms.push(this.finish({ strict: document.visibilityState === "visible" }))
        );
        // what cannot be saved on the way out is offered when the sheet is opened again
        useSetupAction({ beforeLeave: () => this.finish() });
        useExternalListener(window, "pagehide", () => this.session.keep());
        useExternalListener(document, "visibilitychange", () => this.session.keep());
    }

    get sheet() {
        return this.session.sheet;
    }

    /** A sheet in which nothing is saved yet is ready to be typed and pasted into. */
    _beginTyping() {
        if (!this.session.revision && !this.state.draft) {
            this.table.focus();
        }
    }

    /** Ends the entry that is under way, then saves. */
    async finish(options) {
        this.commitHeader();
        this.table?.commit();
        await this.session.save(options);
    }

    /** Buttons and preview of the form follow the saved content. */
    _refreshForm() {
        const { record } = this.props;
        const known = Boolean(record.data.revision);
        if (!record.dirty && !(known && this.sheet.length > PREVIEWED_LINES)) {
            record.load();
        }
    }

    // the fields above the table

    /** A field while it is being typed in; else what stands in it. */
    headerText(key) {
        return this.typing?.key === key ? this.typing.text : this.sheet.header[key];
    }

    headerProblems(key) {
        return this.session.problems.get(`/${key}`) || [];
    }

    headerClass(key) {
        const kinds = this.headerProblems(key).map((problem) => problem.kind);
        const wrong = kinds.some((kind) => kind !== "required");
        return { yg_wrong: wrong, yg_missing: kinds.length && !wrong };
    }

    onHeaderInput(key, ev) {
        // drawing the form anew must not take away what is being typed
        this.typing = { key, text: ev.target.value };
    }

    onHeaderKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            this.commitHeader();
        }
    }

    // not the event "change": a field that is drawn anew meanwhile does not send it
    commitHeader() {
        if (this.typing) {
            const { key, text } = this.typing;
            this.typing = null;
            this.sheet.writeHeader(key, text);
            this.session.changed();
        }
    }

    // the buttons

    run(name) {
        this.table.commit();
        this.table[name]();
        this.table.focus();
    }

    async copyForward() {
        this.table.commit();
        await this.session.copyForward();
        this.table.measure();
    }

    toggleComparing() {
        this.state.comparing = !this.state.comparing;
        this.session.evaluate();
    }

    copyAll() {
        browser.navigator.clipboard.writeText(formatTable(this.sheet.texts.rows));
        this.notification.add(_t("Your table is on the clipboard."), { type: "success" });
    }

    // sentences

    get status() {
        return {
            saved: _t("Saved"),
            saving: _t("Saving…"),
            unsaved: _t("There are unsaved changes"),
            failed: _t("Not saved yet: trying again"),
        }[this.state.status];
    }

    get draftSentence() {
        const time = new Date(this.state.draft.time).toLocaleString();
        return this.state.draft.outdated
            ? _t(
                  "Changes of %(time)s were not saved. The sheet has been saved by others since: check it afterwards.",
                  { time }
              )
            : _t("Changes of %(time)s were not saved.", { time });
    }

    get conflictSentence() {
        return _t(
            "%(person)s saved this sheet at %(time)s. What you entered is still here, not saved.",
            this.state.conflict
        );
    }

    get compareLabel() {
        return _t("Compare with %(period)s", { period: this.session.previous });
    }

    get moreProblems() {
        return _t("and %(count)s more", { count: this.shownProblems.more });
    }

    // what is wrong

    get activeProblems() {
        const { row, column } = this.state.active;
        return this.session.problems.get(`${row}/${this.sheet.columns[column].key}`) || [];
    }

    /** What is to be put right: what is wrong first, then what is missing, as the table has it. */
    get shownProblems() {
        const { problems, others } = this.session.evaluation;
        const all = [
            ...problems.filter((problem) => problem.kind !== "required"),
            ...others.map((sentence) => ({ sentence })),
            ...problems.filter((problem) => problem.kind === "required"),
        ];
        return { first: all.slice(0, MOST_PROBLEMS), more: Math.max(0, all.length - MOST_PROBLEMS) };
    }

    showProblem(problem) {
        const column = this.sheet.columns.findIndex((each) => each.key === problem.column);
        if (problem.row === null) {
            document.getElementById(`yg_header_${problem.column}`)?.focus();
        } else {
            this.table.goTo(problem.row, Math.max(0, column));
        }
    }

    // the table

    setTable(table) {
        this.table = table;
    }

    onSelect(active) {
        this.state.active = active;
    }

    onLeave() {
        this.end.el.focus();
    }

    onOverflow() {
        this.notification.add(
            _t("What was pasted is larger than the table: the rest is left out."),
            { type: "warning" }
        );
    }
}

/** On the form of a draft; its field is the revision, which tells when the content has changed. */
export class GridField extends Component {
    static template = "yangguang_cunwu.GridField";
    static components = { GridEditor };
    static props = { ...standardFieldProps };
}

registry.category("fields").add("yangguang_grid", {
    component: GridField,
    displayName: _t("Table of a sheet"),
    supportedTypes: ["integer"],
});
