// The report page: printing, and the claims, which take a while to look up and can be corrected.
import { post } from "./api.js";

document.getElementById("print")?.addEventListener("click", () => window.print());

const place = document.getElementById("claims");
if (place) {
  fetch(place.dataset.url)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
    .then((html) => { place.innerHTML = html; })
    .catch(() => { place.querySelector("p").textContent = place.dataset.failed; });

  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const values = Object.fromEntries(new FormData(form));
    const { span, seen } = form.dataset;
    const answer = await post(place.dataset.url, { span: JSON.parse(span), seen, ...values });
    const status = document.getElementById("claims-status");
    if (!answer.ok) {
      status.textContent = answer.data.error ?? place.dataset.failed;
      return;
    }
    place.innerHTML = answer.data.html;
    status.textContent = place.dataset.saved;
    const same = [...place.querySelectorAll("form")].find((one) => one.dataset.span === span);
    same?.closest(".aside")?.setAttribute("open", "");
    same?.closest(".ruling").querySelector("summary").focus();
  });
}
