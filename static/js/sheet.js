// A score sheet in front of its judge: the total builds, a level and its points go together, and it saves by itself.
(function () {
  "use strict";

  const { offerKept } = window.editorKeep;
  const { save, leave, idle } = window.editorSave;
  const form = document.getElementById("sheet-form");
  const inputs = [...form.querySelectorAll("[data-points]")];
  const levelsOf = (input) => [...input.closest("[data-criterion]").querySelectorAll("[data-level]")];
  const DECIMALS = 10000; // of points
  const WEIGHTS = 1000000; // of weights
  const SCALE = BigInt(DECIMALS) * BigInt(WEIGHTS);
  const HUNDREDTHS = 100n;

  function pointsIn(input) {
    const text = input.value.trim();
    const points = Number(text);
    const fits = text && points >= 0 && points <= Number(input.dataset.points);
    return fits ? Math.round(points * DECIMALS) : null;
  }

  // Whole numbers throughout, so that 0.1 + 0.2 shows as 0.3.
  function weighted(input, points) {
    return BigInt(points) * BigInt(Math.round(Number(input.dataset.weight) * WEIGHTS));
  }

  const mostOf = (input) => weighted(input, Math.round(Number(input.dataset.points) * DECIMALS));
  const sum = (numbers) => numbers.reduce((all, number) => all + number, 0n);

  function text(number, scale) {
    const rest = String(number % scale).padStart(String(scale).length - 1, "0").replace(/0+$/, "");
    return `${number / scale}${rest ? `.${rest}` : ""}`;
  }

  // Halves up, as the rule rounds.
  const divided = (above, below) => text((above * HUNDREDTHS * 2n + below) / (below * 2n), HUNDREDTHS);

  function showTotal() {
    const given = inputs.filter((input) => pointsIn(input) !== null);
    const expected = inputs.filter((input) => "required" in input.dataset || pointsIn(input) !== null);
    const reached = sum(given.map((input) => weighted(input, pointsIn(input))));
    const total = given.length ? text(reached, SCALE) : "–";
    form.querySelector("[data-total]").textContent = total;
    form.querySelector("[data-most]").textContent = text(sum(expected.map(mostOf)), SCALE);
    showShare(given, reached, expected.length > given.length);
    document.dispatchEvent(new CustomEvent("sheet:total", { detail: total }));
  }

  // By the rule: percent of what is scored so far, or, where an optional criterion is skipped, points of all.
  function showShare(given, reached, isMissing) {
    const share = form.querySelector("[data-share]");
    const reachable = sum(given.map(mostOf));
    const whole = sum(inputs.map(mostOf));
    const isPercent = share.dataset.rule === "percent";
    share.hidden = !given.length || (!isPercent && (isMissing || reachable === whole));
    if (share.hidden) return;
    share.textContent = isPercent
      ? `(${divided(reached * 100n, reachable)}%)`
      : `(${divided(whole * reached, reachable * SCALE)} / ${text(whole, SCALE)})`;
  }

  function markLevel(input) {
    const points = pointsIn(input);
    for (const level of levelsOf(input)) level.checked = points === Math.round(Number(level.value) * DECIMALS);
  }

  form.addEventListener("input", (event) => {
    const level = event.target.closest("[data-level]");
    if (level) level.closest("[data-criterion]").querySelector("[data-points]").value = level.value;
    else if (event.target.matches("[data-points]")) markLevel(event.target);
    else return;
    showTotal();
  });

  form.addEventListener("submit", (event) => {
    const act = event.submitter?.value;
    if (act === "save" || !act) {
      event.preventDefault();
      save();
    } else if (idle()) {
      event.preventDefault();
      idle().then(() => form.requestSubmit(event.submitter));
    } else {
      leave();
    }
  });

  // What was typed before this script came, or brought back by the browser, counts too.
  inputs.forEach((input) => levelsOf(input).length && markLevel(input));
  showTotal();
  offerKept();
})();
