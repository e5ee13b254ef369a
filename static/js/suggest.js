// <jalon-suggest data-url="…"><input></jalon-suggest>: a combobox that offers words while one types.
// The input works alone; arrows choose, Enter takes, Escape closes.

class Suggest extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.list) return;
    const list = (this.list = document.createElement("ul"));
    list.className = "suggest-list";
    list.id = `${input.id}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
    list.hidden = true;
    this.append(list);
    this.input = input;
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      this.take(option);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (typed.length < 2) return this.close();
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const url = `${this.dataset.url}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(url, { signal: this.asking.signal });
      if (!answer.ok || document.activeElement !== this.input) return;
      this.list.innerHTML = await answer.text();
      this.options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
      this.here = -1;
      if (this.options.length) this.open();
      else this.close();
    } catch {
      this.close();
    }
  }

  get options() {
    return [...this.list.children];
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.here = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.ask();
      return;
    }
    const options = this.options;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.here = (this.here + step + options.length + 1) % (options.length + 1);
      if (this.here === options.length) this.here = step > 0 ? 0 : options.length - 1;
      options.forEach((option, place) => option.setAttribute("aria-selected", place === this.here));
      this.input.setAttribute("aria-activedescendant", options[this.here].id);
      options[this.here].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.here >= 0) {
      event.preventDefault();
      this.take(options[this.here]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  take(option) {
    this.input.value = option.textContent;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    if (this.closest("[role=search]")) this.input.form.requestSubmit();
  }
}

if (!customElements.get("jalon-suggest")) customElements.define("jalon-suggest", Suggest);
