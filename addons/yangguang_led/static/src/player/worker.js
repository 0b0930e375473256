/**
 * The service worker: the player starts from here without network, and films are read in parts.
 *
 * The server puts SHELL in front of this file: its version, and the addresses of the player's own
 * files. A classic script, as Chromium 90 takes no modules here.
 */
/* global SHELL */

const CACHE = `yangguang-player-${SHELL.version}`;
const MEDIA = "/led/player/media/";

self.addEventListener("install", (event) => {
    event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
    event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== self.location.origin) {
        return;
    }
    if (pathname.startsWith(MEDIA)) {
        event.respondWith(film(pathname.slice(MEDIA.length), event.request.headers.get("Range")));
    } else if (SHELL.files.includes(pathname)) {
        event.respondWith(
            caches
                .open(CACHE)
                .then((cache) => cache.match(pathname))
                .then((kept) => kept || fetch(event.request))
        );
    }
});

/** All files or none: a half-changed player never starts. */
async function keepShell() {
    const cache = await caches.open(CACHE);
    await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "no-cache" })));
}

async function dropOldShells() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

/** A stored film, whole or the part that is asked for. */
async function film(digest, range) {
    const file = await stored(digest);
    if (!file) {
        return new Response(null, { status: 404 });
    }
    const { content } = file;
    const headers = { "Content-Type": content.type, "Accept-Ranges": "bytes" };
    const asked = /^bytes=(\d*)-(\d*)$/.exec(range || "");
    if (!asked || !(asked[1] || asked[2])) {
        return new Response(content, { headers });
    }
    const start = asked[1] ? Number(asked[1]) : Math.max(0, content.size - Number(asked[2]));
    const last = asked[1] && asked[2] ? Number(asked[2]) : content.size - 1;
    const end = Math.min(last, content.size - 1);
    if (start > end) {
        return new Response(null, {
            status: 416,
            headers: { "Content-Range": `bytes */${content.size}` },
        });
    }
    return new Response(content.slice(start, end + 1, content.type), {
        status: 206,
        headers: {
            ...headers,
            "Content-Range": `bytes ${start}-${end}/${content.size}`,
            "Content-Length": String(end - start + 1),
        },
    });
}

function stored(digest) {
    return new Promise((resolve, reject) => {
        const opening = indexedDB.open("yangguang-player");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
            const database = opening.result;
            const reading = database.transaction("files").objectStore("files").get(digest);
            reading.onsuccess = () => resolve(reading.result);
            reading.onerror = () => reject(reading.error);
            reading.transaction.oncomplete = () => database.close();
        };
    });
}
