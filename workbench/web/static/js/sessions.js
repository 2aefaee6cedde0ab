// The page of sessions: links are made, copied and taken back in place.
import { post } from "./api.js";

const say = JSON.parse(document.getElementById("page-words").textContent);
const announce = (text) => (document.getElementById("announce").textContent = text);

function tell(text) {
  const line = document.getElementById("message");
  line.textContent = text ?? "";
  line.hidden = !text;
}

async function invite(button, row, session) {
  const answer = await post(button.dataset.invite, {});
  tell(answer.ok ? "" : answer.data.error);
  if (!answer.ok) return;
  const place = session.querySelector(".link-place");
  const text = say.made.replace("%(name)s", row.dataset.name);
  place.querySelector("p").textContent = text;
  place.hidden = false;
  const field = place.querySelector("input");
  field.value = answer.data.link;
  field.focus();
  field.select();
  row.querySelector("[data-revoke]").hidden = false;
  announce(text);
}

async function revoke(button, row) {
  const answer = await post(button.dataset.revoke, {});
  tell(answer.ok ? "" : answer.data.error);
  if (!answer.ok) return;
  button.hidden = true;
  row.closest(".session").querySelector(".link-place").hidden = true;
  row.querySelector("[data-invite]").focus();
  announce(say.gone);
}

async function copy(button) {
  const field = button.parentElement.querySelector("input");
  field.select();
  // the clipboard of a page that came over plain HTTP can be written only this way
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value).catch(() => document.execCommand("copy"));
  else document.execCommand("copy");
  button.textContent = say.copied;
  announce(say.copied);
  setTimeout(() => (button.textContent = say.copy), 3000);
}

document.getElementById("main").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.closest("[data-reviewer]");
  if ("invite" in button.dataset) invite(button, row, button.closest(".session"));
  else if ("revoke" in button.dataset) revoke(button, row);
  else if ("copy" in button.dataset) copy(button);
});
