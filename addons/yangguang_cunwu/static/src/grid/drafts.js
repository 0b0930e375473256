/**
 * What was not saved when the browser died, kept in this browser until it is.
 *
 * A sheet may hold names and other personal data of a village, and an office computer is shared:
 * so a copy goes as soon as the server has its content, and after seven days in any case.
 */

import { browser } from "@web/core/browser/browser";
import { session } from "@web/session";
import { user } from "@web/core/user";

const PREFIX = "yangguang.grid";
const KEPT_MILLISECONDS = 7 * 24 * 3600 * 1000;

function keyOf(sheetId) {
    return `${PREFIX}/${session.db}/${user.userId}/${sheetId}`;
}

/** Keeps the unsaved `texts` of a sheet, which began from `revision`. */
export function keepDraft(sheetId, revision, texts) {
    const draft = { time: Date.now(), revision, texts };
    try {
        browser.localStorage.setItem(keyOf(sheetId), JSON.stringify(draft));
        return true;
    } catch (error) {
        // the browser's store is full or closed: the clerk is told that he has no net
        if (error instanceof DOMException) {
            return false;
        }
        throw error;
    }
}

/** The draft that is kept of a sheet, null when there is none. */
export function keptDraft(sheetId) {
    dropOldDrafts();
    const text = browser.localStorage.getItem(keyOf(sheetId));
    return text && JSON.parse(text);
}

export function dropDraft(sheetId) {
    browser.localStorage.removeItem(keyOf(sheetId));
}

function dropOldDrafts() {
    const keys = Array.from({ length: browser.localStorage.length }, (_, index) =>
        browser.localStorage.key(index)
    );
    for (const key of keys.filter((key) => key?.startsWith(`${PREFIX}/`))) {
        const { time } = JSON.parse(browser.localStorage.getItem(key));
        if (Date.now() - time > KEPT_MILLISECONDS) {
            browser.localStorage.removeItem(key);
        }
    }
}
