// Rows of the prompt form: added, removed and moved here at once; without script the same buttons are sent.
// A row's order is its place on the page, its number only tells it apart, so moving renames nothing.
(function () {
  "use strict";

  const form = () => document.getElementById("editor-form");

  function rowsOf(kind) {
    return form().querySelector(`[data-rows="${kind}"]`);
  }

  function changed() {
    form().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function number(kind) {
    rowsOf(kind)
      .querySelectorAll("[data-number]")
      .forEach((place, index) => (place.textContent = index + 1));
    const none = form().querySelector(`[data-no-rows="${kind}"]`);
    if (none) none.hidden = rowsOf(kind).childElementCount > 0;
  }

  function add(kind, values = {}) {
    const template = form().querySelector(`[data-row-of="${kind}"]`);
    const empty = template.content.firstElementChild;
    const copied = empty.id.match(/\d+$/)[0];
    const taken = [...rowsOf(kind).children].map((row) => Number(row.id.match(/\d+$/)[0]));
    const free = String(Math.max(-1, ...taken) + 1);
    const holder = document.createElement("div");
    holder.innerHTML = empty.outerHTML.replaceAll(`${kind}-${copied}`, `${kind}-${free}`).replaceAll(`${kind}:${copied}`, `${kind}:${free}`);
    const row = holder.firstElementChild;
    for (const [name, value] of Object.entries(values)) {
      row.querySelector(`[name="${kind}-${free}-${name}"]`).value = value;
    }
    rowsOf(kind).append(row);
    number(kind);
    return row;
  }

  function remove(row) {
    const kind = row.dataset.row;
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    number(kind);
    return next;
  }

  function move(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    number(row.dataset.row);
    changed();
  }

  function focusIn(row, fallback) {
    (row?.querySelector("[data-message], input:not([type=hidden])") || fallback)?.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#editor-form [data-act]");
    const adder = event.target.closest("#editor-form [data-add]");
    if (adder) {
      focusIn(add(adder.dataset.add));
      changed();
      return;
    }
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    if (button.dataset.act === "remove") {
      const kind = row.dataset.row;
      focusIn(remove(row), form().querySelector(`[data-add="${kind}"]`) || document.getElementById(kind));
      changed();
    } else {
      move(row, button.dataset.act === "up" ? -1 : 1);
      button.focus();
    }
  });

  // Alt and an arrow move the row one is in.
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("#editor-form [data-row]");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !step || !event.altKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const focused = document.activeElement;
    move(row, step);
    focused.focus();
  });

  // A part is put in where one was writing.
  let last = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("#editor-form [data-message]")) last = event.target;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#editor-form [data-insert]");
    if (!button) return;
    const name = button.closest("[data-row]").querySelector("[data-part-name]").value.trim();
    const text = last?.isConnected ? last : form().querySelector("[data-message]");
    if (!name || !text) return;
    text.setRangeText(`{{> ${name}}}`, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    changed();
  });

  window.editorRows = { add, remove, number, rowsOf };
  document.addEventListener("editor:shown", () => ["messages", "steps"].forEach(number));
})();
