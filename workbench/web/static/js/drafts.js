// What is being typed, kept in the browser until it is saved or thrown away: a closed tab or a
// lost server loses no words.

export class Drafts {
  constructor(bitext) {
    this.prefix = `workbench.draft.${bitext}.`;
  }

  get(key) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + key));
    } catch {
      return null;
    }
  }

  // An empty text is no draft.
  keep(key, value) {
    try {
      if (value) localStorage.setItem(this.prefix + key, JSON.stringify(value));
      else localStorage.removeItem(this.prefix + key);
    } catch {
      // no room left in the browser: the words are still in the field
    }
  }

  get all() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => ({ key: key.slice(this.prefix.length), value: this.get(key.slice(this.prefix.length)) }))
      .filter(({ value }) => value);
  }
}
