// Adding texts: each pane shows what was recognised before anything is stored.
import { send } from "./api.js";
import { severalPane } from "./several.js";

const form = document.getElementById("add");
const words = form.dataset;
const submit = form.querySelector('button[type="submit"]');
const errorLine = form.querySelector(":scope > .form-error");
const panes = {};
const several = form.querySelector(".several") && severalPane(form, settle);

for (const element of form.querySelectorAll(".panes .pane")) panes[element.dataset.field] = textPane(element);

/** One of the two texts: pasted, from a file, or fetched from an address. */
function textPane(element) {
  const field = element.dataset.field;
  const file = element.querySelector('input[type="file"]');
  const text = element.querySelector("textarea");
  const lang = element.querySelector(`select[name="${field}_lang"]`);
  const preview = element.querySelector(".preview");
  const address = element.querySelector(".address input");
  const dropButton = element.querySelector(".drop-file");
  const sure = element.querySelector(".sure input");
  const wishes = element.querySelector(".wishes");
  const pane = { field, read: false, kind: "", from: "", content, append, complain };
  let timer = 0;
  let asked = 0;

  // The bytes of this side. Pasted text travels as a file, since forms rewrite line ends.
  function content() {
    const chosen = file.files[0];
    if (chosen) return { data: chosen, name: chosen.name };
    if (!text.value) return null;
    if (!text.value.isWellFormed()) return { problem: words.surrogates };
    return { data: new Blob([text.value], { type: "text/plain" }), name: "pasted" };
  }

  function append(body, name) {
    const { data, name: called } = content();
    body.append(name, data, called);
    for (const select of element.querySelectorAll(".pane-head select")) body.append(select.name.replace(field, name), select.value);
    body.append(`${name}_address`, pane.from);
  }

  function complain(problem) {
    preview.replaceChildren(Object.assign(document.createElement("p"), { className: "form-error", textContent: problem }));
  }

  async function look() {
    const found = content();
    const mine = ++asked;
    pane.read = false;
    if (!found || found.problem) {
      offer("");
      if (found) complain(found.problem);
      else preview.replaceChildren();
      return settle();
    }
    const body = new FormData();
    append(body, "text");
    body.append("lang", lang.value);
    const answer = await send(words.preview, body);
    if (mine !== asked) return;
    if (answer.ok && answer.data.several) {
      give(found);
      return;
    }
    pane.read = answer.ok && answer.data.ok;
    if (answer.ok) preview.innerHTML = answer.data.html;
    else complain(answer.data.error ?? words.offline);
    offer(pane.read ? answer.data.kind : "");
    settle();
  }

  /** Hand a file that holds more than a text to the pane for those. */
  function give({ data, name }) {
    if (!several) return complain(words.one);
    empty();
    several.take(new File([data], name === "pasted" ? "pasted.txt" : name));
  }

  function empty() {
    file.value = "";
    text.value = "";
    pane.from = "";
    showFile();
    offer("");
    preview.replaceChildren();
  }

  /** Show what can be chosen for a kind of document. */
  function offer(kind) {
    if (pane.kind !== kind) sure.checked = false;
    pane.kind = kind;
    for (const part of element.querySelectorAll("[data-kind]")) part.hidden = part.dataset.kind !== kind;
    wishes.hidden = ![...wishes.children].some((part) => !part.hidden);
  }

  // A chosen file takes the place of the field to paste into, until another is chosen or none.
  function showFile() {
    const chosen = file.files[0];
    element.querySelector(".file").dataset.name = chosen?.name ?? "";
    element.classList.toggle("chosen", Boolean(chosen));
    dropButton.hidden = !chosen;
  }

  function choose(chosen, from = "") {
    const holder = new DataTransfer();
    holder.items.add(chosen);
    file.files = holder.files;
    text.value = "";
    pane.from = from;
    sure.checked = false;
    showFile();
    look();
  }

  async function fetchAddress() {
    const from = address.value.trim();
    if (!from) return address.focus();
    preview.textContent = words.fetching;
    const body = new FormData();
    body.append("address", from);
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    try {
      const answer = await fetch(words.fetch, { method: "POST", body, headers });
      if (!answer.ok) return complain((await answer.json()).error);
      choose(new File([await answer.blob()], answer.headers.get("X-Name")), from);
    } catch {
      complain(words.offline);
    }
  }

  dropButton.addEventListener("click", () => {
    empty();
    look();
    text.focus();
  });
  text.addEventListener("input", () => {
    file.value = "";
    pane.from = "";
    clearTimeout(timer);
    timer = setTimeout(look, 350);
  });
  file.addEventListener("change", () => (file.files[0] ? choose(file.files[0]) : (empty(), look())));
  for (const select of element.querySelectorAll(".pane-head select")) select.addEventListener("change", look);
  sure.addEventListener("change", settle);
  element.querySelector(".fetch").addEventListener("click", fetchAddress);
  address.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    fetchAddress();
  });
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    choose(event.dataTransfer.files[0]);
  });
  pane.ready = () => pane.read && (pane.kind !== "pdf" || sure.checked);
  // Typed before this script was there, or kept by the browser.
  if (content()) {
    showFile();
    timer = setTimeout(look);
  }
  return pane;
}

/** What the button does now, and whether it can. */
function settle() {
  const all = Object.values(panes).every((pane) => pane.ready());
  const other = several?.file();
  submit.disabled = other ? !several.ready() || (several.links() && !all) : !all;
  submit.textContent = !other ? words.align : several.links() ? words.pair : words.import;
  errorLine.hidden = true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  const body = new FormData();
  body.append("title", form.elements.title.value);
  if (form.elements.to) body.append("to", form.elements.to.value);
  const alone = several?.file() && !several.links();
  if (alone) several.append(body, "several");
  else {
    for (const pane of Object.values(panes)) pane.append(body, pane.field);
    for (const { name, value } of form.querySelectorAll(".about-text [name]")) body.append(name, value);
    if (several?.file()) several.append(body, "links");
  }
  submit.disabled = true;
  const answer = await send(alone ? words.store : form.action, body);
  if (answer.ok) {
    location.assign(answer.data.url);
    return;
  }
  submit.disabled = false;
  errorLine.textContent = answer.data.error ?? words.offline;
  errorLine.hidden = false;
});
