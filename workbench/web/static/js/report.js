// The report page: printing, and the claims, which take a while to look up.

const button = document.getElementById("print");
button?.addEventListener("click", () => window.print());

const place = document.getElementById("claims");
if (place) {
  fetch(place.dataset.url)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
    .then((html) => { place.innerHTML = html; })
    .catch(() => { place.querySelector("p").textContent = "–"; });
}
