// Saves a draft by itself while somebody writes, and says on the page what came of it.
(function () {
  "use strict";

  const WAIT = 2000;
  const RETRY = 15000;
  const MOST_ON_LEAVING = 60000; // characters; browsers send no more from a page that is being left
  const { body, keep, forget, keptAs } = window.editorKeep;
  let timer = null;
  let sending = false;
  let running = Promise.resolve();
  let again = false;
  let changed = false;

  const form = () => document.querySelector("form[data-kept-as]");
  const box = (id) => document.getElementById(id);

  function say(state, time) {
    const status = box("save-status");
    status.textContent = status.dataset[state].replace("{time}", time);
    status.dataset.state = state;
  }

  const isOffline = () => box("save-status").dataset.state === "offline";

  document.addEventListener("input", (event) => {
    if (event.target.form !== form() || event.target.closest("[data-not-saved]")) return;
    changed = true;
    if (!isOffline()) say("changed");
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });

  function save() {
    clearTimeout(timer);
    if (sending) again = true;
    else running = send();
    return running;
  }

  async function send() {
    sending = true;
    changed = false;
    const text = body();
    if (!isOffline()) say("saving");
    try {
      if (text.length > (Number(form().dataset.most) || Infinity)) failed("long"); // more than the server reads
      else await take(await post(text, "application/json"));
    } catch {
      failed("offline");
      timer = setTimeout(save, RETRY);
    }
    sending = false;
    if (!again) return;
    again = false;
    await send();
  }

  function post(text, accept) {
    return fetch(form().action, {
      method: "POST",
      headers: { Accept: accept, "Content-Type": "application/x-www-form-urlencoded" },
      body: text,
      keepalive: text.length < MOST_ON_LEAVING,
    });
  }

  function failed(state) {
    changed = true;
    say(keep() || state === "long" ? state : "full");
  }

  async function take(answer) {
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.status === 401 || answer.status === 403) return expired(isJson ? (await answer.json()).login : "");
    if (!isJson) throw new Error(answer.status);
    const told = await answer.json();
    if (answer.ok) saved(told);
    else if (answer.status === 409) differ(told);
    else refused(told);
  }

  function saved(told) {
    const before = keptAs();
    form().elements.revision.value = told.revision;
    moveTo(told.address);
    if (!changed || before !== keptAs()) forget(before);
    box("editor-problems").replaceChildren();
    clearErrors();
    say(changed ? "changed" : "saved", told.saved);
    tell("saved", told);
  }

  // What else of the page changes is the page's own matter.
  const tell = (what, told) => document.dispatchEvent(new CustomEvent(`editor:${what}`, { detail: told }));

  // The first save gives what is written an address; the page goes on as that of the draft.
  function moveTo(address) {
    const action = new URL(address + form().dataset.saveAt, location.href).href;
    if (form().action === action) return;
    form().action = action;
    form().dataset.keptAs = keptAs().replace(/new$/, address.match(/\d+/)[0]);
    for (const element of document.querySelectorAll("[data-address]")) {
      element.setAttribute(element.matches("a") ? "href" : "formaction", address + element.dataset.address);
      element.hidden = false;
    }
    history.replaceState(null, "", address + location.hash);
  }

  function clearErrors() {
    form().querySelectorAll(".field-error").forEach((note) => note.remove());
    form().querySelectorAll(".has-error").forEach((field) => field.classList.remove("has-error"));
    form().querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  }

  function refused(told) {
    failed("refused");
    clearErrors();
    box("editor-problems").innerHTML = told.problems;
    box("editor-problems").firstElementChild?.removeAttribute("role"); // the status line has said it
    for (const { target, text } of told.errors) {
      const input = box(target);
      if (!input) continue;
      const note = document.createElement("p");
      note.className = "field-error";
      note.textContent = text;
      input.setAttribute("aria-invalid", "true");
      (input.closest(".field") || input.parentElement).append(note);
    }
    tell("refused", told);
  }

  function expired(address) {
    failed("expired");
    const link = document.createElement("a");
    link.className = "link";
    link.href = address || "/accounts/login/";
    link.target = "_blank";
    link.textContent = box("save-status").dataset.logIn;
    box("save-status").append(" ", link);
  }

  // Somebody saved in between: both texts, and the person chooses.
  function differ(told) {
    failed("conflict");
    const dialog = box("editor-conflict");
    dialog.querySelector("[data-texts]").innerHTML = told.conflict;
    dialog.dataset.revision = told.revision;
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("click", (event) => {
    const choice = event.target.closest("#editor-conflict [data-choose]")?.dataset.choose;
    if (!choice) return;
    box("editor-conflict").close();
    if (choice === "mine") {
      form().elements.revision.value = box("editor-conflict").dataset.revision;
      save();
    } else {
      settle();
      location.replace(location.pathname + location.search); // never a form once more
    }
  });

  function settle() {
    clearTimeout(timer);
    changed = false;
    forget();
  }

  // The form itself is on its way to the server.
  function leave() {
    settle();
    keep(sessionStorage);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !changed || sending) return;
    keep();
    save();
  });
  window.addEventListener("pagehide", () => changed && keep());
  window.addEventListener("online", () => changed && save());
  window.addEventListener("focus", () => box("save-status").dataset.state === "expired" && save()); // logged in again

  const idle = () => (sending ? running : null); // two at once would take each other for somebody else
  window.editorSave = { save, post, settle, leave, failed, expired, idle };
})();
