"use strict";
// Single keys on the list of entries and on the page of one. Everything they do is a link or a button too, and a
// person can switch them off (WCAG 2.1.4).
(() => {
  const OFF = "screening-keys-off";
  const place = document.querySelector("[data-keys]");
  const help = document.getElementById("keys-help");
  if (!place || !help) return;
  const rows = [...place.querySelectorAll("[data-row]")];
  const moves = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const acts = { a: "accept", r: "return", d: "disqualify" };
  const fields = { a: "#reinstate_reason", r: "#return_note", d: "#disqualify_reason" };

  function remember(isOff) {
    try {
      if (isOff) localStorage.setItem(OFF, "1");
      else localStorage.removeItem(OFF);
    } catch {
      // A browser that keeps nothing: the switch holds for this page.
    }
  }

  function remembered() {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  }

  const toggle = help.querySelector("[data-keys-switch]");
  toggle.checked = !remembered();
  toggle.addEventListener("change", () => remember(!toggle.checked));
  document.querySelector("[data-keys-button]").hidden = false;

  const rowOf = (element) => rows.indexOf(element.closest?.("[data-row]"));
  const box = (row) => row?.querySelector("input[name=entries]");

  function move(step, from) {
    const row = rows[Math.min(Math.max(from + step, 0), rows.length - 1)];
    row?.querySelector("th a")?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  // Without a tick the row that has the focus is meant.
  function actOnList(act, at) {
    const ticked = place.querySelector("input[name=entries]:checked, input[name=all]:checked");
    if (!ticked && !box(rows[at])) return false;
    if (!ticked) box(rows[at]).checked = true;
    place.querySelector(`button[value=${act}]`)?.click();
    return true;
  }

  function inList(key, target) {
    const at = rowOf(target);
    if (key in moves) {
      if (at < 0 && key.startsWith("Arrow")) return false;
      move(moves[key], at < 0 ? (moves[key] > 0 ? -1 : rows.length) : at);
      return true;
    }
    if (key === "x" && box(rows[at])) {
      box(rows[at]).click();
      return true;
    }
    return key in acts && actOnList(acts[key], at);
  }

  function onEntry(key) {
    const link = { n: "next", p: "prev" }[key];
    const wanted = link
      ? document.querySelector(`.entry-walk a[rel=${link}]`)
      : place.querySelector(`[data-key="${key}"]`);
    if (wanted) {
      wanted.click();
      return true;
    }
    const field = key in fields && place.querySelector(fields[key]);
    if (!field) return false;
    field.focus();
    return true;
  }

  const isTyping = (element) =>
    element.isContentEditable || element.matches("select, textarea, input:not([type=checkbox], [type=radio])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (!toggle.checked || document.querySelector("dialog[open]") || isTyping(event.target)) return;
    if (event.key === "?") {
      help.showModal();
      event.preventDefault();
    } else if (place.dataset.keys === "list" ? inList(event.key, event.target) : onEntry(event.key)) {
      event.preventDefault();
    }
  });
})();
