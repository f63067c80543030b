// Fills the blanks of a prompt as one types. Nothing typed leaves the browser: the inputs stand in no form, and
// no value is stored. Tells the rest of the page by events: "fill" when a value changed, "check" to look at once.
(function () {
  "use strict";
  const WAIT = 250; // milliseconds after the last keystroke
  const NUMBER = /^[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;
  const words = JSON.parse(document.getElementById("fill-words")?.textContent || "{}");

  function say(name, values) {
    return (words[name] || "").replace(/\{(\w+)\}/g, (whole, key) => String(values?.[key] ?? whole));
  }

  function inputsOf(field) {
    return [...field.querySelectorAll("[data-blank-input]")];
  }

  function isChoice(field) {
    return field.dataset.kind === "bool" || field.dataset.kind === "multiselect";
  }

  function valueOf(field) {
    const inputs = inputsOf(field);
    if (isChoice(field)) return inputs.filter((input) => input.checked).map((input) => input.value).join(", ");
    return inputs[0].value.trim();
  }

  function setValue(field, text) {
    const inputs = inputsOf(field);
    if (!isChoice(field)) {
      inputs[0].value = text;
      return;
    }
    const wanted = text.split(/[,;\n]/).map((part) => part.trim());
    inputs.forEach((input) => { input.checked = input.value === text || wanted.includes(input.value); });
  }

  // What is wrong with a value: {text, blocks, wrong}; blocks stops copying, wrong marks the field as invalid.
  function faultsOf(field, value, allowsPersonal) {
    return [...personalFaults(field, value, allowsPersonal), ...shapeFaults(field, value)];
  }

  function personalFaults(field, value, allowsPersonal) {
    if (!value || isChoice(field) || !window.personalData) return [];
    const found = window.personalData.find(value);
    const labels = (some) => [...new Set(some.map((each) => each.label || each.kind))].join(", ");
    const blocking = found.filter((each) => each.blocking);
    const others = allowsPersonal ? [] : found.filter((each) => !each.blocking);
    const faults = [];
    if (blocking.length) faults.push({ text: say("blocked", { kinds: labels(blocking) }), blocks: true, wrong: true });
    if (others.length) faults.push({ text: say("warned", { kinds: labels(others) }) });
    return faults;
  }

  function shapeFaults(field, value) {
    const faults = [];
    const over = [...value].length - Number(field.dataset.most || Infinity);
    if (over > 0) faults.push({ text: say("long", { count: over }), wrong: true });
    if (value && field.dataset.kind === "number" && !NUMBER.test(value)) {
      faults.push({ text: say("number"), wrong: true });
    }
    if (value && field.dataset.pattern && !matches(field.dataset.pattern, value)) {
      faults.push({ text: say("pattern"), wrong: true });
    }
    return faults;
  }

  function matches(pattern, value) {
    try {
      return new RegExp(`^(?:${pattern})$`, "u").test(value);
    } catch {
      return true; // written for another engine
    }
  }

  function showFaults(field, faults) {
    const note = field.querySelector(".field-note");
    const text = faults.map((fault) => fault.text).join(" ");
    if (note.textContent !== text) note.textContent = text;
    note.hidden = !text;
    const wrong = faults.some((fault) => fault.wrong);
    field.classList.toggle("has-error", wrong);
    field.classList.toggle("has-warning", !wrong && faults.length > 0);
    if (isChoice(field)) return;
    const input = inputsOf(field)[0];
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function showCount(field, value) {
    const count = field.querySelector("[data-count]");
    if (count) count.textContent = say("count", { count: [...value].length, most: field.dataset.most });
  }

  function setUp(fill) {
    const fields = [...fill.querySelectorAll("[data-blank-field]")];
    const marks = new Map();
    const timers = new Map();
    const blocked = new Set();
    const allowsPersonal = "allowsPersonal" in fill.dataset;
    fill.querySelectorAll("mark[data-blank]").forEach((mark) => {
      const known = marks.get(mark.dataset.blank) || [];
      marks.set(mark.dataset.blank, [...known, mark]);
      mark.dataset.empty = mark.textContent;
    });

    function show(field) {
      const value = valueOf(field);
      (marks.get(field.dataset.blankField) || []).forEach((mark) => {
        mark.textContent = value || mark.dataset.empty;
        mark.classList.toggle("is-filled", value !== "");
      });
      showCount(field, value);
    }

    // Keeps the blank that is being filled in sight of a long text that scrolls by itself.
    function point(field) {
      fill.querySelectorAll("mark.is-current").forEach((mark) => mark.classList.remove("is-current"));
      const own = marks.get(field.dataset.blankField) || [];
      own.forEach((mark) => mark.classList.add("is-current"));
      const box = own[0]?.closest(".prompt-text");
      if (box) box.scrollTop = own[0].offsetTop - box.clientHeight / 3;
    }

    function check(field) {
      clearTimeout(timers.get(field));
      timers.delete(field);
      const faults = faultsOf(field, valueOf(field), allowsPersonal);
      showFaults(field, faults);
      if (faults.some((fault) => fault.blocks)) blocked.add(field);
      else blocked.delete(field);
      fill.toggleAttribute("data-blocked", blocked.size > 0);
      fill.dispatchEvent(new CustomEvent("checked", { bubbles: true }));
    }

    function changed(field, by) {
      show(field);
      clearTimeout(timers.get(field));
      timers.set(field, setTimeout(() => check(field), by === "person" ? WAIT : 0));
    }

    fields.forEach((field) => {
      show(field);
      field.addEventListener("focusin", () => point(field));
      field.addEventListener("input", () => {
        changed(field, "person");
        fill.dispatchEvent(new CustomEvent("fill", { bubbles: true }));
      });
      field.querySelector("[data-example]")?.addEventListener("click", (event) => {
        setValue(field, event.currentTarget.dataset.example);
        changed(field, "button");
        inputsOf(field)[0].focus();
      });
    });
    fill.querySelector("[data-examples]")?.addEventListener("click", () => fields.forEach((field) => {
      const button = field.querySelector("[data-example]");
      if (!button || valueOf(field)) return;
      setValue(field, button.dataset.example);
      changed(field, "button");
    }));
    fill.querySelector("[data-clear]")?.addEventListener("click", () => {
      fields.forEach((field) => {
        setValue(field, "");
        changed(field, "button");
      });
      inputsOf(fields[0])[0].focus();
      fill.dispatchEvent(new CustomEvent("cleared", { bubbles: true }));
    });
    fill.addEventListener("check", () => fields.forEach(check));
  }

  document.querySelectorAll("[data-fill]").forEach(setUp);
})();
