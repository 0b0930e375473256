/**
 * What a programme says is in turn: the same rules as lib/programme.py and lib/timetable.py, held
 * together by a test that runs both on the same programmes. Moments are milliseconds since 1970.
 */

const SHANGHAI_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;

export function minuteOf(moment) {
    return (Math.floor(moment / 60000) + SHANGHAI_MINUTES) % DAY_MINUTES;
}

export function isOpen(programme, moment) {
    const { opens, closes } = programme.hours;
    const minute = minuteOf(moment);
    return minutes(opens) <= minute && minute < minutes(closes);
}

/** The brightness in percent, or null where no table says so. */
export function percent(programme, moment) {
    const steps = programme.hours.brightness
        .map(([start, value]) => [minutes(start), Number(value)])
        .sort((one, other) => one[0] - other[0]);
    const begun = steps.filter(([start]) => start <= minuteOf(moment));
    const step = (begun.length ? begun : steps).pop();
    return step ? step[1] : null;
}

/**
 * The turns of a moment: {entry, page, last}, the entry null for the filler, `last` at the page that
 * completes a showing. Empty only where a programme has no filler.
 */
export function due(programme, moment) {
    const inForce = (key) =>
        Object.hasOwnProperty.call(programme.entries, key) &&
        isInForce(programme.entries[key], moment);
    // keys in the order of canonical JSON: an object would put those that look like numbers first
    const urgent = Object.keys(programme.entries)
        .sort()
        .filter((key) => programme.entries[key].kind === "insert" && inForce(key))
        .map((key) => [programme.entries[key], "long"]);
    const turns = urgent.length
        ? urgent
        : planned(programme, moment)
              .filter(([key]) => inForce(key))
              .map(([key, form]) => [programme.entries[key], form]);
    const shown = turns.flatMap(([entry, form]) => {
        const pages = form === "short" ? entry.short : entry.pages;
        return pages.map((page, index) => ({ entry, page, last: index === pages.length - 1 }));
    });
    if (shown.length) {
        return shown;
    }
    return programme.filler.map((page) => ({ entry: null, page, last: true }));
}

/** Every page that a programme may show, by its digest. */
export function pictures(programme) {
    const entries = Object.values(programme.entries);
    const pages = entries.flatMap((entry) => [...entry.pages, ...entry.short]);
    return new Map([...pages, ...programme.filler].map((page) => [page.digest, page]));
}

function isInForce(entry, moment) {
    return (
        (!entry.begins || Date.parse(entry.begins) <= moment) &&
        (!entry.ends || moment < Date.parse(entry.ends))
    );
}

/** The loop of the plan that has begun last; before the first one, yesterday's last. */
function planned(programme, moment) {
    const plans = [...programme.plans].sort(
        (one, other) => minutes(one.from) - minutes(other.from)
    );
    const begun = plans.filter((plan) => minutes(plan.from) <= minuteOf(moment));
    const plan = (begun.length ? begun : plans).pop();
    return plan ? plan.loop : [];
}

function minutes(text) {
    const [hours, rest] = text.split(":");
    return Number(hours) * 60 + Number(rest);
}
