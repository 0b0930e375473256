/**
 * The time as the server tells it. The clock of the box is not trusted: it may be a day off, and it
 * may jump. While the player runs, time goes on by the monotonic counter; over a restart without
 * network it is carried by the distance to the box's clock, and never goes behind a time that was
 * certain before.
 */

// a heartbeat that took longer says too little about the time
const SLOW_MILLISECONDS = 5000;
// the server tells whole seconds; time does not jump to and fro for less
const SMALL_MILLISECONDS = 2000;

export class Clock {
    constructor() {
        this.base = Date.now() - performance.now();
        this.certain = false;
    }

    now() {
        return this.base + performance.now();
    }

    /** How far the clock of the box is ahead, in milliseconds. */
    ahead() {
        return Date.now() - this.now();
    }

    /** Goes on from what `record` gave before the restart. */
    restore(record) {
        if (record) {
            this.base = Date.now() - record.ahead - performance.now();
            this.atLeast(record.known);
        }
    }

    /** What has to be kept over a restart. */
    record() {
        return { ahead: this.ahead(), known: this.now() };
    }

    /** A time that has been reached for certain, be it by a signature. */
    atLeast(moment) {
        this.base = Math.max(this.base, moment - performance.now());
    }

    /** The server's time, asked for at `sent` (of performance.now()) and received now. */
    settle(moment, sent) {
        const received = performance.now();
        const base = moment - (sent + received) / 2;
        const isSmall = Math.abs(base - this.base) < SMALL_MILLISECONDS;
        if (!this.certain || (received - sent <= SLOW_MILLISECONDS && !isSmall)) {
            this.base = base;
        }
        this.certain = true;
    }
}
