// A button with data-copy-target="#id" copies that element's text and says so beside itself.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-target]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copyTarget);
  const copied = await copyText(source.value ?? source.textContent);
  const status = button.parentElement.querySelector(".copy-status");
  if (status) status.textContent = copied ? button.dataset.copied : button.dataset.failed;
  if (copied) button.dispatchEvent(new CustomEvent("copied", { bubbles: true }));
});

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Intranet sites without TLS have no clipboard interface.
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
