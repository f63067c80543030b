// A refused form comes back with what was typed; htmx shows it like any other answer. Reading goes on at the answer.
(() => {
  "use strict";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.xhr.status !== 422 || detail.target.id !== "talk") return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    document.querySelector("#talk [data-focus]")?.focus();
  });
})();
