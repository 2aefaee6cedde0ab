// The page of a bitext whose alignment is not there yet: progress, stop, go on.
import { get, post } from "./api.js";

const page = document.getElementById("aligning");
const place = document.getElementById("job");
const said = document.getElementById("job-said");
const away = document.getElementById("job-away");
let last = "";

// Drawn anew, the button that had the keyboard gives it to its successor.
function show(html) {
  const focused = place.contains(document.activeElement);
  place.innerHTML = html;
  last = html;
  if (focused) place.querySelector("button, a")?.focus();
  const step = place.querySelector("[data-step]").textContent;
  if (said.textContent !== step) said.textContent = step;
}

async function look() {
  const answer = await get(page.dataset.url);
  away.hidden = answer.status !== 0;
  if (answer.ok) {
    const { status, ready, html } = answer.data;
    if (ready && status === "done") {
      location.reload();
      return;
    }
    if (html && html !== last) show(html);
  }
  setTimeout(look, 400);
}

place.addEventListener("click", async (event) => {
  const url = event.target.dataset?.job;
  if (!url) return;
  event.target.setAttribute("aria-disabled", "true");
  await post(url, {});
});

look();
