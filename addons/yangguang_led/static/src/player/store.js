/**
 * What outlives a power cut: token, manifest, files and proofs, in IndexedDB.
 *
 * state: name -> value; files: {digest, content (Blob)}; uses: {digest, size, scheduled}, apart
 * from the bytes so that noting a use does not write them again; counts: what is being counted;
 * proofs: what waits to be acknowledged, by number; alarms likewise.
 */

const NAME = "yangguang-player";
const VERSION = 1;

export class Store {
    static async open() {
        const request = indexedDB.open(NAME, VERSION);
        request.onupgradeneeded = () => {
            const database = request.result;
            database.createObjectStore("state");
            database.createObjectStore("files", { keyPath: "digest" });
            database.createObjectStore("uses", { keyPath: "digest" });
            database.createObjectStore("counts", { keyPath: ["hour", "publication", "serial"] });
            database.createObjectStore("proofs", { keyPath: "sequence" });
            database.createObjectStore("alarms", { keyPath: "number", autoIncrement: true });
        };
        return new Store(await settled(request));
    }

    constructor(database) {
        this.database = database;
    }

    async get(name) {
        return settled(this._reading("state").objectStore("state").get(name));
    }

    /** Keeps several values of the state, all or none. */
    async set(values) {
        await this.change(["state"], ({ state }) => {
            for (const [name, value] of Object.entries(values)) {
                state.put(value, name);
            }
        });
    }

    async read(store, key) {
        return settled(this._reading(store).objectStore(store).get(key));
    }

    async readAll(store, count) {
        return settled(this._reading(store).objectStore(store).getAll(null, count));
    }

    async count(store) {
        return settled(this._reading(store).objectStore(store).count());
    }

    /**
     * Runs `change` on object stores, in one transaction that is on the disk when this ends.
     *
     * `change` may await `settled` requests of these stores and nothing else.
     */
    async change(names, change) {
        const transaction = this.database.transaction(names, "readwrite", {
            durability: "strict",
        });
        const finished = new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onerror = transaction.onabort = () => reject(transaction.error);
        });
        const stores = Object.fromEntries(
            names.map((name) => [name, transaction.objectStore(name)])
        );
        await Promise.all([change(stores), finished]);
    }

    _reading(name) {
        return this.database.transaction(name, "readonly");
    }
}

/** The result of a request, as a promise. */
export function settled(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}
