// The page on which a prompt is written: its buttons, keys and views. Without script the form is simply sent.
(function () {
  "use strict";

  const { body, offerKept } = window.editorKeep;
  const { save, post, settle, leave, failed, expired, idle } = window.editorSave;
  const form = () => document.getElementById("editor-form");
  const box = (id) => document.getElementById(id);

  document.addEventListener("editor:saved", ({ detail: told }) => {
    const { command, command_offered: offered } = form().elements;
    if (command.value === offered.value) command.value = offered.value = told.command;
    form().dataset.heldBlanks = told.held.join(" ");
    box("editor-findings").innerHTML = told.findings;
    box("editor-preview").innerHTML = told.preview;
    if (box("editor-alike").innerHTML.trim() !== told.alike.trim()) box("editor-alike").innerHTML = told.alike;
  });

  // A button that needs the server: its answer replaces the inside of the page, nothing scrolls away.
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    const button = event.submitter;
    if (button?.hasAttribute("formaction") && !idle()) return leave();
    event.preventDefault();
    if (button?.hasAttribute("formaction")) return idle().then(() => form().requestSubmit(button));
    const op = button?.name === "op" ? button.value : "";
    if (op.startsWith("find:")) return; // the search has found while one typed
    if (op) ask(button, op);
    else save();
  });

  async function ask(button, op) {
    await idle();
    try {
      const answer = await post(body(button), "text/html");
      if (answer.url.includes("/accounts/login/")) return expired(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const inside = page.getElementById("editor");
      if (!inside) return save(); // a choice between two texts: the save offers it
      show(inside);
      if (answer.ok) {
        settle();
        history.replaceState(null, "", new URL(answer.url).pathname);
      }
      focusAfter(op, answer.ok);
    } catch {
      failed("offline");
    }
  }

  function show(inside) {
    inside.querySelectorAll("noscript").forEach((part) => part.remove()); // parsed as if there were no script
    const [height, side, view] = [scrollY, box("editor-side").scrollTop, box("editor").dataset.view];
    box("editor").replaceWith(inside);
    scrollTo(0, height);
    box("editor-side").scrollTop = side;
    look(view);
    window.htmx?.process(inside);
    document.dispatchEvent(new CustomEvent("editor:shown"));
  }

  function focusAfter(op, ok) {
    const [act, kind] = op.split(":");
    const held = act === "hold" && document.querySelector(`[data-rows="${kind}"] > :last-child input:not([type=hidden])`);
    const place = ok ? held || box("findings") : box("editor-problems").querySelector("[tabindex]");
    place?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go], #editor-problems a");
    const field = link && box(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    look("form");
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    field.scrollIntoView({ block: "center" });
    const { start, end } = link.dataset;
    if (start && field.matches("textarea, input[type=text]")) field.setSelectionRange(Number(start), Number(end));
  });

  // On a phone: what is written, or what it looks like.
  function look(view) {
    box("editor").dataset.view = view;
    document.querySelectorAll("[data-view-of]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.viewOf === view));
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view-of]");
    if (button) look(button.dataset.viewOf);
  });

  document.dispatchEvent(new CustomEvent("editor:shown"));
  offerKept();
})();
