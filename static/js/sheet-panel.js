"use strict";
// On a phone the sheet is a panel at the bottom: one bar with the total, opened and closed with the thumb. On a wide
// screen it is as high as there is room, so that the total stays in sight.
(() => {
  const sheet = document.getElementById("sheet");
  const button = sheet.querySelector("[data-panel]");
  const narrow = matchMedia("(max-width: 1023.98px)");
  let total = sheet.querySelector("[data-total]")?.textContent ?? "–";

  function say() {
    const isOpen = sheet.classList.contains("is-open");
    button.textContent = isOpen ? button.dataset.close : button.dataset.open.replace("{total}", total);
    button.setAttribute("aria-expanded", String(isOpen));
  }

  function show(isOpen) {
    sheet.classList.toggle("is-open", isOpen);
    say();
  }

  function fit() {
    sheet.classList.toggle("is-panel", narrow.matches);
    document.body.classList.toggle("has-panel", narrow.matches);
    button.hidden = !narrow.matches;
    show(Boolean(sheet.querySelector(".has-error, .error-summary")));
  }

  function measure() {
    const top = sheet.parentElement.getBoundingClientRect().top;
    sheet.style.setProperty("--sheet-top", `${Math.max(top, 16)}px`);
  }

  document.addEventListener("scroll", measure, { passive: true });
  window.addEventListener("resize", measure);
  measure();

  button.addEventListener("click", () => show(!sheet.classList.contains("is-open")));
  document.addEventListener("sheet:total", (event) => {
    total = event.detail;
    say();
  });
  // A field that gets the focus by Tab or by a link must be seen.
  sheet.addEventListener("focusin", (event) => event.target.closest("#sheet-body") && show(true));
  document.querySelector(".judging-jump")?.addEventListener("click", () => narrow.matches && show(true));
  narrow.addEventListener("change", fit);
  fit();
})();
