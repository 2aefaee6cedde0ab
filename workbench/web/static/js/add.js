// Adding two texts: each pane shows what was recognised before anything is stored.
import { send } from "./api.js";

const form = document.getElementById("add");
const submit = form.querySelector('button[type="submit"]');
const errorLine = form.querySelector(":scope > .form-error");
const ready = { src: !form.querySelector('[data-field="src"]'), tgt: false };

for (const pane of form.querySelectorAll("fieldset")) {
  const field = pane.dataset.field;
  const file = pane.querySelector('input[type="file"]');
  const text = pane.querySelector("textarea");
  const lang = pane.querySelector(".lang select");
  const preview = pane.querySelector(".preview");
  let timer = 0;
  let asked = 0;

  const look = async () => {
    const blob = content(pane);
    const mine = ++asked;
    if (!blob) {
      ready[field] = false;
      preview.replaceChildren();
      return settle();
    }
    if (blob.problem) {
      ready[field] = false;
      preview.replaceChildren(Object.assign(document.createElement("p"), { className: "form-error", textContent: blob.problem }));
      return settle();
    }
    const body = new FormData();
    body.append("text", blob.data, blob.name);
    body.append("lang", lang.value);
    const answer = await send(form.dataset.preview, body);
    if (mine !== asked) return;
    ready[field] = answer.ok && answer.data.ok;
    if (answer.ok) preview.innerHTML = answer.data.html;
    else preview.replaceChildren(Object.assign(document.createElement("p"), { className: "form-error", textContent: answer.data.error ?? form.dataset.offline }));
    settle();
  };

  // A chosen file takes the place of the field to paste into, until another is chosen or none.
  const showFile = () => {
    const chosen = file.files[0];
    pane.querySelector(".file").dataset.name = chosen?.name ?? "";
    pane.classList.toggle("chosen", Boolean(chosen));
    drop.hidden = !chosen;
  };
  const drop = pane.querySelector(".drop-file");
  drop.addEventListener("click", () => {
    file.value = "";
    showFile();
    look();
    text.focus();
  });

  text.addEventListener("input", () => {
    file.value = "";
    clearTimeout(timer);
    timer = setTimeout(look, 350);
  });
  file.addEventListener("change", () => {
    text.value = "";
    showFile();
    look();
  });
  lang.addEventListener("change", look);
  pane.addEventListener("dragover", (event) => event.preventDefault());
  pane.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    file.dispatchEvent(new Event("change"));
  });
}

// The bytes of one side. Pasted text travels as a file, since forms rewrite line ends.
function content(pane) {
  const chosen = pane.querySelector('input[type="file"]').files[0];
  if (chosen) return { data: chosen, name: chosen.name };
  const text = pane.querySelector("textarea").value;
  if (!text) return null;
  if (!text.isWellFormed()) return { problem: form.dataset.surrogates };
  return { data: new Blob([text], { type: "text/plain" }), name: "pasted" };
}

function settle() {
  submit.disabled = !(ready.src && ready.tgt);
  errorLine.hidden = true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new FormData();
  for (const pane of form.querySelectorAll("fieldset")) {
    const { data, name } = content(pane);
    body.append(pane.dataset.field, data, name);
    body.append(`${pane.dataset.field}_lang`, pane.querySelector(".lang select").value);
    for (const { name, value } of pane.querySelectorAll(".about-text [name]")) body.append(name, value);
  }
  body.append("title", form.elements.title.value);
  if (form.elements.to) body.append("to", form.elements.to.value);
  submit.disabled = true;
  const answer = await send(form.action, body);
  if (answer.ok) {
    location.assign(answer.data.url);
    return;
  }
  submit.disabled = false;
  errorLine.textContent = answer.data.error ?? form.dataset.offline;
  errorLine.hidden = false;
});
