/** Starts a loop that stands still anew, and reloads the player when that does not help. */

const LOOK = 5000;
const STILL_MILLISECONDS = 30000;
const MOST_STARTS = 3;
// after so long without trouble the old troubles are forgotten
const QUIET_MILLISECONDS = 10 * 60000;

export function watch(loop) {
    let starts = 0;
    let last = -Infinity;
    setInterval(() => {
        const now = performance.now();
        if (!loop.isRunning || now - loop.beat < STILL_MILLISECONDS) {
            starts = now - last < QUIET_MILLISECONDS ? starts : 0;
            return;
        }
        starts += 1;
        last = now;
        if (starts > MOST_STARTS) {
            location.reload();
        } else {
            loop.start();
        }
    }, LOOK);
}
