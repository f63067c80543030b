// Fills the blanks of a prompt as one types. Nothing typed leaves the browser: the inputs have no name and no form.
(function () {
  "use strict";
  document.querySelectorAll("[data-fill]").forEach(function (fill) {
    const marks = fill.querySelectorAll("mark[data-blank]");
    const empty = new Map();
    marks.forEach((mark) => empty.set(mark, mark.textContent));

    function show(input) {
      marks.forEach(function (mark) {
        if (mark.dataset.blank !== input.dataset.blankInput) return;
        const value = input.value.trim();
        mark.textContent = value || empty.get(mark);
        mark.classList.toggle("is-filled", value !== "");
      });
    }

    fill.querySelectorAll("[data-blank-input]").forEach(function (input) {
      input.addEventListener("input", () => show(input));
      if (input.value) show(input);
    });
  });
})();
