/**
 * Plays what is in turn, over and over. It never waits for the network; what cannot be shown is
 * left out, and where nothing is left the safe page is shown, not black.
 */

import { isExpired } from "./manifest.js";
import { due, isOpen, percent } from "./programme.js";

const LOOK = 1000;
// a page that failed is tried again after so long
const REST_MILLISECONDS = 10 * 60000;
const SAFE = [["阳光村务", 0.6]];

export class Loop {
    constructor({ stage, clock }) {
        Object.assign(this, { stage, clock });
        this.content = null;
        this.isRunning = false;
        this.isPaused = false;
        this.turn = null;
        this.beat = performance.now();
        this.resting = new Map();
        this.unproven = [];
        this.generation = 0;
        // what is to be done when no page is on
        this.between = () => {};
    }

    /** Where the files come from and the proofs go; `report` takes (kind, detail) of an alarm. */
    attach(library, proofs, report) {
        Object.assign(this, { library, proofs, report });
    }

    /** Goes over to a manifest's content, all of whose files are here, at the next page. */
    play(content) {
        this.content = content;
        if (content) {
            const { width, height } = content.programme.screen;
            this.size = [Number(width), Number(height)];
        }
    }

    /** Begins anew; a loop that hangs in a call that never ends is left behind. */
    start() {
        this.generation += 1;
        this.isRunning = true;
        this.beat = performance.now();
        this._run(this.generation);
    }

    /** Shows nothing more of what it has. */
    stop() {
        this.generation += 1;
        this.isRunning = false;
        this.content = this.turn = null;
    }

    async _run(generation) {
        let at = null;
        while (generation === this.generation) {
            this.beat = performance.now();
            await this.between();
            const programme = this._programme();
            if (!programme || !this._isLit(programme)) {
                this._pause(programme);
                await sleep(LOOK);
                continue;
            }
            this.stage.resize(...this.size);
            this.stage.dim(percent(programme, this.clock.now()));
            const turns = due(programme, this.clock.now()).filter((turn) => this._isFit(turn));
            at = following(turns, at);
            if (at === null) {
                this.turn = null;
                this.stage.words(SAFE);
                await sleep(LOOK);
                continue;
            }
            await this._show(turns[at.index], generation);
        }
    }

    /** What may be shown now, or null. */
    _programme() {
        return this.content && !isExpired(this.content, this.clock)
            ? this.content.programme
            : null;
    }

    _isLit(programme) {
        return !this.isPaused && isOpen(programme, this.clock.now());
    }

    /** Dark by plan, or the safe page. */
    _pause(programme) {
        this.turn = null;
        if (programme) {
            this.stage.black();
        } else {
            this.stage.words(SAFE);
        }
    }

    async _show(turn, generation) {
        const { page } = turn;
        const serial = Number(this.content.serial);
        try {
            const content = await this.library.content(page);
            const prepared = await this.stage.prepare(page, content);
            if (generation !== this.generation) {
                return;
            }
            await this.stage.show(prepared);
        } catch (error) {
            this._rest(page, error);
            return;
        }
        this.turn = turn;
        const [start, began] = [this.clock.now(), performance.now()];
        const complete = await this._stay(turn, began, generation);
        const publication = turn.entry?.publication;
        if (publication && generation === this.generation) {
            const length = performance.now() - began;
            await this._prove([publication, serial, start, length, complete && turn.last]);
        }
    }

    /** A disk that takes no more keeps nothing from being shown. */
    async _prove(showing) {
        this.unproven.push(showing);
        try {
            while (this.unproven.length) {
                await this.proofs.add(...this.unproven[0]);
                this.unproven.shift();
            }
        } catch (error) {
            console.warn("a proof waits for the next page", error);
            await this.library.dropBallast().catch((failure) => console.warn("no room", failure));
        }
    }

    /** Waits for the end of a page; false when it had to go before. */
    async _stay(turn, began, generation) {
        const length = Number(turn.page.seconds) * 1000;
        for (;;) {
            const left = began + length - performance.now();
            if (left <= 0) {
                return true;
            }
            await sleep(Math.min(left, LOOK));
            this.beat = performance.now();
            if (generation !== this.generation || !this._isStillDue(turn)) {
                return false;
            }
            if (!this.stage.isAlive()) {
                this._rest(turn.page, new Error("the film is stuck"));
                return false;
            }
        }
    }

    _isStillDue({ entry, page }) {
        const programme = this._programme();
        const now = this.clock.now();
        return (
            programme &&
            this._isLit(programme) &&
            due(programme, now).some(
                (turn) => turn.page.digest === page.digest && turn.entry?.title === entry?.title
            )
        );
    }

    _isFit({ page }) {
        return !(this.resting.get(page.digest) > performance.now());
    }

    _rest(page, error) {
        console.warn("a page is left out", error);
        this.resting.set(page.digest, performance.now() + REST_MILLISECONDS);
        this.report(error.name === "AlteredFile" ? "picture" : "page", page.digest);
    }
}

/**
 * The next of `turns` after the place `at` ({keys, index}); a list that has changed begins anew
 * after the page that was on, if it still has it.
 */
function following(turns, at) {
    if (!turns.length) {
        return null;
    }
    const keys = turns.map(({ entry, page }) => `${entry?.publication ?? ""}/${page.digest}`);
    if (!at) {
        return { keys, index: 0 };
    }
    const same = keys.length === at.keys.length && keys.every((key, n) => key === at.keys[n]);
    const last = same ? at.index : keys.indexOf(at.keys[at.index]);
    return { keys, index: (last + 1) % keys.length };
}

export function sleep(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
