/**
 * What was shown, counted per publication and hour. An hour that is over gets a number of its own
 * and stays until the server has acknowledged it; the server counts every number once.
 */

import { settled } from "./store.js";

const HOUR = 3600 * 1000;
const BATCH = 50;

export class Proofs {
    constructor(store) {
        this.store = store;
    }

    /** Counts a showing from `start`, both in milliseconds; `play` when it is complete. */
    async add(publication, serial, start, length, play) {
        await this.store.change(["counts"], async ({ counts }) => {
            for (let from = start, end = start + length; from < end; ) {
                const hour = Math.floor(from / HOUR) * HOUR;
                const until = Math.min(end, hour + HOUR);
                const before = await settled(counts.get([hour, publication, serial]));
                const count = before || { hour, publication, serial, length: 0, plays: 0 };
                count.length += until - from;
                count.plays += play && until === end ? 1 : 0;
                counts.put(count);
                from = until;
            }
        });
    }

    /** Numbers the counts of all hours that are over. */
    async seal(now) {
        const present = Math.floor(now / HOUR) * HOUR;
        await this.store.change(["counts", "proofs", "state"], async (stores) => {
            const over = (await settled(stores.counts.getAll())).filter(
                (count) => count.hour < present
            );
            let sequence = (await settled(stores.state.get("sequence"))) || 0;
            for (const count of over) {
                sequence += 1;
                stores.proofs.put({ ...count, sequence });
                stores.counts.delete([count.hour, count.publication, count.serial]);
            }
            stores.state.put(sequence, "sequence");
        });
    }

    /** The first proofs that wait, as the server takes them. */
    async batch() {
        const waiting = await this.store.readAll("proofs", BATCH);
        return waiting.map((proof) => ({
            sequence: proof.sequence,
            serial: proof.serial,
            publication: proof.publication,
            hour: new Date(proof.hour).toISOString().slice(0, 19) + "Z",
            seconds: Math.round(proof.length / 1000),
            plays: proof.plays,
        }));
    }

    async acknowledge(sequence) {
        await this.store.change(["proofs"], ({ proofs }) => {
            proofs.delete(IDBKeyRange.upperBound(sequence));
        });
    }

    waiting() {
        return this.store.count("proofs");
    }
}
