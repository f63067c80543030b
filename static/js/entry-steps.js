// Shows the form of an entry one step at a time. The address names the step, so the browser's back works.
(function () {
  "use strict";

  const list = document.querySelector("[data-steps]");
  const form = document.getElementById("entry-form");
  if (!list || !form) return;
  const links = [...list.querySelectorAll("a")];
  const names = links.map((link) => link.hash.slice(1));
  const pieces = [...document.querySelectorAll("[data-step]")];
  const [back, next, submit] = ["back", "next", "submit"].map((name) => document.querySelector(`[data-${name}]`));
  let current = "";

  const named = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  function stepOf(hash) {
    const name = hash.slice(1);
    if (names.includes(name)) return name;
    return hash.length > 1 ? named(hash)?.closest("[data-step]")?.dataset.step : undefined;
  }

  function show(name) {
    if (name === current) return;
    current = name;
    const at = names.indexOf(name);
    pieces.forEach((piece) => (piece.hidden = piece.dataset.step !== name));
    links.forEach((link, number) => {
      const item = link.parentElement;
      item.className = number < at ? "done" : number === at ? "active" : "";
      if (number === at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    back.hidden = at === 0;
    next.hidden = at === names.length - 1;
    submit.hidden = at !== names.length - 1;
    document.dispatchEvent(new CustomEvent("entry:step", { detail: name }));
  }

  function follow() {
    const name = stepOf(location.hash);
    if (!name) return;
    show(name);
    const target = named(location.hash);
    const field = target?.matches("input, select, textarea") ? target : null;
    (field || document.querySelector(`[data-step="${name}"] h2`))?.focus({ preventScroll: true });
    (field ? field.closest(".field") || field : list).scrollIntoView({ block: "start" });
  }

  // How many things each step still has to put right.
  function count() {
    links.forEach((link, number) => {
      const faults = pieces
        .filter((piece) => piece.dataset.step === names[number])
        .reduce((sum, piece) => sum + piece.querySelectorAll(".field-error").length, 0);
      link.querySelector(".step-faults")?.remove();
      if (!faults) return;
      const note = document.createElement("span");
      note.className = "step-faults";
      note.textContent = list.dataset.errors.replace("{number}", faults);
      link.append(" ", note);
    });
  }

  function go(step) {
    location.hash = names[names.indexOf(current) + step];
  }

  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go], #editor-problems a, [data-steps] a");
    if (!link || !stepOf(link.hash)) return;
    event.preventDefault();
    if (location.hash === link.hash) follow();
    else location.hash = link.hash;
  });
  document.addEventListener("editor:refused", count);
  document.addEventListener("editor:saved", count);

  const faulty = document.querySelector("[data-step] .field-error")?.closest("[data-step]").dataset.step;
  count();
  list.classList.add("is-stepped");
  show(stepOf(location.hash) || form.dataset.start || faulty || names[0]);
  window.entrySteps = { current: () => current };
})();
