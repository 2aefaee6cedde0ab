// The panel: flags and notes of the current row, the composer, and the reasons for dismissing.

const QUOTED = 240; // characters; the words themselves are marked in the text
const shortened = (text) => ([...text].length > QUOTED ? `${[...text].slice(0, QUOTED).join("")}…` : text);
const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export class Panel {
  // on: callbacks {decide(flag, verdict, reason), save(annotation, id), remove(id)}.
  constructor(page, words, on) {
    this.page = page;
    this.words = words;
    this.on = on;
    this.title = document.getElementById("panel-title");
    this.kind = document.getElementById("panel-kind");
    this.notes = document.getElementById("notes");
    this.place = document.getElementById("composer-place");
    this.notes.addEventListener("click", (event) => this.clicked(event));
  }

  show(row, number) {
    const { words } = this.page;
    this.title.textContent = number ? words.row.replace("%(n)s", number) : words.commentary;
    const found = row.querySelector("template.row-notes");
    this.notes.replaceChildren(...(found ? [found.content.cloneNode(true)] : []));
    this.kind.textContent = "";
    if (!found) return; // its words are on their way
    const meta = this.notes.querySelector("[data-meta]");
    this.kind.textContent = meta.textContent;
    meta.remove();
    if (!this.notes.children.length) {
      this.notes.append(Object.assign(document.createElement("p"), { className: "meta", textContent: words.noNotes }));
    }
  }

  get open() {
    return [...this.notes.querySelectorAll(".flag.open")];
  }

  // The flag that a key decides: the one pointed at, else the first that is open.
  flag(refs = []) {
    return this.open.find((card) => card.classList.contains("pointed")) ??
      this.open.find((card) => refs.includes(card.dataset.flag)) ?? this.open[0];
  }

  point(flag) {
    for (const card of this.notes.querySelectorAll(".card")) card.classList.remove("pointed");
    const card = this.notes.querySelector(`[data-flag="${flag}"], [data-note="${flag}"]`);
    card?.classList.add("pointed");
    card?.scrollIntoView({ block: "nearest" });
  }

  clicked(event) {
    const button = event.target.closest("button");
    const card = event.target.closest(".card");
    if (!card) return;
    if (!button) {
      this.point(card.dataset.flag ?? card.dataset.note);
      return;
    }
    if (button.dataset.verdict === "dismissed") this.reasons(card);
    else if ("verdict" in button.dataset) this.on.decide(card.dataset.flag, button.dataset.verdict, "");
    else if ("remove" in button.dataset) this.on.remove(card.dataset.note);
    else if ("edit" in button.dataset) this.edit(card);
  }

  reasons(card) {
    card.querySelector(".reasons")?.remove();
    const form = clone("reasons");
    const close = () => {
      form.remove();
      this.on.back();
    };
    const decide = (reason) => {
      form.remove();
      this.on.decide(card.dataset.flag, "dismissed", reason, form.elements.always.value);
    };
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button && "cancel" in button.dataset) close();
      else if (button?.dataset.reason) decide(button.dataset.reason);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      decide(form.elements.reason.value.trim());
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      const typing = event.target.matches("input, select") && event.target.value;
      const button = form.querySelectorAll("[data-reason]")[Number(event.key) - 1];
      if (button && !typing) {
        event.preventDefault();
        decide(button.dataset.reason);
      }
      event.stopPropagation();
    });
    card.append(form);
    form.querySelector("[data-reason]").focus();
    form.scrollIntoView({ block: "nearest" });
  }

  edit(card) {
    const value = JSON.parse(card.dataset.value);
    const quote = (side) => card.querySelector(`[data-words="${side}"]`)?.textContent ?? "";
    this.compose(value.kind, { src: value.src, tgt: value.tgt }, { src: quote("src"), tgt: quote("tgt") }, value, card.dataset.note);
  }

  // Open the composer. spans: [start, stop] or undefined for each side; quotes: their words.
  compose(kind, spans, quotes, value = {}, id = undefined) {
    this.place.replaceChildren();
    const form = clone("composer");
    form.querySelector("h3").textContent = document.querySelector(`.note-actions [data-command="${kind}"]`).textContent;
    for (const label of form.querySelectorAll("[data-for]")) {
      if (label.dataset.for !== kind) label.remove();
    }
    for (const side of ["src", "tgt"]) {
      const place = form.querySelector(`[data-quote="${side}"]`);
      if (spans[side]) place.textContent = shortened(quotes[side]);
      else place.remove();
    }
    const field = (name) => form.elements[`${kind}-${name}`];
    if (value.category && field("category")) field("category").value = value.category;
    if (value.severity && form.elements.severity) form.elements.severity.value = value.severity;
    if (value.note) field("note").value = value.note;
    if (value.wording && field("wording")) field("wording").value = value.wording;
    const close = () => {
      this.place.replaceChildren();
      this.on.back();
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const annotation = {
        kind,
        src: spans.src,
        tgt: spans.tgt,
        category: field("category")?.value ?? "",
        severity: form.elements.severity?.value ?? "",
        note: field("note").value,
        wording: field("wording")?.value ?? "",
        flag: value.flag ?? "",
      };
      if (await this.on.save(annotation, id)) close();
    });
    form.querySelector("[data-cancel]").addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      event.stopPropagation();
    });
    this.place.append(form);
    form.querySelector("select, textarea, input").focus();
  }
}
