import { Component, onWillStart, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { useBus, useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { useSetupAction } from "@web/search/action_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { dropDraft, keepDraft, keptDraft } from "./drafts";
import { GridTable } from "./grid_table";
import { Sheet } from "./sheet";
import { formatTable } from "./tsv";

const MODEL = "yangguang.disclosure";
// milliseconds after the last change
const EVALUATE_AFTER = 300;
const KEEP_AFTER = 400;
const SAVE_AFTER = 3000;
const RETRY_AFTER = 10000;
const MOST_PROBLEMS = 8;
// a longer sheet's preview is drawn again when the form is opened, not after every save
const PREVIEWED_LINES = 200;

/** Fills the table of one draft; made anew for every sheet. */
export class GridEditor extends Component {
    static template = "yangguang_cunwu.GridEditor";
    static components = { GridTable };
    static props = { record: Object };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.end = useRef("end");
        this.id = this.props.record.resId;
        this.revision = null;
        this.savedEdits = 0;
        this.asked = 0;
        this.timers = {};
        this.typing = null;
        this.state = useState({
            version: 0,
            status: "saved",
            failure: null,
            conflict: null,
            draft: null,
            comparing: false,
            active: { row: 0, column: 0 },
            wide: false,
        });
        onWillStart(() => this._open());
        onWillUnmount(() => Object.values(this.timers).forEach((timer) => clearTimeout(timer)));
        useRecordObserver((record) => this._follow(record.data.revision));
        // before a button of the form is carried out; also when the window is hidden
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", ({ detail }) =>
            detail.proms.push(this.finish({ strict: document.visibilityState === "visible" }))
        );
        // what cannot be saved on the way out is offered when the sheet is opened again
        useSetupAction({ beforeLeave: () => this.finish() });
        useExternalListener(window, "pagehide", () => this._keep());
        useExternalListener(document, "visibilitychange", () => this._keep());
    }

    // the server's content

    async _open() {
        const opened = await this._call("grid_open");
        this.revision = opened.revision;
        this.previous = opened.previous;
        if (this.sheet) {
            this.sheet.load(opened.grid);
        } else {
            this.sheet = new Sheet(opened.layout, opened.grid);
            this.state.draft = this._usableDraft(opened.grid);
        }
        this.savedEdits = this.sheet.edits;
        this._take(opened.evaluation);
    }

    /** Another part of the form, such as the upload, has saved a newer content. */
    async _follow(revision) {
        if (this.sheet && revision > this.revision && !this.saving && !this.isDirty) {
            await this._open();
        }
    }

    _call(method, ...args) {
        return this.orm.silent.call(MODEL, method, [[this.id], ...args]);
    }

    get isDirty() {
        return this.sheet.edits !== this.savedEdits;
    }

    // changing

    onChange() {
        if (this.sheet.length) {
            this.sheet.extra.zero = null;
        }
        this.state.version++;
        this.state.status = "unsaved";
        this._later("evaluate", EVALUATE_AFTER, () => this._evaluate());
        this._later("keep", KEEP_AFTER, () => this._keep());
        this._later("save", SAVE_AFTER, () => this.save());
    }

    _later(name, delay, action) {
        clearTimeout(this.timers[name]);
        this.timers[name] = setTimeout(action, delay);
    }

    async _evaluate() {
        const asked = ++this.asked;
        const { edits, texts } = this.sheet;
        let evaluation;
        try {
            evaluation = await this._call("grid_evaluate", texts, this.state.comparing);
        } catch (error) {
            this.state.failure = sentenceOf(error);
            return;
        }
        // only the answer to the latest question about what still stands there counts
        if (asked === this.asked && edits === this.sheet.edits) {
            this.state.failure = null;
            this._take(evaluation);
        }
    }

    _take(evaluation) {
        this.sheet.evaluate(evaluation);
        this.evaluation = evaluation;
        this.problems = new Map();
        for (const problem of evaluation.problems) {
            const place = `${problem.row ?? ""}/${problem.column}`;
            this.problems.set(place, [...(this.problems.get(place) || []), problem]);
        }
        const changes = evaluation.changes;
        this.marks = changes && {
            ...changes,
            added: new Set(changes.added),
            changed: new Map(changes.changed),
            label: this.previous,
        };
        this.state.version++;
    }

    /** A field above the table while it is being typed in; else what stands in it. */
    headerText(key) {
        return this.typing?.key === key ? this.typing.text : this.sheet.header[key];
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
            this.onChange();
        }
    }

    headerProblems(key) {
        return this.problems.get(`/${key}`) || [];
    }

    headerClass(key) {
        const kinds = this.headerProblems(key).map((problem) => problem.kind);
        const wrong = kinds.some((kind) => kind !== "required");
        return { yg_wrong: wrong, yg_missing: kinds.length && !wrong };
    }

    // saving

    get dirtyLabel() {
        return {
            saved: _t("Saved"),
            saving: _t("Saving…"),
            unsaved: _t("There are unsaved changes"),
            failed: _t("Not saved yet: trying again"),
        }[this.state.status];
    }

    /** Ends the entry that is under way, then saves. */
    async finish(options) {
        this.commitHeader();
        this.table?.commit();
        await this.save(options);
    }

    /**
     * Saves what was changed. With `strict` a save that is refused is an error, so that nobody
     * submits an older content than he sees.
     */
    async save({ strict = false } = {}) {
        await this.saving;
        if (!this.isDirty || (this.state.conflict && !strict)) {
            return;
        }
        this.saving = this._save(strict);
        try {
            await this.saving;
        } finally {
            this.saving = null;
        }
    }

    async _save(strict) {
        clearTimeout(this.timers.save);
        const { edits, texts } = this.sheet;
        this.state.status = "saving";
        let answer;
        try {
            answer = await this._call("grid_save", this.revision, texts, strict);
        } catch (error) {
            this.state.status = "failed";
            this.state.failure = sentenceOf(error);
            this._keep();
            this._later("save", RETRY_AFTER, () => this.save());
            if (strict) {
                throw error;
            }
            return;
        }
        if (answer.conflict) {
            this.state.status = "unsaved";
            this.state.conflict = answer.conflict;
            this._keep();
            return;
        }
        this._settle(answer.revision, edits);
        if (!strict) {
            this._refreshForm();
        }
    }

    _settle(revision, edits) {
        this.revision = revision;
        this.savedEdits = edits;
        this.state.failure = null;
        if (this.isDirty) {
            this.onChange();
            return;
        }
        this.sheet.settle();
        this.state.status = "saved";
        clearTimeout(this.timers.keep);
        dropDraft(this.id);
    }

    /** Buttons and preview of the form follow the saved content. */
    _refreshForm() {
        const { record } = this.props;
        const known = Boolean(record.data.revision);
        if (!record.dirty && !(known && this.sheet.length > PREVIEWED_LINES)) {
            record.load();
        }
    }

    // two at the same sheet

    copyAll() {
        const rows = this.sheet.texts.rows;
        browser.navigator.clipboard.writeText(formatTable(rows));
        this.notification.add(_t("Your table is on the clipboard."), { type: "success" });
    }

    /** Takes the other's content and puts one's own changes onto it. */
    async reapply() {
        const opened = await this._call("grid_open");
        this.revision = opened.revision;
        this.sheet.reapply(opened.grid);
        this.state.conflict = null;
        this.onChange();
    }

    /** Takes the other's content; one's own is one step of undo away. */
    async takeNewer() {
        const opened = await this._call("grid_open");
        this.revision = opened.revision;
        this.sheet.replace(opened.grid);
        this.sheet.settle();
        this.savedEdits = this.sheet.edits;
        this.state.conflict = null;
        this.state.status = "saved";
        dropDraft(this.id);
        this._take(opened.evaluation);
    }

    // drafts of a browser that died

    _keep() {
        if (this.isDirty && !keepDraft(this.id, this.revision, this.sheet.texts)) {
            this.state.failure = _t("This browser keeps no copy of unsaved changes.");
        }
    }

    _usableDraft(grid) {
        const draft = keptDraft(this.id);
        if (!draft || JSON.stringify(draft.texts.rows) === JSON.stringify(grid.rows)) {
            return null;
        }
        const time = new Date(draft.time).toLocaleString();
        return { ...draft, when: time, outdated: draft.revision !== this.revision };
    }

    restoreDraft() {
        this.sheet.replace(this.state.draft.texts);
        this.state.draft = null;
        this.onChange();
    }

    discardDraft() {
        this.state.draft = null;
        dropDraft(this.id);
    }

    // last period

    async copyForward() {
        this.table.commit();
        this.sheet.replace(await this._call("grid_previous"));
        this.table.measure();
        this.state.comparing = true;
        this.onChange();
    }

    toggleComparing() {
        this.state.comparing = !this.state.comparing;
        this._evaluate();
    }

    // what is wrong

    get activeProblems() {
        const { row, column } = this.state.active;
        return this.problems.get(`${row}/${this.sheet.columns[column].key}`) || [];
    }

    /** Everything to put right, the gravest first, in the order of the table. */
    get shownProblems() {
        const wrong = this.evaluation.problems.filter((problem) => problem.kind !== "required");
        const missing = this.evaluation.problems.filter((problem) => problem.kind === "required");
        const others = this.evaluation.others.map((sentence) => ({ sentence }));
        const all = [...wrong, ...others, ...missing];
        return { first: all.slice(0, MOST_PROBLEMS), more: Math.max(0, all.length - MOST_PROBLEMS) };
    }

    showProblem(problem) {
        const column = this.sheet.columns.findIndex((each) => each.key === problem.column);
        if (typeof problem.row === "number") {
            this.table.goTo(problem.row, Math.max(0, column));
        } else {
            document.getElementById(`yg_header_${problem.column}`)?.focus();
        }
    }

    // the table

    setTable(table) {
        this.table = table;
    }

    onSelect(active) {
        const { row, column } = this.state.active;
        if (active.row !== row || active.column !== column) {
            this.state.active = active;
        }
    }

    onLeave() {
        this.end.el.focus();
    }

    onOverflow() {
        this.notification.add(_t("What was pasted is larger than the table: the rest is left out."), {
            type: "warning",
        });
    }

    run(name) {
        this.table.commit();
        this.table[name]();
        this.table.focus();
    }
}

function sentenceOf(error) {
    return error.data?.message || error.message || String(error);
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
