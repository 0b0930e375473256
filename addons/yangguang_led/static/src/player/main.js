/** Puts the player together. Everything begins with what was kept; the network comes after. */

import { Clock } from "./clock.js";
import { Library } from "./library.js";
import { Link } from "./link.js";
import { Loop } from "./loop.js";
import { pair } from "./pairing.js";
import { Proofs } from "./proofs.js";
import { Reporting } from "./reporting.js";
import { Stage } from "./stage.js";
import { Store } from "./store.js";
import { watch } from "./watchdog.js";

const MINUTE = 60000;
const SAFE = [["阳光村务", 0.5]];

async function main() {
    const stage = new Stage(
        document.getElementById("stage"),
        document.getElementById("film")
    );
    if (!window.isSecureContext) {
        // browsers keep nothing and check no signature there
        stage.fill([["播放页面必须用 https 打开", 0.2]]);
        return;
    }
    stage.fill(SAFE);
    const store = await Store.open();
    const clock = new Clock();
    clock.restore(await store.get("clock"));
    const keepTime = () => store.set({ clock: clock.record() });
    setInterval(() => keepTime().catch((error) => console.warn("the time", error)), MINUTE);
    const loop = new Loop({ stage, clock });
    watch(loop);
    keepAwake();
    followReleases(loop);
    await navigator.storage.persist();
    for (let isFirst = true; ; isFirst = false) {
        let paired = await store.get("paired");
        if (!paired) {
            paired = await pair(stage, clock, isFirst);
            await store.set({ paired, clock: clock.record() });
        }
        await play(store, clock, loop, stage, paired);
        await forget(store, clock);
    }
}

/** Plays until the server ends the pairing. */
async function play(store, clock, loop, stage, paired) {
    const link = new Link(paired.token);
    const library = new Library(store, link);
    const proofs = new Proofs(store);
    const reporting = new Reporting({ store, link, clock, library, proofs, loop, stage, paired });
    loop.attach(library, proofs, (kind, detail) => reporting.alarm(kind, detail));
    await reporting.resume();
    loop.start();
    await reporting.run();
    loop.stop();
    stage.fill(SAFE);
}

/** Drops what belongs to a pairing that is over; files stay while there is room. */
async function forget(store, clock) {
    await store.change(["state", "counts", "proofs", "alarms"], (stores) => {
        for (const one of Object.values(stores)) {
            one.clear();
        }
        stores.state.put(clock.record(), "clock");
    });
}

/** The box must not darken its screen by itself. */
function keepAwake() {
    const ask = () => {
        if (document.visibilityState === "visible") {
            navigator.wakeLock
                ?.request("screen")
                .catch((error) => console.warn("the screen may go to sleep", error));
        }
    };
    document.addEventListener("visibilitychange", ask);
    ask();
}

/** Starts anew between two pages when the server has a newer player. */
function followReleases(loop) {
    const workers = navigator.serviceWorker;
    if (workers.controller) {
        workers.addEventListener("controllerchange", () => {
            loop.between = () => location.reload();
        });
    }
    workers
        .register("/led/player/worker.js", { scope: "/led/player" })
        .then((registration) => {
            const look = () => registration.update().catch(() => console.info("no newer player"));
            setInterval(look, 60 * MINUTE);
        })
        .catch((error) => console.warn("without network the player will not start", error));
}

main().catch((error) => {
    console.error(error);
    setTimeout(() => location.reload(), MINUTE);
});
