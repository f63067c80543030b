// Buttons that show and hide a part (phone menu, filters), and dropdowns that close by themselves.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-disclose]");
  if (button) {
    const panel = document.getElementById(button.dataset.disclose);
    const open = panel.toggleAttribute("data-open");
    button.setAttribute("aria-expanded", String(open));
  }
  for (const dropdown of document.querySelectorAll("details.dropdown[open]")) {
    if (!dropdown.contains(event.target)) dropdown.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const dropdown = event.target.closest?.("details.dropdown[open]");
  if (!dropdown) return;
  dropdown.open = false;
  dropdown.querySelector("summary").focus();
});

// After a refused form the summary of errors is where reading starts.
document.querySelector("[data-focus]")?.focus();
