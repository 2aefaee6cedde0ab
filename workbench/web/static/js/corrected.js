// The corrected text: use a correction or leave it out, settle orphans, make the new version.
import { post } from "./api.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const place = document.getElementById("corrected");
const message = document.getElementById("message");

function tell(text) {
  message.textContent = text;
  message.hidden = !text;
}

function announce(text) {
  document.getElementById("announce").textContent = text;
}

// What had the focus, found again in a list that was made anew.
function seat() {
  const { dataset } = document.activeElement ?? {};
  const boxes = [...place.querySelectorAll("input[data-id], [data-settle]")];
  const at = boxes.indexOf(document.activeElement);
  return () => {
    const same = dataset?.id && place.querySelector(`[data-id="${CSS.escape(dataset.id)}"]`);
    const named = ["make", "undo"].find((name) => dataset && name in dataset);
    const left = [...place.querySelectorAll("input[data-id], [data-settle]")];
    (same || (named && place.querySelector(`[data-${named}]:enabled`)) || left[Math.min(at, left.length - 1)] || left[0])?.focus();
  };
}

let work = Promise.resolve(); // one after another
function perform(kind, args = {}) {
  const id = crypto.randomUUID();
  work = work.then(async () => {
    const answer = await post(page.operations, { id, kind, args, seen: page.seq });
    if (!answer.ok) return tell(answer.data.error ?? page.words.unsaved);
    const back = seat();
    page.seq = answer.data.seq;
    place.innerHTML = answer.data.html;
    back();
    tell("");
    return announce(page.words.saved);
  });
  return work;
}

async function make(button) {
  button.disabled = true;
  announce(page.words.making);
  await work;
  const answer = await post(page.make, {});
  if (answer.ok) return location.assign(answer.data.url);
  button.disabled = false;
  return tell(answer.data.error ?? page.words.unsaved);
}

place.addEventListener("change", ({ target }) => {
  if (target.dataset.id) perform("use", { ids: [target.dataset.id], used: target.checked });
});
place.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if ("make" in button.dataset) make(button);
  else if ("undo" in button.dataset) perform("undo");
  else if (button.dataset.settle) perform("settle", { orphans: [button.dataset.settle] });
});

const KEYS = { j: 1, k: -1, z: "undo", Z: "redo" };
document.addEventListener("keydown", (event) => {
  const does = KEYS[event.key];
  const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select");
  if (!does || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (typeof does === "string") return void perform(does);
  const boxes = [...place.querySelectorAll("input[data-id]")];
  const at = boxes.indexOf(document.activeElement);
  boxes[at < 0 ? 0 : Math.max(0, Math.min(boxes.length - 1, at + does))]?.focus();
});
document.documentElement.dataset.ready = "";
