/** What may be shown: the same rules as `accept` of lib/manifest.py. */

const FORMAT = "yangguang.manifest/1";
const DOUBT_MILLISECONDS = 24 * 3600 * 1000;

/** A manifest that must not be shown; `reason` is signature, format, screen, replay or expired. */
export class Refusal extends Error {
    constructor(reason) {
        super(`manifest refused: ${reason}`);
        this.reason = reason;
    }
}

/**
 * Gives the content of a manifest that is signed by `key`, made for `screen` and not older than
 * `last` ({serial, made}, or nothing).
 *
 * @param {{manifest: string, signature: string}} envelope
 */
export async function accept(envelope, key, screen, last, clock) {
    if (!(await isSigned(envelope, key))) {
        throw new Refusal("signature");
    }
    const content = JSON.parse(envelope.manifest);
    if (content.format !== FORMAT) {
        throw new Refusal("format");
    }
    if (content.screen !== screen) {
        throw new Refusal("screen");
    }
    if (last && isOlder(content, last)) {
        throw new Refusal("replay");
    }
    if (isExpired(content, clock)) {
        throw new Refusal("expired");
    }
    return content;
}

/** Without the server's word a clock may be a day ahead. */
export function isExpired(content, clock) {
    const doubt = clock.certain ? 0 : DOUBT_MILLISECONDS;
    return clock.now() >= Date.parse(content.valid_until) + doubt;
}

function isOlder(one, other) {
    const [serial, last] = [Number(one.serial), Number(other.serial)];
    return serial < last || (serial === last && Date.parse(one.made) < Date.parse(other.made));
}

async function isSigned({ manifest, signature }, key) {
    try {
        const pinned = await crypto.subtle.importKey(
            "spki",
            bytesOf(key),
            { name: "ECDSA", namedCurve: "P-256" },
            false,
            ["verify"]
        );
        return await crypto.subtle.verify(
            { name: "ECDSA", hash: "SHA-256" },
            pinned,
            bytesOf(signature),
            new TextEncoder().encode(manifest)
        );
    } catch (error) {
        // no base64, no key, no text: whatever it is, the server did not sign it
        console.warn("a signature cannot be read", error);
        return false;
    }
}

function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
