// Counts the choices; once as many as allowed are chosen, the others wait until one is taken away.
(() => {
  "use strict";
  const form = document.querySelector("form[data-vote]");
  const told = form?.querySelector("[data-vote-count]");
  if (!told) return;
  const most = Number(form.dataset.vote);
  const inputs = [...form.querySelectorAll("input[name=entry]")];

  function show() {
    const count = inputs.filter((input) => input.checked).length;
    told.textContent = told.dataset.voteCount.replace("{count}", count).replace("{most}", most);
    inputs.forEach((input) => {
      if (input.type === "checkbox") input.disabled = !input.checked && count >= most;
    });
  }

  form.addEventListener("change", show);
  show();
})();
