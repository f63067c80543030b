// A button with data-confirm asks before it submits. Without script it submits at once,
// so what cannot be undone also has a confirmation page on the server.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopPropagation();
  const dialog = document.getElementById("confirm-dialog");
  document.getElementById("confirm-text").textContent = button.dataset.confirm;
  dialog.returnValue = "no";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return;
      button.dataset.confirmed = "yes";
      button.click();
      delete button.dataset.confirmed;
    },
    { once: true },
  );
  dialog.showModal();
}, true);
