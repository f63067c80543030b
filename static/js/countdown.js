// Time left by the server's clock: the page brings the server's time along, so a wrong clock here does not matter.
const pad = (number) => String(Math.floor(number)).padStart(2, "0");

function follow(element) {
  const ahead = Date.parse(element.dataset.serverNow) - Date.now();
  setInterval(() => tick(element, ahead), 1000);
  tick(element, ahead);
  showOwnTime(element);
}

// The page may give the element another deadline, such as that of a track.
function tick(element, ahead) {
  const seconds = Math.floor((Date.parse(element.dataset.deadline) - Date.now() - ahead) / 1000);
  if (seconds <= 0) {
    element.textContent = element.dataset.over;
    return;
  }
  const days = Math.floor(seconds / 86400);
  const time = [(seconds % 86400) / 3600, (seconds % 3600) / 60, seconds % 60].map(pad).join(":");
  const words = days ? element.dataset.days : element.dataset.hours;
  element.textContent = words.replace("{days}", days).replace("{time}", time);
}

// A browser in another time zone also gets the deadline as its own clock will show it.
function showOwnTime(element) {
  const deadline = new Date(element.dataset.deadline);
  const [, sign, hours, minutes] = element.dataset.deadline.match(/([+-])(\d\d):(\d\d)$/) || [];
  if (!sign || -deadline.getTimezoneOffset() === Number(`${sign}1`) * (hours * 60 + Number(minutes))) return;
  const words = deadline.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const note = document.createElement("span");
  note.className = "quiet";
  note.textContent = element.dataset.own.replace("{time}", words);
  element.after(" ", note);
}

document.querySelectorAll("[data-deadline]").forEach(follow);
