// The form of an entry with its script: saved by itself, reviewed as it is saved, handed in in two requests.
(function () {
  "use strict";

  const { offerKept } = window.editorKeep;
  const { save, settle, leave, idle } = window.editorSave;
  const form = document.getElementById("entry-form");
  const review = document.getElementById("entry-review");
  const status = document.getElementById("save-status");
  const state = () => status.dataset.state;
  let handing = false;

  const isSaved = () => state() === "saved" || (!state() && form.dataset.entry && !("unsaved" in form.dataset));

  // Saved as it stands, or not; then the page says why.
  async function saveNow() {
    if (isSaved()) return true;
    for (let again = 0; again < 3 && !isSaved(); again += 1) {
      await save();
      if (["refused", "conflict", "expired", "offline", "full", "long"].includes(state())) return false;
    }
    return isSaved();
  }

  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    const act = event.submitter?.value;
    if (act === "save" || !act) {
      event.preventDefault();
      save();
    } else if (act === "submit") {
      event.preventDefault();
      handIn();
    } else if (idle()) {
      event.preventDefault();
      idle().then(() => form.requestSubmit(event.submitter));
    } else {
      leave(); // one more row: the server answers with the page
    }
  });

  async function handIn() {
    if (handing) return;
    handing = true;
    if (await saveNow()) {
      settle();
      send();
    } else {
      document.querySelector("#editor-problems [tabindex]")?.focus();
      handing = false;
    }
  }

  // Consents and the number of the save; the text is there already.
  function send() {
    const sender = document.createElement("form");
    sender.method = "post";
    sender.action = `${form.dataset.entry}submit/`;
    sender.hidden = true;
    const given = [...form.elements].filter((field) => field.type === "checkbox" && field.checked);
    const fields = [form.elements.csrfmiddlewaretoken, form.elements.revision, ...given];
    for (const { name, value } of fields) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      sender.append(field);
    }
    document.body.append(sender);
    sender.requestSubmit();
  }

  document.addEventListener("editor:saved", async ({ detail }) => {
    document.getElementById("entry-status").innerHTML = detail.status;
    delete form.dataset.unsaved;
    const isNew = !form.dataset.entry;
    form.dataset.entry = detail.address;
    if (isNew) {
      document.querySelectorAll("[data-until-saved]").forEach((note) => note.remove());
      await fill(document.getElementById("uploads-place"), "files/list/");
    }
  });

  async function fill(place, part) {
    if (!place) return false;
    try {
      const answer = await fetch(form.dataset.entry + part, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return false;
      place.innerHTML = await answer.text();
      return true;
    } catch {
      return false;
    }
  }

  async function showReview() {
    review.textContent = review.dataset.loading;
    await saveNow();
    if (!form.dataset.entry || !(await fill(review, "review/"))) review.textContent = review.dataset.failed;
  }

  document.addEventListener("entry:step", ({ detail }) => {
    if (detail === "review") showReview();
    else if (detail === "files" && !form.dataset.entry) saveNow();
  });

  // Questions of the chosen track, and the deadline, which may be its own.
  function followTrack() {
    const chosen = form.querySelector("[name=track]:checked");
    document.querySelectorAll("[data-tracks]").forEach((question) => {
      question.hidden = !chosen || !question.dataset.tracks.split(" ").includes(chosen.value);
    });
    const [shown, left] = ["time", "[data-deadline]"].map((part) => document.querySelector(`#entry-deadline ${part}`));
    if (!shown) return; // returned for correction: the time for that is the same in every track
    const own = chosen?.closest(".track")?.querySelector("time");
    const common = document.getElementById("common-deadline").content.querySelector("time");
    const deadline = own || common;
    shown.replaceWith(deadline.cloneNode(true));
    left.dataset.deadline = deadline.dateTime;
  }

  form.addEventListener("change", (event) => event.target.name === "track" && followTrack());
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  });
  // Gone back to after handing in: what the server holds now, never an old form.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());

  // The answer to a refused submission stands at another address; loading it anew would ask to send it again.
  if (form.dataset.entry && location.pathname !== form.dataset.entry) {
    history.replaceState(null, "", form.dataset.entry + location.hash);
  }
  followTrack();
  offerKept();
  if ("unsaved" in form.dataset) save();
  if (window.entrySteps?.current() === "review") showReview();
})();
