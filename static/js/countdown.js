// Time left by the server's clock: the page brings the server's time along, so a wrong clock here does not matter.
const pad = (number) => String(Math.floor(number)).padStart(2, "0");

function follow(element) {
  const ahead = Date.parse(element.dataset.serverNow) - Date.now();
  const deadline = Date.parse(element.dataset.deadline);
  const timer = setInterval(() => tick(element, deadline, ahead, timer), 1000);
  tick(element, deadline, ahead, timer);
}

function tick(element, deadline, ahead, timer) {
  const seconds = Math.floor((deadline - Date.now() - ahead) / 1000);
  if (seconds <= 0) {
    clearInterval(timer);
    element.textContent = element.dataset.over;
    return;
  }
  const days = Math.floor(seconds / 86400);
  const time = [(seconds % 86400) / 3600, (seconds % 3600) / 60, seconds % 60].map(pad).join(":");
  const words = days ? element.dataset.days : element.dataset.hours;
  element.textContent = words.replace("{days}", days).replace("{time}", time);
}

document.querySelectorAll("[data-deadline]").forEach(follow);
