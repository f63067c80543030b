// Sends a file in pieces. After a lost connection it asks how far the server is and goes on from there.
(function () {
  "use strict";

  const PIECE = 1024 * 1024;
  const RETRY = 3000;
  const box = document.getElementById("files");
  const form = box?.querySelector("form[data-upload]");
  if (!form) return;
  const progress = form.querySelector("[data-progress]");
  const status = form.querySelector("[role=status]");
  let leaving = null;

  const say = (text) => (status.textContent = text);
  const wait = () => new Promise((done) => setTimeout(done, RETRY));

  class Refused extends Error {}

  async function ask(address, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const answer = await fetch(address, { ...options, headers: { ...headers, ...options.headers }, signal: leaving.signal });
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.redirected || answer.status === 403) throw new Refused(box.dataset.expired);
    if (!isJson) throw new Error(answer.status);
    const told = await answer.json();
    if (!answer.ok && answer.status !== 409) throw new Refused(told.problem);
    return told;
  }

  function show(sent, size) {
    const percent = Math.floor((sent * 100) / size);
    progress.querySelector("progress").value = percent;
    say(box.dataset.sending.replace("{percent}", percent));
  }

  // Repeats what is safe to repeat: the same id, the same offset.
  async function stubborn(act) {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (error instanceof Refused || error.name === "AbortError") throw error;
        say(box.dataset.lost);
        await wait();
      }
    }
  }

  async function send(file) {
    const id = crypto.randomUUID?.() ?? "";
    const body = new URLSearchParams({ id, name: file.name, size: file.size });
    const begun = await (id ? stubborn(() => ask(box.dataset.begin, { method: "POST", body })) : ask(box.dataset.begin, { method: "POST", body }));
    const address = `${box.dataset.begin}${begun.id}/`;
    form.dataset.address = address;
    let sent = begun.offset;
    while (sent < file.size) {
      show(sent, file.size);
      const piece = file.slice(sent, sent + PIECE);
      try {
        sent = (await ask(`${address}?offset=${sent}`, { method: "PUT", body: piece, headers: { "Content-Type": "application/octet-stream" } })).received;
      } catch (error) {
        if (error instanceof Refused || error.name === "AbortError") throw error;
        say(box.dataset.lost);
        await wait();
        const told = await stubborn(() => ask(address));
        if (told.problem) throw new Refused(told.problem);
        sent = told.received;
      }
    }
  }

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file || leaving) return;
    event.preventDefault();
    if (file.size > box.dataset.largest * PIECE) return void say(box.dataset.tooLarge);
    leaving = new AbortController();
    progress.hidden = false;
    try {
      await send(file);
      location.reload();
    } catch (error) {
      say(error instanceof Refused ? error.message : box.dataset.cancelled);
    }
    progress.hidden = true;
    leaving = null;
  });

  form.querySelector("[data-cancel]").addEventListener("click", async () => {
    leaving?.abort();
    if (!form.dataset.address) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    await fetch(`${form.dataset.address}remove/`, { method: "POST", body, headers: { Accept: "application/json" } });
    delete form.dataset.address;
  });
})();
