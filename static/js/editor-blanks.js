// Blanks of the text become rows as soon as they are typed; what the names look like comes from the server.
(function () {
  "use strict";

  const WAIT = 250;
  const DETAILS = ["help", "default", "example", "options", "max_length", "pattern", "sensitivity"];
  let timer = null;

  const form = () => document.getElementById("editor-form");
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const texts = () => [...form().querySelectorAll("[data-message]")];

  function pattern() {
    return new RegExp(`\\{\\{[ \\t]*(${form().dataset.blank})[ \\t]*\\}\\}`, "g");
  }

  function blanksIn(text) {
    return new Set([...text.normalize("NFC").matchAll(pattern())].map((match) => match[1]));
  }

  function isBare(row) {
    const label = field(row, "label").value.trim();
    const plain = !label || label === field(row, "key").value.trim();
    const silent = DETAILS.every((name) => !field(row, name).value.trim());
    return plain && silent && !field(row, "required").checked && field(row, "type").value === "text";
  }

  function look() {
    const own = blanksIn(texts().map((text) => text.value).join("\n"));
    const held = new Set(form().dataset.heldBlanks.split(" "));
    const rows = [...window.editorRows.rowsOf("variables").children];
    const declared = new Set();
    for (const row of rows) {
      const key = field(row, "key").value.normalize("NFC").trim();
      const used = own.has(key) || held.has(key);
      if (!used && key && isBare(row) && !row.contains(document.activeElement)) {
        window.editorRows.remove(row);
        continue;
      }
      declared.add(key);
      row.classList.toggle("is-unused", !used && key !== "");
    }
    for (const key of own) {
      if (!declared.has(key)) window.editorRows.add("variables", { key, label: key });
    }
    preview();
  }

  // The text with its blanks at once; what its parts say comes with the next save.
  function preview() {
    const shown = document.querySelector("#editor-preview .prompt-text");
    const filled = texts().filter((text) => text.value.trim());
    if (!shown || filled.some((text) => text.value.includes("{{>"))) return;
    shown.replaceChildren();
    filled.forEach((text, index) => {
      if (index) shown.append("\n\n");
      if (filled.length > 1) {
        const role = document.createElement("strong");
        role.className = "prompt-role";
        const select = text.closest("[data-row]").querySelector("select");
        role.textContent = `[${select.selectedOptions[0].textContent}]`;
        shown.append(role, "\n");
      }
      text.value.normalize("NFC").split(pattern()).forEach((piece, place) => {
        if (place % 2 === 0) return shown.append(piece);
        const mark = document.createElement("mark");
        mark.textContent = `{{${piece}}}`;
        shown.append(mark);
      });
    });
  }

  // A blank renamed in its row is renamed in the text.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("#editor-form [data-key]")) event.target.dataset.before = event.target.value;
  });
  document.addEventListener("change", (event) => {
    const key = event.target;
    if (!key.matches("#editor-form [data-key]")) return;
    const [before, after] = [key.dataset.before, key.value.normalize("NFC").trim()];
    if (!before || before === after || !new RegExp(`^${form().dataset.blank}$`).test(after)) return;
    texts().forEach((text) => {
      text.value = text.value.normalize("NFC").replace(pattern(), (whole, name) => (name === before ? `{{${after}}}` : whole));
    });
    key.dataset.before = after;
    look();
  });

  // Confidential and personal information closes the choice of public AI.
  function close() {
    const chosen = form().querySelector("[name=sensitivity]:checked")?.value;
    const closed = form().dataset.closed.split(" ").includes(chosen);
    const open = form().querySelector("[name=channel][value=public_ai]");
    if (closed && open.checked) form().querySelector("[name=channel][value=agency_ai]").checked = true;
    open.disabled = closed;
    document.getElementById("channel-closed").hidden = !closed;
  }

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#editor-form")) return;
    close();
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  document.addEventListener("editor:shown", close);
})();
