// The page of a bitext whose alignment is not there yet: progress, stop, go on.
import { get, post } from "./api.js";

const page = document.getElementById("aligning");
const place = document.getElementById("job");
let last = "";

async function look() {
  const answer = await get(page.dataset.url);
  if (answer.ok) {
    const { status, ready, html } = answer.data;
    if (ready && status === "done") {
      location.reload();
      return;
    }
    if (html && html !== last) {
      place.innerHTML = html;
      last = html;
    }
  }
  setTimeout(look, 400);
}

place.addEventListener("click", async (event) => {
  const url = event.target.dataset?.job;
  if (!url) return;
  event.target.disabled = true;
  await post(url, {});
});

look();
