// A call's form one step at a time: the step is the address's, so that it can be linked, reloaded and gone back to.
(function () {
  "use strict";

  const form = document.getElementById("call-form");
  if (!form) return;
  const steps = [...form.querySelectorAll("[data-step]")];
  const writing = form.closest("[data-showing]");
  const views = document.querySelector("[data-call-views]");
  const beside = document.getElementById("call-beside");
  const turns = [...form.querySelectorAll("[data-turn]")];
  let current = steps[0];

  function show(step) {
    current = step;
    steps.forEach((each) => (each.hidden = each !== step));
    const code = step.id.replace("step-", "");
    const place = steps.indexOf(step);
    document.querySelectorAll("[data-step-link]").forEach((link, index) => {
      link.classList.toggle("active", link.dataset.stepLink === code);
      link.classList.toggle("done", index < place);
      if (link.dataset.stepLink === code) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    turns.forEach((button) => (button.hidden = !steps[place + Number(button.dataset.turn)]));
  }

  // The element of the address may be a step, or a field in one.
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const step = target?.closest("[data-step]");
    if (!step) return false;
    look("form");
    show(step);
    if (target !== step) target.scrollIntoView({ block: "center" });
    else document.querySelector(".call-steps").scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
    return true;
  }

  function look(view) {
    writing.dataset.showing = view;
    views.querySelectorAll("[data-view]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    });
  }

  views.addEventListener("click", (event) => {
    const view = event.target.closest("[data-view]")?.dataset.view;
    if (view) look(view);
  });

  turns.forEach((button) =>
    button.addEventListener("click", () => {
      location.hash = steps[steps.indexOf(current) + Number(button.dataset.turn)].id;
    }),
  );

  // A link to where one is already changes no address, but still leads there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) follow();
  });

  window.addEventListener("hashchange", follow);

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== beside) return;
    if (!event.detail.xhr.responseURL.includes("/accounts/login/")) return;
    event.detail.shouldSwap = false;
    beside.textContent = beside.dataset.signedOut;
  });

  views.hidden = beside.hidden = false;
  form.querySelectorAll("[data-without-script]").forEach((part) => part.remove());
  form.classList.add("is-stepped");
  const wrong = form.querySelector("[data-step] .has-error, [data-step] .field-error")?.closest("[data-step]");
  if (wrong) show(wrong);
  else if (!follow()) show(steps[0]);
  // What was typed before is not saved yet.
  if ("typed" in form.dataset) form.dispatchEvent(new Event("input", { bubbles: true }));
})();
