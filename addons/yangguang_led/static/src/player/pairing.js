/** Shows a code until somebody has entered it in the backend, then keeps what the server gave. */

import { Link, LinkError } from "./link.js";
import { sleep } from "./loop.js";

const POLL = 3000;
const LONGEST_PAUSE = 60000;

/**
 * Ends when the box is paired; gives {token, key, screen}. What was paired before and is not any
 * more shows the safe page with a small code, nothing else.
 */
export async function pair(stage, clock, isFirst) {
    for (let pause = POLL; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
        try {
            const paired = await tryOnce(stage, clock, isFirst);
            if (paired) {
                return paired;
            }
            pause = POLL;
        } catch (error) {
            if (!(error instanceof LinkError)) {
                throw error;
            }
            const trouble = error.code === "too_many" ? "请稍候" : "正在连接服务器";
            stage.fill([
                ["阳光村务", 0.5],
                [trouble, 0.12],
            ]);
            await sleep(pause);
        }
    }
}

/** One code from its beginning to its end; null when it has run out. */
async function tryOnce(stage, clock, isFirst) {
    const begun = await new Link().post("/led/v1/pairing", {});
    const link = new Link(begun.token);
    stage.fill(isFirst ? asking(begun.code) : [["阳光村务", 0.5], [begun.code, 0.12]]);
    for (;;) {
        await sleep(POLL);
        const sent = performance.now();
        const answer = await link.post("/led/v1/pairing", {});
        if (answer.state === "expired") {
            return null;
        }
        if (answer.state === "paired") {
            clock.settle(answer.time, sent);
            return { token: begun.token, key: answer.key, screen: answer.screen };
        }
    }
}

function asking(code) {
    return [
        ["阳光村务", 0.2],
        [code, 0.4],
        ["请在后台“屏幕”中输入此配对码", 0.12],
    ];
}
