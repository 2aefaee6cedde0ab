// Writing an annotation: a comment, an error, or a translation choice.
import { get } from "./api.js";

const QUOTED = 240; // characters; the words themselves are marked in the text
const shortened = (text) => ([...text].length > QUOTED ? `${[...text].slice(0, QUOTED).join("")}…` : text);
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const tags = (text) => text.split(/[,，;；]/).map((tag) => tag.trim()).filter(Boolean);

export class Composer {
  // on: {save(annotation, id, draft): promise of whether it was saved; back(): to the text}.
  constructor(page, drafts, on) {
    this.page = page;
    this.drafts = drafts;
    this.on = on;
    this.place = document.getElementById("composer-place");
  }

  // spans: [start, stop] or undefined for each side; quotes: their words; value: what it says
  // already, when an annotation with an id is changed.
  open(kind, spans, quotes, value = {}, id = undefined) {
    const form = document.getElementById("composer").content.firstElementChild.cloneNode(true);
    const key = `${kind}.${JSON.stringify([spans.src, spans.tgt])}.${id ?? ""}`;
    form.querySelector("h2").textContent = document.querySelector(`.note-actions [data-command="${kind}"]`).textContent;
    for (const part of form.querySelectorAll("[data-for]")) {
      if (!part.dataset.for.split(" ").includes(kind)) part.remove();
    }
    for (const side of ["src", "tgt"]) {
      const place = form.querySelector(`[data-quote="${side}"]`);
      if (spans[side]) place.textContent = shortened(quotes[side]);
      else place.remove();
    }
    const draft = this.drafts.get(key)?.fields;
    const first = this.fill(form, kind, value, quotes);
    if (draft) for (const [name, text] of Object.entries(draft)) if (form.elements[name]) form.elements[name].value = text;
    this.listen(form, { kind, spans, quotes, value, id, key, first });
    this.place.replaceChildren(form);
    if (form.elements["choice-term"] && quotes.src) this.offer(form, quotes.src);
    form.querySelector("select, textarea, input").focus();
    form.scrollIntoView({ block: "nearest" });
  }

  // Put what an annotation says into the fields; answers with what they hold then.
  fill(form, kind, value, quotes) {
    const put = (name, text) => {
      const field = form.elements[name];
      if (field && text) field.value = text;
    };
    put(`${kind}-category`, value.category);
    put("severity", value.severity);
    put(`${kind}-note`, value.note);
    put(`${kind}-wording`, value.wording ?? (kind === "error" ? quotes.tgt : ""));
    put("choice-alternatives", value.alternatives?.join("\n"));
    put("choice-term", value.term);
    put("tags", value.tags?.join(", "));
    return this.fields(form);
  }

  fields(form) {
    return Object.fromEntries([...form.elements].filter(({ name }) => name).map(({ name, value }) => [name, value]));
  }

  listen(form, { kind, spans, quotes, value, id, key, first }) {
    const typed = () => JSON.stringify(this.fields(form)) !== JSON.stringify(first);
    form.addEventListener("input", () => {
      this.drafts.keep(key, typed() && { kind, spans, quotes, value, id, fields: this.fields(form) });
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const draft = { key, value: { kind, spans, quotes, value, id, fields: this.fields(form) } };
      const done = await this.on.save(this.said(form, kind, spans, quotes, value), id, draft);
      if (!done) return;
      this.drafts.keep(key, null);
      this.close(form);
    });
    form.querySelector("[data-cancel]").addEventListener("click", () => {
      this.drafts.keep(key, null);
      this.close(form);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(form, typed());
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      event.stopPropagation();
    });
  }

  close(form, kept = false) {
    form.remove();
    this.on.back(kept);
  }

  said(form, kind, spans, quotes, value) {
    const field = (name) => form.elements[`${kind}-${name}`]?.value ?? "";
    const wording = field("wording").trim();
    return {
      kind,
      src: spans.src,
      tgt: spans.tgt,
      category: field("category"),
      severity: form.elements.severity?.value ?? "",
      note: field("note"),
      wording: kind === "error" && wording === (quotes.tgt ?? "").trim() ? "" : wording,
      alternatives: lines(field("alternatives")),
      term: field("term"),
      tags: tags(form.elements.tags.value),
      flag: value.flag ?? "",
      begun_by: value.begun_by ?? "",
    };
  }

  // Terms that stand in the Chinese words, to choose from.
  async offer(form, words) {
    const answer = await get(`${this.page.terms}?words=${encodeURIComponent(words.slice(0, 400))}`);
    const list = form.querySelector("datalist");
    for (const [src, preferred] of answer.data.terms ?? []) {
      list.append(Object.assign(document.createElement("option"), { value: src, label: preferred }));
    }
  }
}
