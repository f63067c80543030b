// Hands out the filled prompt: copy, save, print, open in a tool. What stops it is said beside the buttons:
// the advice not confirmed yet, or an identity number in a blank. Counts are sent without anything about who.
(function () {
  "use strict";
  const LONGEST_ADDRESS = 6000;
  const COPY_AGAIN = 10000; // milliseconds between two copies that count
  const words = JSON.parse(document.getElementById("fill-words")?.textContent || "{}");
  const use = document.querySelector("[data-use]");
  const counted = new Set();
  let lastCopy = -COPY_AGAIN;

  // Counting

  function count(what) {
    const address = use?.dataset.used;
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (!address || !token) return;
    if (what === "copy") {
      if (performance.now() - lastCopy < COPY_AGAIN) return;
      lastCopy = performance.now();
    } else if (counted.has(what)) return;
    counted.add(what);
    const headers = { "X-CSRFToken": token };
    fetch(address, { method: "POST", headers, body: new URLSearchParams({ what }), keepalive: true }).catch(() => {});
  }

  // The text as it is handed out

  function textOf(fill, number) {
    const messages = [...fill.querySelectorAll("[data-message]")];
    if (number !== undefined) return messages[Number(number)].textContent;
    return fill.querySelector(".prompt-text").textContent;
  }

  function emptyBlanks(fill) {
    const required = [...fill.querySelectorAll("[data-blank-field]")].filter((field) => field.querySelector(".required"));
    const empty = new Set([...fill.querySelectorAll("mark[data-blank]:not(.is-filled)")].map((mark) => mark.dataset.blank));
    return required.filter((field) => empty.has(field.dataset.blankField)).map((field) => field.dataset.label);
  }

  // What stops it

  function reason(fill) {
    const box = fill.querySelector("[data-agree]");
    if (fill.hasAttribute("data-blocked")) return words.personal;
    return box && !box.checked ? words.agree : "";
  }

  function refresh(fill) {
    const why = reason(fill);
    const place = fill.querySelector("[data-why]");
    place.textContent = why;
    place.hidden = !why;
    fill.querySelectorAll("[data-act]").forEach((act) => (act.tagName === "A" ? stopLink(act, why) : stopButton(act, why)));
  }

  function stopButton(button, why) {
    button.disabled = why !== "";
  }

  function stopLink(link, why) {
    if (why) {
      link.dataset.href ||= link.href;
      link.removeAttribute("href");
      link.setAttribute("role", "link");
      link.setAttribute("aria-disabled", "true");
    } else if (link.dataset.href) {
      link.href = link.dataset.href;
      link.removeAttribute("role");
      link.removeAttribute("aria-disabled");
    }
  }

  function say(fill, text) {
    const empty = emptyBlanks(fill);
    const more = empty.length ? ` ${words.empty.replace("{names}", empty.join(", "))}` : "";
    fill.querySelector(".copy-status").textContent = text + more;
  }

  // Handing out; copyText and copyBySelection are those of copy.js

  const ACTS = {
    async copy(fill, button) {
      const copied = await copyText(textOf(fill, button.dataset.messageNumber));
      say(fill, copied ? words.copied : words.failed);
      if (copied) count("copy");
    },

    download(fill, link, event) {
      event.preventDefault();
      const address = URL.createObjectURL(new Blob([textOf(fill)], { type: "text/plain;charset=utf-8" }));
      const file = document.createElement("a");
      file.href = address;
      file.download = link.dataset.name;
      file.click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      say(fill, words.saved);
      count("copy");
    },

    print() {
      window.print();
    },

    // The browser itself follows the link, so that no blocker takes it for a pop-up; copying comes first because
    // the new window takes the focus that the clipboard needs.
    open(fill, link) {
      const text = textOf(fill);
      const copied = copyBySelection(text);
      link.dataset.href ||= link.href;
      const filled = link.dataset.filled.replace("{prompt}", () => encodeURIComponent(text));
      link.href = filled && filled.length < LONGEST_ADDRESS ? filled : link.dataset.href;
      say(fill, copied ? words.paste : words.failed);
      if (copied) count("copy");
    },
  };

  function act(fill, button, event) {
    fill.dispatchEvent(new CustomEvent("check"));
    refresh(fill);
    if (reason(fill)) {
      event.preventDefault();
      fill.querySelector("[aria-invalid=true]")?.focus();
      return;
    }
    ACTS[button.dataset.act](fill, button, event);
  }

  // Two tabs on a phone

  function setUpTabs(fill) {
    const tabs = [...fill.querySelectorAll("[role=tab]")];
    if (!tabs.length) return;
    const narrow = window.matchMedia("(max-width: 1023px)");
    const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

    function choose(chosen) {
      tabs.forEach((tab) => {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        panelOf(tab).classList.toggle("is-behind", tab !== chosen);
      });
    }

    function name() {
      tabs.forEach((tab) => (narrow.matches ? panelOf(tab).setAttribute("role", "tabpanel") : panelOf(tab).removeAttribute("role")));
    }

    tabs.forEach((tab, index) => {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = tabs[(index + step + tabs.length) % tabs.length];
        choose(next);
        next.focus();
      });
    });
    narrow.addEventListener("change", name);
    choose(tabs[0]);
    name();
  }

  // Steps: the next opens when the check before it is confirmed

  function refreshSteps() {
    let open = true;
    document.querySelectorAll("[data-step]").forEach((step) => {
      const body = step.querySelector("[data-step-body]");
      const gate = step.querySelector("[data-gate]");
      const wait = step.querySelector("[data-wait]");
      if (body) body.hidden = !open;
      if (wait) wait.hidden = open;
      open = open && (!gate || gate.checked);
    });
  }

  document.querySelectorAll("[data-fill]").forEach((fill) => {
    if (!fill.querySelector(".fill-copy")) return;
    fill.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button) act(fill, button, event);
    });
    fill.querySelector("[data-agree]")?.addEventListener("change", () => refresh(fill));
    fill.addEventListener("checked", () => refresh(fill));
    fill.addEventListener("fill", () => count("fill"));
    fill.addEventListener("cleared", () => { fill.querySelector(".copy-status").textContent = words.cleared; });
    setUpTabs(fill);
    refresh(fill);
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-gate]")) refreshSteps(); });
  refreshSteps();
  count("view");
})();
