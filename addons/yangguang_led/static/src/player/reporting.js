/**
 * Tells the server how it goes, and does what it answers: a new manifest, a picture of the canvas,
 * the end of the pairing. Nothing here keeps the loop from playing.
 */

import { AlteredFile, DiskFull } from "./library.js";
import { LinkError } from "./link.js";
import { sleep } from "./loop.js";
import { accept, Refusal } from "./manifest.js";

const BEAT = 20000;
const SLOWEST_BEAT = 60000;
// the same alarm again after so long
const ALARM_MILLISECONDS = 3600 * 1000;
const MOST_ALARMS = 20;

export class Reporting {
    constructor({ store, link, clock, library, proofs, loop, stage, paired }) {
        Object.assign(this, { store, link, clock, library, proofs, loop, stage, paired });
        this.content = null;
        this.tag = null;
        this.last = null;
        this.isFull = false;
        this.told = new Map();
        this.busy = new Set();
    }

    /** Plays what was kept, before any network. */
    async resume() {
        this.last = await this.store.get("last");
        this.loop.isPaused = Boolean(await this.store.get("paused"));
        const envelope = await this.store.get("envelope");
        if (!envelope) {
            return;
        }
        try {
            const { key, screen } = this.paired;
            this._play(await accept(envelope, key, screen, this.last, this.clock), envelope);
        } catch (error) {
            if (!(error instanceof Refusal)) {
                throw error;
            }
            await this.alarm(error.reason, "kept");
        }
    }

    /** Reports until the server ends the pairing. */
    async run() {
        for (let pause = BEAT; ; ) {
            try {
                await this._beat();
                pause = BEAT;
            } catch (error) {
                if (error instanceof LinkError && error.code === "revoked") {
                    return;
                }
                console.warn("the server was not told", error);
                pause = Math.min(pause * 1.5, SLOWEST_BEAT);
            }
            // many players that come back at once spread out
            await sleep(pause * (0.8 + 0.4 * Math.random()));
        }
    }

    /** Notes an alarm until the server has it. */
    async alarm(kind, detail) {
        const name = `${kind}/${detail}`;
        if (this.told.get(name) > performance.now()) {
            return;
        }
        this.told.set(name, performance.now() + ALARM_MILLISECONDS);
        await this.store.change(["alarms"], ({ alarms }) => {
            alarms.add({ kind, detail, time: this.clock.now() });
        });
    }

    async _beat() {
        const answer = await this._tell();
        this.loop.isPaused = answer.paused;
        // none of these may hold up the next heartbeat: a film takes minutes to download
        this._meanwhile("manifest", () => this._follow(answer.manifest));
        this._meanwhile("proofs", () => this._prove());
        if (answer.screenshot) {
            this._meanwhile("screenshot", () => this._picture());
        }
    }

    async _meanwhile(name, task) {
        if (this.busy.has(name)) {
            return;
        }
        this.busy.add(name);
        try {
            await task();
        } catch (error) {
            console.warn(`${name}: to be tried again`, error);
        } finally {
            this.busy.delete(name);
        }
    }

    async _tell() {
        const alarms = await this.store.readAll("alarms", MOST_ALARMS);
        const { usage } = await navigator.storage.estimate();
        const sent = performance.now();
        const answer = await this.link.post("/led/v1/heartbeat", {
            serial: this.content && Number(this.content.serial),
            playing: this.loop.turn?.page.digest ?? null,
            ahead: Math.round(this.clock.ahead() / 1000),
            full: this.isFull,
            used: usage,
            waiting: await this.proofs.waiting(),
            alarms: alarms.map((alarm) => ({ ...alarm, time: Math.floor(alarm.time / 1000) })),
        });
        this.clock.settle(answer.time, sent);
        await this.store.change(["state", "alarms"], (stores) => {
            stores.state.put(this.clock.record(), "clock");
            stores.state.put(answer.paused, "paused");
            if (alarms.length) {
                stores.alarms.delete(IDBKeyRange.upperBound(alarms[alarms.length - 1].number));
            }
        });
        return answer;
    }

    /** Goes over to the newest manifest when all of it is here; else what is on stays on. */
    async _follow(tag) {
        try {
            if (this.content && this.library.isSpoilt) {
                await this.library.complete(this.content.programme, null, this.clock.now());
            }
            if (!tag || tag === this.tag) {
                return;
            }
            const envelope = await this.link.manifest(this.tag);
            if (!envelope) {
                return;
            }
            const { key, screen } = this.paired;
            const content = await accept(envelope, key, screen, this.last, this.clock);
            const running = this.content?.programme;
            await this.library.complete(content.programme, running, this.clock.now());
            const last = { serial: content.serial, made: content.made };
            await this.store.set({ envelope, last });
            this.last = last;
            this.isFull = false;
            this._play(content, envelope);
        } catch (error) {
            await this._refuse(error, tag);
        }
    }

    async _refuse(error, tag) {
        if (error instanceof Refusal) {
            await this.alarm(error.reason, String(tag));
        } else if (error instanceof AlteredFile) {
            await this.alarm("picture", error.digest);
        } else if (error instanceof DiskFull || error?.name === "QuotaExceededError") {
            this.isFull = true;
        } else {
            throw error;
        }
    }

    _play(content, envelope) {
        this.clock.atLeast(Date.parse(content.made));
        this.content = content;
        this.tag = envelope.tag;
        this.loop.play(content);
    }

    async _prove() {
        await this.proofs.seal(this.clock.now());
        for (;;) {
            const rows = await this.proofs.batch();
            if (!rows.length) {
                return;
            }
            const { acknowledged } = await this.link.post("/led/v1/proofs", { rows });
            if (!(acknowledged >= rows[0].sequence)) {
                throw new Error(`the server acknowledges ${acknowledged}`);
            }
            await this.proofs.acknowledge(acknowledged);
        }
    }

    async _picture() {
        const page = this.loop.turn?.page.digest ?? "";
        await this.link.screenshot(await this.stage.picture(), page);
    }
}
