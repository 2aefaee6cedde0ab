"use strict";
// The offline review packet: comments on selected words, kept in this browser until they are saved.
const packet = JSON.parse(document.getElementById("packet").textContent);
const say = packet.say;
const key = "workbench-packet-" + packet.id;
const notes = JSON.parse(localStorage.getItem(key) || "[]");
const by = (id) => document.getElementById(id);
const dialog = by("note");
let chosen = null;

by("name").value = localStorage.getItem("workbench-packet-name") || "";
by("name").addEventListener("change", () => localStorage.setItem("workbench-packet-name", by("name").value));

// The offset in the whole text, in code points, of a place in a cell.
function offset(cell, node, at) {
  const range = document.createRange();
  range.setStart(cell, 0);
  range.setEnd(node, at);
  return Number(cell.dataset.start) + Array.from(range.toString()).length;
}

function selected() {
  const picked = getSelection();
  if (!picked.rangeCount || picked.isCollapsed) return null;
  const range = picked.getRangeAt(0);
  const cell = (range.startContainer.parentElement || document.body).closest("[data-side]");
  if (!cell || !cell.contains(range.endContainer)) return null;
  const span = [offset(cell, range.startContainer, range.startOffset), offset(cell, range.endContainer, range.endOffset)];
  return { [cell.dataset.side]: span, words: range.toString(), row: cell.closest("tr") };
}

function row() {
  const current = document.activeElement.closest("tr[tabindex]");
  if (!current) return null;
  const cell = current.querySelector("[data-side=tgt][data-stop]") || current.querySelector("[data-side][data-stop]");
  const span = [Number(cell.dataset.start), Number(cell.dataset.stop)];
  return { [cell.dataset.side]: span, words: cell.textContent, row: current };
}

function open() {
  chosen = selected() || row();
  if (!chosen) { by("say").textContent = say.select; return; }
  by("quoted").textContent = chosen.words;
  by("text").value = "";
  by("wording").value = "";
  dialog.showModal();
}

dialog.addEventListener("close", () => {
  const text = by("text").value.trim();
  if (dialog.returnValue !== "keep" || !text || !chosen) return;
  const { words, row: _, ...spans } = chosen;
  notes.push({ id: crypto.randomUUID(), ...spans, words, note: text, wording: by("wording").value.trim(), made_at: new Date().toISOString() });
  localStorage.setItem(key, JSON.stringify(notes));
  show();
});

function show() {
  document.querySelectorAll("li.own").forEach((item) => item.remove());
  for (const note of notes) {
    const side = note.tgt ? "tgt" : "src";
    const at = note[side][0];
    const cell = [...document.querySelectorAll(`[data-side=${side}][data-stop]`)].find((one) => Number(one.dataset.start) <= at && at < Number(one.dataset.stop));
    if (!cell) continue;
    const list = cell.closest("tr").querySelector("ul.notes") || cell.closest("tr").lastElementChild.appendChild(Object.assign(document.createElement("ul"), { className: "notes" }));
    const item = document.createElement("li");
    item.className = "own";
    item.append(`“${note.words}” ${note.note}${note.wording ? " → " + note.wording : ""} `);
    const remove = document.createElement("button");
    remove.textContent = say.remove;
    remove.addEventListener("click", () => { notes.splice(notes.indexOf(note), 1); localStorage.setItem(key, JSON.stringify(notes)); show(); });
    item.append(remove);
    list.append(item);
  }
  by("say").textContent = say.count.replace("0", notes.length);
}

function save() {
  const author = by("name").value.trim();
  if (!author) { by("say").textContent = say.name; by("name").focus(); return; }
  const body = { workbench: "packet notes", version: 1, bitext: packet.id, src: packet.src, tgt: packet.tgt, author, notes };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(body, null, 1)], { type: "application/json" }));
  link.download = packet.id + "-notes.json";
  link.click();
}

by("add").addEventListener("click", open);
by("save").addEventListener("click", save);
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea") || dialog.open || event.ctrlKey || event.metaKey) return;
  if (event.key === "c") { event.preventDefault(); open(); }
});
show();
