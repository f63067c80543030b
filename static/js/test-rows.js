// More rows of checks on the form of a test case; without script six stand there.
(function () {
  "use strict";
  const rows = document.querySelector("[data-check-rows]");
  const button = document.querySelector("[data-add-check]");
  if (!rows || !button) return;
  const most = Number(rows.dataset.most);

  // What carries the number of its row: names, ids and what points to them.
  function renumber(row, from, to) {
    for (const element of row.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll(`-${from}`, `-${to}`));
      }
    }
    for (const label of row.querySelectorAll("label")) {
      const text = label.firstChild;
      text.textContent = text.textContent.replace(String(from + 1), String(to + 1));
    }
  }

  function clear(row) {
    row.querySelectorAll(".field-error").forEach((error) => error.remove());
    row.querySelectorAll(".has-error").forEach((field) => field.classList.remove("has-error"));
    row.querySelectorAll("select, textarea").forEach((input) => {
      input.removeAttribute("aria-invalid");
      if (input.tagName === "SELECT") input.selectedIndex = 0;
      else input.value = "";
    });
  }

  button.addEventListener("click", () => {
    const count = rows.childElementCount;
    const row = rows.lastElementChild.cloneNode(true);
    renumber(row, count - 1, count);
    clear(row);
    rows.append(row);
    row.querySelector("select").focus();
    button.hidden = count + 1 >= most;
  });
})();
