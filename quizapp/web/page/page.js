// Before textual.js, which opens the one socket: what comes over it for the page, and what the page sends.
"use strict";

const quizapp = { socket: null };
const terminal = document.getElementById("terminal");

terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + location.pathname + "ws";
// A telephone shows sixty columns across, and as many cells whichever way it is held: the least that quizapp draws.
const short = Math.min(innerWidth, innerHeight);
terminal.dataset.fontSize = Math.max(7, Math.min(16, Math.floor(short / 61 / 0.6 * 2) / 2));

window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    quizapp.socket = this;
    this.addEventListener("message", (event) => {
      if (typeof event.data === "string") {
        const [kind, page] = JSON.parse(event.data);
        if (kind === "page") dress(page);
      }
    });
    this.addEventListener("close", (event) => say(event.code));
  }

  send(said) { // textual.js asks neither whether it is open yet nor whether it is still
    const fits = said.length * 3 < 2 ** 20; // what is longer, in UTF-8, the server takes for an attack, and hangs up
    if (this.readyState === WebSocket.OPEN && fits) super.send(said);
  }
};

function dress(page) {
  document.title = page.title;
  document.documentElement.style.background = page.background;
  document.querySelector("meta[name=theme-color]").content = page.background;
}

function say(code) {
  const sentences = [...document.querySelectorAll("[data-code]")];
  const found = sentences.find((one) => one.dataset.code === String(code)) || sentences.at(-1);
  for (const one of sentences) one.hidden = one !== found;
  document.title = "quizapp";
  document.body.classList.add("-closed");
  document.getElementById("again").focus();
}

document.getElementById("again").addEventListener("click", () => location.reload());
