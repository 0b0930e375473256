/** The canvas: everything that is seen is drawn here, films too, so that a picture of it is proof. */

const MEDIA = "/led/player/media/";
// a film that has not moved for so long is stuck
const STUCK_MILLISECONDS = 5000;
const LARGEST_PNG = 2 * 1024 * 1024;

export class Stage {
    constructor(canvas, video) {
        this.canvas = canvas;
        this.video = video;
        this.context = canvas.getContext("2d", { alpha: false });
        this.film = null;
        const fit = new URLSearchParams(location.search).has("fit");
        canvas.classList.toggle("fit", fit);
        this.fit = fit;
    }

    /** One dot of a page is one dot of the screen. */
    resize(width, height) {
        if (this.canvas.width !== width || this.canvas.height !== height) {
            this.canvas.width = width;
            this.canvas.height = height;
        }
        if (!this.fit) {
            this.canvas.style.width = `${width / devicePixelRatio}px`;
            this.canvas.style.height = `${height / devicePixelRatio}px`;
        }
    }

    /** Decodes a page without showing it. */
    async prepare(page, content) {
        if (page.type.startsWith("video/")) {
            return { film: page.digest };
        }
        return { picture: await createImageBitmap(content) };
    }

    /** Shows what `prepare` gave. A film shows its first frame when it has one. */
    async show(prepared) {
        if (prepared.film) {
            await this._begin(prepared.film);
        } else {
            this._end();
            this._draw(prepared.picture, prepared.picture.width, prepared.picture.height);
            prepared.picture.close();
        }
    }

    /** Whether what is on moves as it should. */
    isAlive() {
        return !this.film || performance.now() - this.film.moved < STUCK_MILLISECONDS;
    }

    black() {
        this._end();
        this._paint("black");
    }

    dim(percent) {
        this.canvas.style.filter = percent === null ? "" : `brightness(${percent}%)`;
    }

    /** Words over the whole window, as long as the size of the screen is not known. */
    fill(lines) {
        this.resize(
            Math.round(innerWidth * devicePixelRatio),
            Math.round(innerHeight * devicePixelRatio)
        );
        this.dim(null);
        this.words(lines);
    }

    /** Lines of text on a quiet ground, as large as they fit: (text, share of the height). */
    words(lines) {
        this._end();
        const { canvas, context } = this;
        this._paint("#0b3d2e");
        context.fillStyle = "white";
        context.textAlign = "center";
        context.textBaseline = "middle";
        let top = (canvas.height * (1 - lines.reduce((sum, [, share]) => sum + share, 0))) / 2;
        for (const [text, share] of lines) {
            const height = canvas.height * share;
            context.font = `${Math.floor(height * 0.8)}px sans-serif`;
            context.fillText(text, canvas.width / 2, top + height / 2, canvas.width * 0.96);
            top += height;
        }
    }

    /** What is seen now, as PNG, or as JPEG where that is too large. */
    async picture() {
        const draw = (type) => new Promise((resolve) => this.canvas.toBlob(resolve, type, 0.85));
        const exact = await draw("image/png");
        return exact.size <= LARGEST_PNG ? exact : draw("image/jpeg");
    }

    async _begin(digest) {
        this._end();
        const { video } = this;
        video.src = MEDIA + digest;
        await new Promise((resolve, reject) => {
            video.onloadeddata = resolve;
            video.onerror = () => reject(new Error(`film ${digest} cannot be played`));
            setTimeout(() => reject(new Error(`film ${digest} does not begin`)), STUCK_MILLISECONDS);
        });
        this.film = { digest, moved: performance.now(), time: -1 };
        await video.play();
        this._frame(this.film);
    }

    _frame(film) {
        if (this.film !== film) {
            return;
        }
        const { video } = this;
        if (video.currentTime !== film.time) {
            film.time = video.currentTime;
            film.moved = performance.now();
            this._draw(video, video.videoWidth, video.videoHeight);
        } else if (video.ended) {
            // its last frame stays until the page's time is over
            film.moved = performance.now();
        }
        requestAnimationFrame(() => this._frame(film));
    }

    _end() {
        if (this.film) {
            this.film = null;
            this.video.pause();
            this.video.removeAttribute("src");
            this.video.load();
        }
    }

    _draw(image, width, height) {
        const { canvas, context } = this;
        const exact = width === canvas.width && height === canvas.height;
        const scale = exact ? 1 : Math.min(canvas.width / width, canvas.height / height);
        const [wide, high] = [width * scale, height * scale];
        context.imageSmoothingEnabled = !exact;
        if (!exact) {
            this._paint("black");
        }
        context.drawImage(image, (canvas.width - wide) / 2, (canvas.height - high) / 2, wide, high);
    }

    _paint(colour) {
        this.context.fillStyle = colour;
        this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    }
}
