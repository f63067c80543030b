// Rows of a call's form: added, moved, taken out and put back here at once; without script the same buttons are sent.
// A row keeps its number in the names of its fields; its order is a field of its own, so moving renames nothing.
(function () {
  "use strict";

  const form = document.getElementById("call-form");
  if (!form) return;

  const listOf = (set) => set.querySelector("[data-row-list]");
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const numberOf = (row) => Number(field(row, "ORDER").name.match(/-(\d+)-ORDER$/)[1]) + 1;

  function changed() {
    form.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.dispatchEvent(new Event("call-changed"));
  }

  function renumber(set) {
    [...listOf(set).children].forEach((row, index) => {
      field(row, "ORDER").value = index + 1;
      row.querySelectorAll("[data-number]").forEach((place) => (place.textContent = index + 1));
      row.setAttribute("aria-label", `${set.querySelector("legend").textContent} ${index + 1}`);
    });
  }

  function add(set) {
    const total = set.querySelector('[name$="-TOTAL_FORMS"]');
    if (Number(total.value) >= Number(set.dataset.most)) return null;
    const template = document.createElement("template");
    template.innerHTML = set.querySelector("[data-row-template]").innerHTML.replaceAll("__prefix__", total.value);
    const row = template.content.querySelector("[data-row]");
    total.value = Number(total.value) + 1;
    listOf(set).append(row);
    renumber(set);
    offer(set.dataset.rows);
    return row;
  }

  function move(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    renumber(row.closest("[data-rows]"));
  }

  function take(row, isOut) {
    field(row, "DELETE").value = isOut ? "on" : "";
    row.toggleAttribute("data-removed", isOut);
  }

  // Rows that name tracks or rounds offer those that are there.
  function offer(kind) {
    const named = form.querySelector(`[data-rows="${kind}"]`);
    if (!named || !["tracks", "rounds"].includes(kind)) return;
    const choices = [...listOf(named).children].map((row) => [String(numberOf(row)), field(row, "name").value]);
    const templates = [...form.querySelectorAll("[data-row-template]")].map((each) => each.content);
    for (const part of [form, ...templates]) {
      for (const place of part.querySelectorAll(`[data-offers="${kind}"]`)) fill(place, choices);
    }
  }

  function fill(place, choices) {
    const select = place.querySelector("select");
    for (const [value, name] of choices) {
      const label = name || value;
      if (select) {
        const option = [...select.options].find((each) => each.value === value);
        if (option) option.textContent = label;
        else select.add(new Option(label, value));
        continue;
      }
      const box = place.querySelector(`input[value="${value}"]`) || copyBox(place, value);
      if (box) box.parentElement.querySelector("label").textContent = label;
    }
  }

  function copyBox(place, value) {
    const first = place.querySelector(".krds-form-check");
    if (!first) return null;
    const copy = first.cloneNode(true);
    const box = copy.querySelector("input");
    box.value = value;
    box.checked = false;
    box.id = box.id.replace(/\d+$/, Number(value) - 1);
    copy.querySelector("label").htmlFor = box.id;
    first.parentElement.append(copy);
    return box;
  }

  const ACTS = {
    up: (row) => move(row, -1),
    down: (row) => move(row, 1),
    out: (row) => take(row, true),
    back: (row) => take(row, false),
  };

  form.addEventListener("click", (event) => {
    const adder = event.target.closest("[data-more]");
    const button = event.target.closest("[data-act]");
    if (!adder && !button) return;
    event.preventDefault();
    if (adder) {
      add(adder.closest("[data-rows]"))?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    } else {
      const row = button.closest("[data-row]");
      ACTS[button.dataset.act](row);
      const next = { out: "back", back: "out" }[button.dataset.act];
      (next ? row.querySelector(`[data-act="${next}"]`) : button).focus();
    }
    changed();
  });

  form.addEventListener("input", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (!row) return;
    const first = row.querySelector('[name$="-name"], [name$="-title"], [name$="-question"]');
    if (event.target !== first) return;
    row.querySelector("[data-row-name]").textContent = first.value;
    offer(row.closest("[data-rows]").dataset.rows);
  });

  ["tracks", "rounds"].forEach(offer);
})();
