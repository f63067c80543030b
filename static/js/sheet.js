// A score sheet adds up as points are typed, and Enter leads to the next criterion.
const sheet = document.querySelector("form[data-sheet]");
const inputs = sheet ? [...sheet.querySelectorAll("[data-points]")] : [];
const DECIMALS = 10000;

function pointsIn(input) {
  const text = input.value.trim();
  const points = Number(text);
  const fits = text && points >= 0 && points <= Number(input.dataset.points);
  return fits ? Math.round(points * DECIMALS) : null;
}

function showTotal() {
  // Whole numbers, so that 0.1 + 0.2 shows as 0.3.
  const given = inputs.map(pointsIn).filter((points) => points !== null);
  const total = given.reduce((sum, points) => sum + points, 0) / DECIMALS;
  sheet.querySelector("[data-total]").textContent = given.length ? String(total) : "–";
}

inputs.forEach((input, index) => {
  input.addEventListener("input", showTotal);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    (inputs[index + 1] ?? sheet.querySelector("button[value=save]"))?.focus();
  });
});

// What was typed before this script came, or brought back by the browser, counts too.
if (sheet) showTotal();
