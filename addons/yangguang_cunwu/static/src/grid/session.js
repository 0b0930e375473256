import { _t } from "@web/core/l10n/translation";
import { dropDraft, keepDraft, keptDraft } from "./drafts";
import { Sheet } from "./sheet";

const MODEL = "yangguang.disclosure";
// milliseconds after the last change
const EVALUATE_AFTER = 300;
const KEEP_AFTER = 400;
const SAVE_AFTER = 3000;
const RETRY_AFTER = 10000;

/**
 * One draft being filled in: the sheet on the screen, what the server says of it, and how it gets
 * there. `state` is what the screen shows of it; `onSaved` is called after a save of its own accord.
 */
export class Session {
    constructor({ orm, id, state, onSaved }) {
        this.orm = orm;
        this.id = id;
        this.state = state;
        this.onSaved = onSaved;
        this.sheet = null;
        this.revision = null;
        this.savedEdits = 0;
        this.asked = 0;
        this.timers = {};
        Object.assign(state, {
            version: 0,
            status: "saved",
            failure: null,
            conflict: null,
            draft: null,
            comparing: false,
        });
    }

    close() {
        Object.values(this.timers).forEach((timer) => clearTimeout(timer));
    }

    async open() {
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
    async follow(revision) {
        if (this.sheet && revision > this.revision && !this.saving && !this.isDirty) {
            await this.open();
        }
    }

    get isDirty() {
        return this.sheet.edits !== this.savedEdits;
    }

    _call(method, ...args) {
        return this.orm.silent.call(MODEL, method, [[this.id], ...args]);
    }

    _later(name, delay, action) {
        clearTimeout(this.timers[name]);
        this.timers[name] = setTimeout(action, delay);
    }

    // what the server says

    /** After every change of the sheet. */
    changed() {
        if (this.sheet.length) {
            this.sheet.extra.zero = null;
        }
        this.state.version++;
        this.state.status = "unsaved";
        this._later("evaluate", EVALUATE_AFTER, () => this.evaluate());
        this._later("keep", KEEP_AFTER, () => this.keep());
        this._later("save", SAVE_AFTER, () => this.save());
    }

    async evaluate() {
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
        const { changes } = evaluation;
        this.marks = changes && {
            added: new Set(changes.added),
            changed: new Map(changes.changed),
            label: this.previous,
        };
        this.state.version++;
    }

    async copyForward() {
        this.sheet.replace(await this._call("grid_previous"));
        this.state.comparing = true;
        this.changed();
    }

    // saving

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
            this._refused(error);
            if (strict) {
                throw error;
            }
            return;
        }
        if (answer.conflict) {
            this.state.status = "unsaved";
            this.state.conflict = answer.conflict;
            this.keep();
            return;
        }
        this._settle(answer.revision, edits);
        if (!strict) {
            this.onSaved();
        }
    }

    _refused(error) {
        this.state.status = "failed";
        this.state.failure = sentenceOf(error);
        this.keep();
        this._later("save", RETRY_AFTER, () => this.save());
    }

    _settle(revision, edits) {
        this.revision = revision;
        this.savedEdits = edits;
        this.state.failure = null;
        if (this.isDirty) {
            this.changed();
            return;
        }
        this.sheet.settle();
        this.state.status = "saved";
        clearTimeout(this.timers.keep);
        dropDraft(this.id);
    }

    // two at the same sheet

    /** Takes the other's content and puts one's own changes onto it. */
    async reapply() {
        const opened = await this._call("grid_open");
        this.revision = opened.revision;
        this.sheet.reapply(opened.grid);
        this.state.conflict = null;
        this.changed();
    }

    /** Takes the other's content; one's own is one step of undo away. */
    async takeNewer() {
        const opened = await this._call("grid_open");
        this.revision = opened.revision;
        this.sheet.replace(opened.grid);
        this.state.conflict = null;
        this._settle(opened.revision, this.sheet.edits);
        this._take(opened.evaluation);
    }

    // drafts of a browser that died

    keep() {
        if (this.isDirty && !keepDraft(this.id, this.revision, this.sheet.texts)) {
            this.state.failure = _t("This browser keeps no copy of unsaved changes.");
        }
    }

    _usableDraft(grid) {
        const draft = keptDraft(this.id);
        const content = ({ header, rows }) => JSON.stringify([Object.entries(header).sort(), rows]);
        if (!draft || content(draft.texts) === content(grid)) {
            return null;
        }
        return { ...draft, outdated: draft.revision !== this.revision };
    }

    restoreDraft() {
        this.sheet.replace(this.state.draft.texts);
        this.state.draft = null;
        this.changed();
    }

    discardDraft() {
        this.state.draft = null;
        dropDraft(this.id);
    }
}

function sentenceOf(error) {
    return error.data?.message || error.message || String(error);
}
