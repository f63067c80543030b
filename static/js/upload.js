// Sends a file in pieces. After a lost connection it asks how far the server is and goes on from there.
(function () {
  "use strict";

  const PIECE = 1024 * 1024;
  const RETRY = 3000;
  const box = () => document.getElementById("uploads");
  const LOOKS = 40;
  const sending = new Map(); // form -> AbortController
  let looking = false;

  const wait = () => new Promise((done) => setTimeout(done, RETRY));
  const say = (form, text) => (form.querySelector("[role=status]").textContent = text);

  class Refused extends Error {}
  class SignedOut extends Error {}

  function token(form) {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/); // signing in elsewhere changes it
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  async function ask(form, address, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": token(form), ...options.headers };
    const answer = await fetch(address, { ...options, headers, signal: sending.get(form)?.signal });
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.redirected || answer.status === 403) throw new SignedOut();
    if (!isJson) throw new Error(answer.status);
    const told = await answer.json();
    if (!answer.ok && answer.status !== 409) throw new Refused(told.problem);
    return told;
  }

  // Repeats what is safe to repeat: the same id, the same offset.
  async function stubborn(form, act) {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (error instanceof Refused || error.name === "AbortError") throw error;
        say(form, error instanceof SignedOut ? box().dataset.expired : box().dataset.lost);
        await wait();
      }
    }
  }

  function show(form, sent, size) {
    const percent = Math.floor((sent * 100) / size);
    form.querySelector("progress").value = percent;
    say(form, box().dataset.sending.replace("{percent}", percent));
  }

  async function begin(form, file) {
    const id = crypto.randomUUID?.() ?? "";
    const body = new URLSearchParams({ id, name: file.name, size: file.size, field: form.elements.field.value });
    const act = () => ask(form, box().dataset.begin, { method: "POST", body });
    return id ? stubborn(form, act) : act();
  }

  async function send(form, file) {
    const begun = await begin(form, file);
    const address = `${box().dataset.begin}${begun.id}/`;
    form.dataset.address = address;
    let sent = begun.offset;
    while (sent < file.size) {
      show(form, sent, file.size);
      const options = { method: "PUT", body: file.slice(sent, sent + PIECE), headers: { "Content-Type": "application/octet-stream" } };
      try {
        sent = (await ask(form, `${address}?offset=${sent}`, options)).received;
      } catch (error) {
        if (error instanceof Refused || error.name === "AbortError") throw error;
        say(form, error instanceof SignedOut ? box().dataset.expired : box().dataset.lost);
        await wait();
        const told = await stubborn(form, () => ask(form, address));
        if (told.problem) throw new Refused(told.problem);
        sent = told.received;
      }
    }
  }

  async function upload(form) {
    const file = form.elements.file.files[0];
    if (file.size > box().dataset.largest * 1024 * 1024) return say(form, box().dataset.tooLarge);
    const progress = form.querySelector("[data-progress]");
    sending.set(form, new AbortController());
    progress.hidden = false;
    let told = box().dataset.received;
    try {
      await send(form, file);
      delete form.dataset.address;
      form.reset();
    } catch (error) {
      told = error instanceof Refused ? error.message : box().dataset.cancelled;
    }
    progress.hidden = true;
    sending.delete(form);
    await refresh(form.elements.field.value, told);
  }

  // The list anew, unless another file is on its way; what was said stays said.
  async function refresh(field, told) {
    const formOf = () => [...box().querySelectorAll("form[data-upload]")].find((each) => each.elements.field.value === field);
    const page = await list();
    if (page && !sending.size) box().replaceWith(page);
    say(formOf() || box().querySelector("form[data-upload]"), told);
    document.dispatchEvent(new CustomEvent("files:changed"));
    lookAgain();
  }

  // As the server shows it now; null when it cannot be had.
  async function list() {
    try {
      const answer = await fetch(box().dataset.list, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("uploads");
    } catch {
      return null;
    }
  }

  // A worker looks through what was received; what it found is shown as soon as it is known.
  async function lookAgain() {
    if (looking) return;
    looking = true;
    for (let times = 0; times < LOOKS && box()?.querySelector("[data-waiting]"); times += 1) {
      await wait();
      const page = sending.size ? null : await list();
      if (page) showChecked(page);
    }
    looking = false;
  }

  // File by file, so that neither a chosen file nor the focus is lost.
  function showChecked(page) {
    for (const old of box().querySelectorAll("[data-waiting]")) {
      const checked = page.querySelector(`#${old.id}:not([data-waiting])`);
      if (!checked || old.contains(document.activeElement)) continue;
      const question = old.closest(".file-question") || box();
      old.replaceWith(checked);
      say([...question.querySelectorAll("form[data-upload]")].at(-1), box().dataset.checked);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-upload]")) {
      if (sending.has(form)) return event.preventDefault();
      if (!form.elements.file.files[0]) return;
      event.preventDefault();
      upload(form);
    } else if (form.matches("form[data-file-act]")) {
      event.preventDefault();
      act(form);
    }
  }, true);

  // Removing a file, or taking out what it tells.
  async function act(form) {
    const own = form.closest(".file-question")?.querySelector("form[data-upload]")?.elements.field.value ?? "";
    let told = "";
    try {
      told = (await ask(form, form.action, { method: "POST", body: new URLSearchParams() })).done;
    } catch (error) {
      told = error instanceof Refused ? error.message : error instanceof SignedOut ? box().dataset.expired : box().dataset.lost;
    }
    await refresh(own, told);
  }

  document.addEventListener("click", async (event) => {
    const form = event.target.closest("#uploads [data-cancel]")?.form;
    if (!form) return;
    const address = form.dataset.address;
    sending.get(form)?.abort();
    if (!address) return;
    delete form.dataset.address;
    await fetch(`${address}remove/`, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token(form) } }).catch(() => null);
    await refresh(form.elements.field.value, box().dataset.cancelled);
  });

  lookAgain();
})();
