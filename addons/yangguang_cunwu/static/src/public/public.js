// Two comforts that a page without scripts lacks: reading aloud, and a button to print.
(() => {
    const content = document.querySelector("[data-read]");
    if (!content) {
        return;
    }
    const tools = document.createElement("p");
    tools.className = "tools";

    const addButton = (label, action) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        button.addEventListener("click", () => action(button));
        tools.append(button);
    };

    if ("speechSynthesis" in window) {
        const { read, stop } = content.dataset;
        addButton(read, (button) => {
            if (speechSynthesis.speaking) {
                speechSynthesis.cancel();
                button.textContent = read;
                return;
            }
            // the plain sentences where there are any: nobody follows a table by ear
            const spoken = content.querySelector(".spoken") ?? content;
            const speech = new SpeechSynthesisUtterance(spoken.innerText);
            speech.lang = "zh-CN";
            speech.rate = 0.85;
            speech.onend = () => {
                button.textContent = read;
            };
            button.textContent = stop;
            speechSynthesis.speak(speech);
        });
    }
    addButton(content.dataset.print, () => window.print());
    content.before(tools);
})();
