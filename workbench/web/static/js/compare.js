// The comparison of reviewers: go from item to item, and take, write anew or reject each.
import { post } from "./api.js";
import { Help } from "./help.js";
import { newId } from "./ids.js";
import { Commands } from "./keys.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const say = page.words;
const place = document.getElementById("items");
const all = [...place.querySelectorAll(".item")];
const show = document.getElementById("show");
let current = null;

const announce = (text) => (document.getElementById("announce").textContent = text);

function tell(text) {
  const line = document.getElementById("message");
  line.textContent = text ?? "";
  line.hidden = !text;
}

// -- going about ----------------------------------------------------------------------------

const shown = () => all.filter((item) => !item.hidden);

function go(item) {
  if (!item) return;
  current?.classList.remove("here");
  current?.removeAttribute("aria-current");
  current = item;
  item.classList.add("here");
  item.setAttribute("aria-current", "true");
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const items = shown();
  const at = items.indexOf(current);
  go(items[Math.max(0, Math.min(items.length - 1, at + by))]);
}

const waits = (item) => !item.dataset.outcome && item.classList.contains("differing");

function nextOpen(by) {
  const items = shown();
  const at = items.indexOf(current);
  const order = by > 0 ? items.slice(at + 1) : items.slice(0, Math.max(0, at)).reverse();
  const found = order.find(waits);
  if (found) go(found);
  else announce(items.some(waits) ? say.noMore : say.none);
}

function filter() {
  const fits = {
    all: () => true,
    differing: (item) => item.classList.contains("differing"),
    agreed: (item) => item.classList.contains("agreed"),
    open: (item) => !item.dataset.outcome,
  }[show.value];
  for (const item of all) item.hidden = !fits(item);
  if (current?.hidden) current = null;
}

// -- settling -------------------------------------------------------------------------------

// One after the other, since each must have seen what the one before it made.
let last = Promise.resolve();
const settle = (kind, more = {}) => (last = last.then(() => send(kind, more)));

async function send(kind, more) {
  if (!page.settles) return false;
  const answer = await post(page.settle, { id: newId(), kind, seen: page.seq, ...more });
  tell(answer.ok ? "" : answer.data.error);
  if (!answer.data.items) return false;
  page.seq = answer.data.seq;
  for (const item of all) {
    const [outcome, html] = answer.data.items[item.dataset.item] ?? ["", ""];
    item.dataset.outcome = outcome;
    item.querySelector(".outcome").innerHTML = html;
  }
  count(answer.data.open);
  if (answer.ok && current) announce(current.querySelector(".outcome").textContent);
  return answer.ok;
}

function count(open) {
  const line = document.getElementById("left");
  if (line) line.textContent = open ? say.left.replace("%(n)s", open) : say.none;
}

async function take(name) {
  if (!current) return;
  const silent = [...current.querySelectorAll(".said-one")].find((one) => one.dataset.name === name)?.matches(".silent");
  if (silent ?? true) announce(say.nobody);
  else await settle("taken", { item: current.dataset.item, taken: name });
}

const reject = () => current && settle("rejected", { item: current.dataset.item });

const dialog = document.getElementById("rewrite");
const form = dialog.querySelector("form");
let base = {};

function rewrite() {
  const first = current?.querySelector(".said-one[data-value]");
  if (!first || !page.settles) return;
  base = JSON.parse(first.dataset.value);
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(base.kind);
  const fields = form.elements;
  const category = fields[`${base.kind}-category`];
  if (category) category.value = base.category;
  fields.severity.value = base.severity ?? "minor";
  fields.note.value = base.note ?? "";
  fields.wording.value = base.wording ?? "";
  form.querySelector(".quote").textContent = base.kind === "wording" ? "" : current.querySelector('.sides [lang="en"] mark')?.textContent ?? "";
  dialog.showModal();
}

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  dialog.close("save");
});
dialog.addEventListener("close", async () => {
  const fields = form.elements;
  if (dialog.returnValue === "save") {
    const annotation = { ...base, note: fields.note.value, wording: fields.wording.value };
    const category = fields[`${base.kind}-category`];
    if (category) annotation.category = category.value;
    if (base.kind === "error") annotation.severity = fields.severity.value;
    await settle("edited", { item: current.dataset.item, annotation });
  }
  dialog.returnValue = "";
  current?.focus({ preventScroll: true });
});

place.addEventListener("click", (event) => {
  const item = event.target.closest(".item");
  if (!item) return;
  const button = event.target.closest("button");
  if (item !== current && !event.target.closest("a")) go(item);
  if (!button) return;
  if ("take" in button.dataset) take(button.dataset.take);
  else if ("edit" in button.dataset) rewrite();
  else if ("reject" in button.dataset) reject();
});

// -- commands -------------------------------------------------------------------------------

const commands = new Commands(page.commands, page.preferences, say);
const help = new Help(commands, say);
const names = [...(all[0]?.querySelectorAll(".said-one") ?? [])].map((one) => one.dataset.name);
for (let n = 1; n <= 9; n += 1) commands.add({ [`take-${n}`]: () => names[n - 1] && take(names[n - 1]) });
commands.add({
  "next-item": () => step(1),
  "previous-item": () => step(-1),
  "next-difference": () => nextOpen(1),
  "previous-difference": () => nextOpen(-1),
  rewrite,
  reject,
  "take-agreed": () => settle("agreed"),
  undo: async () => (await settle("undo")) && announce(say.undone),
  redo: async () => (await settle("redo")) && announce(say.redone),
  help: () => help.open(),
});
show?.addEventListener("change", filter);
count(all.filter((item) => !item.dataset.outcome).length);
go(all.find(waits) ?? all[0]);
document.documentElement.dataset.ready = "";
