import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";

const ARROWS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};
const MOST_OPTIONS = 60;

/**
 * The text field over the active cell. It has the focus all the time and is empty and transparent
 * until its user begins: by typing ("typing": an arrow ends the entry), or by F2 or a double click
 * ("editing": an arrow moves in the text). Keys that an input method is busy with are its own.
 */
export class CellEditor extends Component {
    static template = "yangguang_cunwu.CellEditor";
    static props = {
        place: Object,
        column: Object,
        text: String,
        locked: Boolean,
        label: String,
        activeId: String,
        onKeydown: Function,
        onBegin: Function,
        onEnter: Function,
        onFill: Function,
        onMove: Function,
        onCopy: Function,
        onCut: Function,
        onPaste: Function,
        handle: Function,
    };

    setup() {
        this.input = useRef("input");
        this.list = useRef("list");
        this.state = useState({ mode: null, choice: -1, query: null });
        onMounted(() => this.props.handle(this));
        onWillUnmount(() => this.props.handle(null));
    }

    focus() {
        this.input.el.focus({ preventScroll: true });
    }

    get style() {
        const { top, left, width } = this.props.place;
        return `top: ${top}px; left: ${left}px; min-width: ${width}px`;
    }

    get listStyle() {
        const { top, left, width } = this.props.place;
        return `top: ${top + 31}px; left: ${left}px; min-width: ${Math.max(width, 160)}px`;
    }

    // options

    get hasOptions() {
        return this.props.column.options.length > 0;
    }

    /** Those that contain what was typed, the ones that begin with it first. */
    get options() {
        const { options } = this.props.column;
        const query = this.state.query?.trim();
        if (!query) {
            return options.slice(0, MOST_OPTIONS);
        }
        const found = options.filter((option) => option.includes(query));
        const first = found.filter((option) => option.startsWith(query));
        return [...first, ...found.filter((option) => !option.startsWith(query))];
    }

    get isOpen() {
        return Boolean(this.state.mode) && this.hasOptions && this.options.length > 0;
    }

    _chooseBy(step) {
        const count = this.options.length;
        this.state.choice = (this.state.choice + step + count) % count;
        this.list.el?.children[this.state.choice]?.scrollIntoView({ block: "nearest" });
    }

    pick(option) {
        this.input.el.value = option;
        this.commit();
        this.focus();
    }

    // entering

    _begin(mode) {
        this.state.mode = mode;
        this.state.query = null;
        this.state.choice = -1;
        if (mode) {
            this.props.onBegin();
        }
    }

    /** F2: the text as it is, to be changed. */
    edit() {
        if (this.props.locked) {
            return;
        }
        this.input.el.value = this.props.text;
        this._begin("editing");
        this.state.choice = this.options.indexOf(this.props.text);
        this.focus();
        this.input.el.setSelectionRange(this.props.text.length, this.props.text.length);
    }

    commit() {
        if (!this.state.mode) {
            return;
        }
        const text = this.chosenText;
        this.cancel();
        this.props.onEnter(text);
    }

    cancel() {
        this.input.el.value = "";
        this._begin(null);
    }

    /** The option that is lit, else what was typed. */
    get chosenText() {
        const { value } = this.input.el;
        return this.isOpen && this.state.choice >= 0 ? this.options[this.state.choice] : value;
    }

    onCompositionstart() {
        if (!this.state.mode && !this.props.locked) {
            this._begin("typing");
        }
    }

    onInput() {
        if (this.props.locked) {
            this.input.el.value = "";
            return;
        }
        if (!this.state.mode) {
            this._begin("typing");
        }
        this.state.query = this.input.el.value;
        this.state.choice = this.hasOptions && this.state.query.trim() ? 0 : -1;
    }

    onKeydown(ev) {
        // 229: the input method has the key
        if (ev.isComposing || ev.keyCode === 229) {
            ev.stopPropagation();
            return;
        }
        if (this.state.mode) {
            this._onKeyWhileEntering(ev);
        } else if (ev.key === "F2" || (ev.altKey && ev.key === "ArrowDown")) {
            ev.preventDefault();
            this.edit();
        } else {
            this.props.onKeydown(ev);
        }
    }

    _onKeyWhileEntering(ev) {
        ev.stopPropagation();
        const move = this._moveOf(ev);
        if (ev.key === "Escape") {
            this.cancel();
        } else if (ev.key === "Enter" && ev.altKey) {
            this._insert("\n");
        } else if (ev.key === "Enter" && ev.ctrlKey) {
            const text = this.chosenText;
            this.cancel();
            this.props.onFill(text);
        } else if (this.isOpen && !ev.shiftKey && ["ArrowDown", "ArrowUp"].includes(ev.key)) {
            this._chooseBy(ev.key === "ArrowDown" ? 1 : -1);
        } else if (move) {
            this.commit();
            this.props.onMove(move);
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** Where a key that ends the entry leads to. */
    _moveOf(ev) {
        if (ev.key === "Enter" || ev.key === "Tab") {
            return { by: ev.key.toLowerCase(), back: ev.shiftKey };
        }
        if (this.state.mode === "typing" && ev.key in ARROWS) {
            return { by: "step", step: ARROWS[ev.key] };
        }
        return null;
    }

    _insert(text) {
        const { el } = this.input;
        el.setRangeText(text, el.selectionStart, el.selectionEnd, "end");
        this.state.query = el.value;
    }

    onBlur() {
        this.commit();
    }

    // while nothing is entered, the clipboard is about cells
    onClipboard(ev, handler) {
        if (!this.state.mode) {
            handler(ev);
        }
    }
}
