/** The calls to the server. */

const PATIENCE = 15000;
const FILE_PATIENCE = 30 * 60000;

/** The server said no: `status` of HTTP and the `code` of its answer; status 0 without answer. */
export class LinkError extends Error {
    constructor(status, code) {
        super(`the server answered ${status} ${code}`);
        this.status = status;
        this.code = code;
    }
}

export class Link {
    constructor(token = null) {
        this.token = token;
    }

    async post(path, body) {
        const answer = await this._send(path, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
        });
        return answer.json();
    }

    /** The signed manifest with its tag, or null when it is the one with `tag`. */
    async manifest(tag) {
        const headers = tag ? { "If-None-Match": `"${tag}"` } : {};
        const answer = await this._send("/led/v1/manifest", { headers });
        return answer.status === 304 ? null : answer.json();
    }

    async file(digest) {
        const answer = await this._send(`/led/v1/file/${digest}`, {}, FILE_PATIENCE);
        return answer.arrayBuffer();
    }

    /** Sends a picture of the canvas; `page` is the digest of the page that is on it. */
    async screenshot(picture, page) {
        await this._send(`/led/v1/screenshot?page=${page}`, { method: "POST", body: picture });
    }

    async _send(path, options, patience = PATIENCE) {
        const aborter = new AbortController();
        const timer = setTimeout(() => aborter.abort(), patience);
        try {
            const answer = await fetch(path, {
                ...options,
                headers: {
                    ...options.headers,
                    ...(this.token && { Authorization: `Bearer ${this.token}` }),
                },
                // no proxy and no cache decides what is new, and no cookie goes along
                cache: "no-store",
                credentials: "omit",
                signal: aborter.signal,
            });
            if (!answer.ok && answer.status !== 304) {
                throw new LinkError(answer.status, await codeOf(answer));
            }
            return answer;
        } catch (error) {
            throw error instanceof LinkError ? error : new LinkError(0, error.name);
        } finally {
            clearTimeout(timer);
        }
    }
}

async function codeOf(answer) {
    try {
        return (await answer.json()).error;
    } catch {
        // not from our server: a proxy, a portal of the network
        return "foreign";
    }
}
