// Edits that the workbench has not answered yet, kept in the browser: a lost connection, a stopped
// workbench or a closed tab loses none. An edit has an id of its own, so sending twice is harmless.

export class Outbox {
  constructor(bitext) {
    this.prefix = `workbench.edit.${bitext}.`;
  }

  // What waits, the oldest first; also what other tabs, or this one before a reload, left behind.
  get all() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => {
        try {
          return JSON.parse(localStorage.getItem(key));
        } catch {
          return null; // not ours to mend
        }
      })
      .filter(Boolean)
      .sort((one, other) => one.at - other.at);
  }

  // Answers whether the browser keeps it.
  keep(edit) {
    try {
      localStorage.setItem(this.prefix + edit.id, JSON.stringify(edit));
      return true;
    } catch {
      return false; // no room left in the browser
    }
  }

  drop(id) {
    localStorage.removeItem(this.prefix + id);
  }
}
