// The screen in the room: time left by the server's clock, Space for the main button, full screen.
(() => {
  "use strict";
  const TICK = 250;
  const MINUTE = 60;
  const aheadOf = new WeakMap();
  const said = document.querySelector("[data-timer-said]");
  let last = "";

  function clock(seconds) {
    const whole = Math.abs(seconds);
    return `${seconds < 0 ? "+" : ""}${Math.floor(whole / MINUTE)}:${String(whole % MINUTE).padStart(2, "0")}`;
  }

  function say(text) {
    if (text && text !== last && said) said.textContent = text;
    last = text;
  }

  // The part is replaced while the page stays, so the timer is looked for at every tick.
  function tick() {
    const timer = document.querySelector("[data-timer]");
    if (!timer) return say("");
    const { began, serverNow, minutes, warns, over } = timer.dataset;
    if (!aheadOf.has(timer)) aheadOf.set(timer, Date.parse(serverNow) - Date.now());
    const gone = Math.floor((Date.now() + aheadOf.get(timer) - Date.parse(began)) / 1000);
    const left = minutes ? Number(minutes) * MINUTE - gone : null;
    const isOver = left !== null && left <= 0;
    const isNear = left !== null && !isOver && left <= MINUTE;
    timer.textContent = left === null ? clock(Math.max(0, gone)) : clock(left);
    timer.classList.toggle("over", isOver);
    timer.classList.toggle("warns", isNear);
    return say(isOver ? over : isNear ? warns : "");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || event.isComposing) return;
    if (event.target.closest("button, a, input, select, textarea, summary, dialog")) return;
    const main = document.querySelector("[data-main-act]");
    if (!main) return;
    event.preventDefault();
    main.click();
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-full-screen]")) return;
    document.querySelector("[data-stage-room]").requestFullscreen?.();
  });

  setInterval(tick, TICK);
  tick();
})();
