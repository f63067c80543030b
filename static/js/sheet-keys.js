"use strict";
// Scoring by keyboard alone. Single keys act only outside of text fields, and a person can switch them off (WCAG 2.1.4).
(() => {
  const OFF = "judging-keys-off";
  const help = document.getElementById("keys-help");
  const form = document.getElementById("sheet-form");
  const criteria = form ? [...form.querySelectorAll("[data-criterion]")] : [];
  const toggle = help.querySelector("[data-keys-switch]");
  const isTyping = (element) =>
    element.matches("textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]");

  function stored(change) {
    try {
      return change(localStorage);
    } catch {
      return null; // a browser that keeps nothing: the switch holds for this page
    }
  }

  toggle.checked = stored((store) => store.getItem(OFF)) !== "1";
  toggle.addEventListener("change", () => stored((store) => (toggle.checked ? store.removeItem(OFF) : store.setItem(OFF, "1"))));
  document.querySelector("[data-keys-button]")?.removeAttribute("hidden");
  form?.querySelectorAll(".level kbd").forEach((key) => key.removeAttribute("hidden"));

  const pointsOf = (criterion) => criterion.querySelector("[data-points]");
  const levelsOf = (criterion) => [...criterion.querySelectorAll("[data-level]")];

  function enter(criterion) {
    const levels = levelsOf(criterion);
    const target = levels.find((level) => level.checked) ?? levels[0] ?? pointsOf(criterion);
    target.focus();
    if (target.select) target.select();
    criterion.scrollIntoView({ block: "nearest" });
  }

  const unscored = () => criteria.find((criterion) => !pointsOf(criterion).value.trim());
  const here = (target) => target.closest("[data-criterion]");

  function next(target) {
    const following = criteria[criteria.indexOf(here(target)) + 1];
    if (following) enter(following);
    else form.querySelector("button[value=sign]")?.focus();
  }

  function choose(digit, target) {
    const criterion = here(target) ?? unscored();
    const level = criterion && levelsOf(criterion)[Number(digit) - 1];
    if (!level) return false;
    level.checked = true;
    level.focus();
    level.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  function leaveField(target) {
    target.blur();
    document.getElementById("sheet-title")?.focus({ preventScroll: true });
  }

  // With a Korean keyboard the key of n says ㅜ; its place on the keyboard is the same.
  function single(event) {
    const link = { KeyN: "next", KeyP: "prev" }[event.code];
    if (link) return document.querySelector(`.judging-place a[rel=${link}]`)?.click() ?? true;
    if (event.key === "?") return help.showModal() ?? true;
    if (/^[1-9]$/.test(event.key)) return choose(event.key, event.target);
    return false;
  }

  function onEnter(event) {
    if (event.target.matches("[data-points], [data-level]")) next(event.target);
    else if (form && !event.target.closest("a, button, textarea, input, summary")) enter(unscored() ?? criteria[0]);
    else return false;
    return true;
  }

  function handle(event) {
    const { key, target } = event;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      form?.querySelector("button[value=sign]")?.click();
      return Boolean(form);
    }
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS" && form) {
      form.querySelector("[data-save]")?.click();
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (key === "Enter" && criteria.length) return onEnter(event);
    if (key === "Escape" && form?.contains(target)) return leaveField(target) ?? true;
    return toggle.checked && !isTyping(target) && single(event);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (handle(event)) event.preventDefault();
  });
})();
