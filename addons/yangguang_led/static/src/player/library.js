/**
 * The files of programmes: downloaded whole, kept under the SHA-256 they were checked with, and
 * checked again when they are taken out.
 */

import { pictures } from "./programme.js";

// room that is held free for proofs, which are written when nothing else can be
const BALLAST = "ballast";
const BALLAST_BYTES = 1024 * 1024;

/** The bytes are not those that the manifest names. */
export class AlteredFile extends Error {
    constructor(digest) {
        super(`altered file ${digest}`);
        this.digest = digest;
    }
}

/** The disk has no room for a programme. */
export class DiskFull extends Error {}

export class Library {
    constructor(store, link) {
        this.store = store;
        this.link = link;
        this.checked = new Set();
        this.isSpoilt = false;
    }

    /**
     * Downloads what a programme needs and is not there. `running` is the programme on display,
     * none of whose files gives way.
     */
    async complete(programme, running, now) {
        const wanted = pictures(programme);
        const kept = new Set([...wanted.keys(), ...(running ? pictures(running).keys() : [])]);
        if (!(await this.store.read("uses", BALLAST))) {
            const ballast = new Blob([new Uint8Array(BALLAST_BYTES)]);
            await this._keep(BALLAST, ballast, kept, now);
        }
        for (const [digest, page] of wanted) {
            if (!(await this.store.read("uses", digest))) {
                const bytes = await this.link.file(digest);
                if ((await digestOf(bytes)) !== digest) {
                    throw new AlteredFile(digest);
                }
                await this._keep(digest, new Blob([bytes], { type: page.type }), kept, now);
            }
        }
        await this.store.change(["uses"], ({ uses }) => {
            for (const [digest, page] of wanted) {
                uses.put({ digest, size: Number(page.size), scheduled: now });
            }
        });
        this.isSpoilt = false;
    }

    /** The bytes of a page. A file that the disk has spoilt is dropped and AlteredFile raised. */
    async content(page) {
        const file = await this.store.read("files", page.digest);
        const film = page.type.startsWith("video/");
        if (file && film && this.checked.has(page.digest)) {
            return file.content;
        }
        const bytes = file && (await file.content.arrayBuffer());
        if (!file || (await digestOf(bytes)) !== page.digest) {
            this.isSpoilt = true;
            await this._drop(page.digest);
            throw new AlteredFile(page.digest);
        }
        this.checked.add(page.digest);
        return file.content;
    }

    /** Gives the room that is held free to whoever needs it at once. */
    async dropBallast() {
        await this._drop(BALLAST);
    }

    /** Puts a file on the disk; what was not scheduled for the longest time gives way. */
    async _keep(digest, content, kept, now) {
        const unused = (await this.store.readAll("uses"))
            .filter((use) => !kept.has(use.digest) && use.digest !== BALLAST)
            .sort((one, other) => one.scheduled - other.scheduled);
        while (!(await this._put(digest, content, now))) {
            const oldest = unused.shift();
            if (!oldest) {
                throw new DiskFull();
            }
            await this._drop(oldest.digest);
        }
    }

    /** False when the disk has no room. */
    async _put(digest, content, now) {
        try {
            await this.store.change(["files", "uses"], ({ files, uses }) => {
                files.put({ digest, content });
                uses.put({ digest, size: content.size, scheduled: now });
            });
            return true;
        } catch (error) {
            if (error?.name !== "QuotaExceededError") {
                throw error;
            }
            return false;
        }
    }

    async _drop(digest) {
        await this.store.change(["files", "uses"], ({ files, uses }) => {
            files.delete(digest);
            uses.delete(digest);
        });
    }
}

async function digestOf(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
