// What every page gains with script: one submit at a time, dialogs, copying, passwords, toasts, the loading line.
// Each part improves markup that already works alone.

class Toast extends HTMLElement {
  connectedCallback() {
    const close = this.querySelector("button");
    close.hidden = false;
    close.addEventListener("click", () => this.remove());
    this.addEventListener("animationend", () => this.remove());
  }
}

class Copy extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    const word = this.querySelector("button span");
    const before = word.textContent;
    this.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.value);
      word.textContent = this.dataset.done;
      setTimeout(() => (word.textContent = before), 2000);
    });
  }
}

class Password extends HTMLElement {
  connectedCallback() {
    const [input, button] = [this.querySelector("input"), this.querySelector("button")];
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", shown);
      button.setAttribute("aria-label", shown ? this.dataset.hide : this.dataset.show);
    });
    input.form?.addEventListener("submit", () => (input.type = "password"));
  }
}

customElements.define("jalon-toast", Toast);
customElements.define("jalon-copy", Copy);
customElements.define("jalon-password", Password);

// A form that is on its way is not sent twice; its button says so.
const rest = (form) => {
  delete form.dataset.busy;
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    if (button.form !== form) continue;
    button.removeAttribute("aria-busy");
    if (button.dataset.label) button.lastChild.textContent = button.dataset.label;
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.busy) return event.preventDefault();
  if (event.defaultPrevented && !form.matches("[hx-post]")) return;
  form.dataset.busy = "1";
  const button = event.submitter;
  if (!button?.classList.contains("button")) return;
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busyLabel && button.lastChild) {
    button.dataset.label = button.lastChild.textContent;
    button.lastChild.textContent = button.dataset.busyLabel;
  }
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(rest));

// Dialogs: the opener is a link to a page that asks the same question, for browsers without script.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    opener.closest("[popover]")?.hidePopover();
    dialog.showModal();
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.matches("dialog")) event.target.close();
});

// htmx: a line under the header after 300 ms, and the focus on what has to be read after a swap.
let waiting;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest("[data-quiet]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => (document.documentElement.dataset.loading = ""), 300);
});
document.addEventListener("htmx:afterRequest", (event) => {
  clearTimeout(waiting);
  delete document.documentElement.dataset.loading;
  const form = event.target.closest("form");
  if (form) rest(form);
});
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelector("[data-error-summary], [data-focus]")?.focus();
});

// Strips that scroll sideways on phones (the dashboard's parts, tabs) begin at the part one is in.
for (const here of document.querySelectorAll(".dash-nav [aria-current], .tabs [aria-current]")) {
  const strip = here.closest(".dash-nav, .tabs");
  if (strip.scrollWidth <= strip.clientWidth) continue;
  const [part, whole] = [here.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += part.left - whole.left - (whole.width - part.width) / 2;
}
