// What is typed into the form of a prompt or an entry, as it is sent, and as it is kept in this browser while it cannot be sent.
(function () {
  "use strict";

  const UNSENT = new Set(["csrfmiddlewaretoken", "op", "act"]);
  const form = () => document.querySelector("form[data-kept-as]");
  const offer = () => document.getElementById("editor-kept");
  const keptAs = () => form().dataset.keptAs;

  function entries(submitter) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return [...new FormData(form(), submitter)].map(([name, value]) => [
      name,
      name === "csrfmiddlewaretoken" && token ? token[1] : value,
    ]);
  }

  const typed = () => entries().filter(([name]) => !UNSENT.has(name));
  const body = (submitter) => new URLSearchParams(entries(submitter)).toString();

  // store: localStorage outlives the window; sessionStorage is enough for a form on its way.
  function keep(store = localStorage) {
    try {
      store.setItem(keptAs(), JSON.stringify(typed()));
      return true;
    } catch {
      return false;
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(keptAs()) || sessionStorage.getItem(keptAs()));
    } catch {
      return null;
    }
  }

  const forget = (name = keptAs()) => [localStorage, sessionStorage].forEach((store) => store.removeItem(name));

  // Numbers of rows and what the server keeps for itself do not make two texts differ.
  const words = (fields) =>
    fields
      .filter(([name, value]) => !["revision", "idempotency_key", "command_offered", "writer", "prompt_count", "task_count"].includes(name) && value.trim())
      .map(([name, value]) => `${name.replace(/\d+/, "")}=${value.trim().replaceAll("\r\n", "\n")}`)
      .sort()
      .join("\n");

  function offerKept() {
    const old = kept();
    if (!old || words(old) === words(typed())) return forget();
    offer().hidden = false;
  }

  // Sent as the form itself would be: the server answers with the saved page, what is wrong, or both texts.
  function restore() {
    const sender = document.createElement("form");
    sender.method = "post";
    sender.action = form().action;
    for (const [name, value] of [...entries().filter(([name]) => name === "csrfmiddlewaretoken"), ...kept()]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      sender.append(field);
    }
    sender.hidden = true;
    document.body.append(sender);
    sender.submit();
  }

  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-kept]")?.dataset.kept;
    if (choice === "restore") restore();
    if (choice === "forget") {
      forget();
      offer().hidden = true;
    }
  });

  window.editorKeep = { body, keep, forget, keptAs, offerKept };
})();
