// A composer sends with Ctrl+Enter (or Cmd+Enter), keeps what is being written until the thread shows it as sent,
// and says so when the words look like contact details. Nothing is held back.
// <jalon-compose data-patterns="a JSON list of expressions, those the server looks for">

class Compose extends HTMLElement {
  connectedCallback() {
    const area = this.querySelector("textarea");
    if (!area) return;
    this.key = `draft:${location.pathname.replace(/^\/en/, "")}`;
    this.patterns = JSON.parse(this.dataset.patterns || "[]").map((source) => new RegExp(source, "i"));
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && area.value.trim()) area.form.requestSubmit();
    });
    area.addEventListener("input", () => {
      this.keep(area);
      this.warn(area);
    });
    area.form.addEventListener("submit", () => this.keep(area));
    this.restore(area);
    this.warn(area);
  }

  keep(area) {
    const token = area.form.elements.token?.value;
    try {
      if (area.value.trim()) sessionStorage.setItem(this.key, JSON.stringify({ text: area.value, token }));
      else sessionStorage.removeItem(this.key);
    } catch {} // storage refused or full: the page works without
  }

  restore(area) {
    let draft;
    try {
      draft = JSON.parse(sessionStorage.getItem(this.key));
    } catch {}
    if (!draft?.text) return;
    if (draft.token && document.getElementById(`m-${draft.token}`)) return sessionStorage.removeItem(this.key);
    if (area.value) return;
    area.value = draft.text;
    const token = area.form.elements.token;
    if (token && draft.token) token.value = draft.token;
    this.querySelector("[data-draft-kept]")?.removeAttribute("hidden");
  }

  warn(area) {
    const note = this.querySelector("[data-contact-warning]");
    if (note) note.hidden = !this.patterns.some((pattern) => pattern.test(area.value));
  }
}

customElements.define("jalon-compose", Compose);
