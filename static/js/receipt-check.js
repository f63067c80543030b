// Compares a chosen file with a receipt's SHA-256, in the browser: nothing is sent.
(() => {
  "use strict";

  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function compare(file, expected, answer) {
    let hash;
    try {
      hash = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    } catch {
      return say(answer, "error", answer.dataset.unread);
    }
    if (hash === expected) return say(answer, "success", answer.dataset.same);
    return say(answer, "error", answer.dataset.other.replace("{hash}", hash));
  }

  function say(answer, tone, text) {
    answer.className = `receipt-answer notice notice-${tone}`;
    answer.textContent = text;
  }

  document.querySelectorAll("[data-receipt-check]").forEach((section) => {
    const answer = section.querySelector(".receipt-answer");
    section.querySelector("input[type=file]").addEventListener("change", (event) => {
      const file = event.target.files[0];
      if (file) compare(file, section.dataset.receiptCheck, answer);
    });
  });
})();
