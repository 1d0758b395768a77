// After textual.js: it begins once the font is there, by which it measures a cell; then what a telephone lacks.
"use strict";

const begin = window.onload;
window.onload = null;

Promise.allSettled(["16px", "bold 16px"].map((font) => document.fonts.load(font + " 'Roboto Mono'"))).then(() => {
  begin();
  const field = document.querySelector(".xterm-helper-textarea");
  const screen = document.querySelector(".xterm-screen");
  const touched = matchMedia("(pointer: coarse)").matches;
  if (touched) field.inputMode = "none"; // a tap grades; the keyboard comes when it is asked for
  field.focus();

  // Keys that a telephone has not; the field keeps the focus
  for (const button of document.querySelectorAll("nav button")) {
    button.addEventListener("pointerdown", (event) => event.preventDefault());
  }
  for (const button of document.querySelectorAll("nav [data-keys]")) {
    button.addEventListener("click", () => quizapp.socket.send(JSON.stringify(["stdin", button.dataset.keys])));
  }
  document.getElementById("keyboard").addEventListener("click", () => {
    field.inputMode = field.inputMode === "none" ? "text" : "none";
    field.blur();
    field.focus();
  });

  // A finger turns the wheel
  let from = null;
  terminal.addEventListener("touchstart", (event) => { from = event.touches[0].clientY; }, { passive: true });
  terminal.addEventListener("touchmove", (event) => {
    const { clientX, clientY } = event.touches[0];
    const step = from - clientY;
    if (event.touches.length > 1 || Math.abs(step) < 24) return;
    from = clientY;
    screen.dispatchEvent(new WheelEvent("wheel", {
      deltaY: Math.sign(step), deltaMode: 1, clientX, clientY, bubbles: true, cancelable: true,
    }));
  }, { passive: true });

  // Where a keyboard only covers the page, make room for it
  visualViewport.addEventListener("resize", () => {
    if (visualViewport.scale === 1) {
      document.body.style.height = visualViewport.height + "px";
      window.onresize();
    }
  });
});
