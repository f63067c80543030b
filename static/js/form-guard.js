// One press, one submission; and a warning before typed text is left behind.
const BLOCK_FOR = 8000;
const changed = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.submitting) {
    event.preventDefault();
    return;
  }
  changed.delete(form);
  form.dataset.submitting = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  // A form that answers with a download stays on the page.
  setTimeout(() => release(form), BLOCK_FOR);
});

function release(form) {
  delete form.dataset.submitting;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-warn-unsaved]");
  if (form) changed.add(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) changed.delete(event.target.closest("form"));
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-submitting]").forEach(release));
