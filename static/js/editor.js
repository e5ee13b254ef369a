// The editor of an offer: one step at a time, the order and cut of pictures by hand, and the last words kept when one leaves.
// Without script all steps stand one under the other, and buttons move the pictures.

class Steps extends HTMLElement {
  connectedCallback() {
    this.parts = [...this.querySelectorAll("[data-step]")];
    this.links = [...document.querySelectorAll("a[data-step-link]")];
    if (this.querySelector("[data-error-summary]")) return;
    this.querySelectorAll("[data-next]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => this.go(button.dataset.next, true));
    });
    this.links.forEach((link) =>
      link.addEventListener("click", (event) => {
        if (!this.find(link.hash.slice(1))) return;
        event.preventDefault();
        this.go(link.hash.slice(1), true);
      }),
    );
    addEventListener("hashchange", () => this.go(location.hash.slice(1)));
    this.go(location.hash.slice(1) || this.parts[0].id);
  }

  find(id) {
    const inside = id && document.getElementById(id);
    return this.parts.find((part) => part === inside || (inside && part.contains(inside)));
  }

  go(id, byHand = false) {
    const here = this.find(id) ?? this.parts[0];
    for (const part of this.parts) part.hidden = part !== here;
    for (const link of this.links) {
      if (link.hash === `#${here.id}`) link.setAttribute("aria-current", "step");
      else if (this.find(link.hash.slice(1))) link.removeAttribute("aria-current");
    }
    if (byHand) {
      history.replaceState(null, "", `#${here.id}`);
      scrollTo({ top: 0 });
      here.querySelector("h2")?.focus({ preventScroll: true });
    }
  }
}

class Pictures extends HTMLElement {
  connectedCallback() {
    const rows = () => [...this.querySelectorAll("[data-picture]")];
    for (const row of rows()) row.draggable = true;
    this.addEventListener("dragstart", (event) => {
      this.held = event.target.closest("[data-picture]");
      if (!this.held || event.target.closest("input, button, textarea")) return (this.held = null);
      event.dataTransfer.effectAllowed = "move";
      this.held.classList.add("is-held");
    });
    this.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-picture]");
      if (!this.held || !over) return;
      event.preventDefault();
      if (over === this.held) return;
      const box = over.getBoundingClientRect();
      over.parentNode.insertBefore(this.held, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
    });
    this.addEventListener("drop", (event) => event.preventDefault());
    this.addEventListener("dragend", () => {
      if (!this.held) return;
      this.held.classList.remove("is-held");
      this.held = null;
      const form = this.querySelector("form[data-order]");
      form.elements.order.value = rows()
        .map((row) => row.dataset.picture)
        .join(",");
      form.requestSubmit();
    });
  }
}

class Cut extends HTMLElement {
  connectedCallback() {
    const image = this.querySelector("img");
    const [x, y, zoom] = ["focus_x", "focus_y", "zoom"].map((name) => this.querySelector(`[name=${name}]`));
    const show = () => {
      image.style.objectPosition = `${x.value}% ${y.value}%`;
      image.style.transformOrigin = `${x.value}% ${y.value}%`;
      image.style.scale = zoom.value / 100;
    };
    for (const input of [x, y, zoom]) input.addEventListener("input", show);
    show();
  }
}

// What is typed is kept half a second later. Whoever leaves before that has it sent on the way out;
// whoever saves, or asks for what was saved, has not: it would come back as a draft.
function keepOnTheWayOut(form, side) {
  let typed = 0;
  let sent = 0;
  let kept = 0;
  let settled = false;

  const settle = () => (settled = true);
  const flush = () => {
    if (settled || typed === kept) return;
    const asked = (kept = typed);
    const again = () => kept === asked && (kept = -1);
    fetch(side.getAttribute("hx-post"), { method: "POST", body: new FormData(form), keepalive: true }).then(
      (answer) => answer.ok || again(),
      again,
    );
  };

  form.addEventListener("input", () => typed++);
  form.addEventListener("htmx:afterSettle", () => typed++); // a row more, or a row less
  side.addEventListener("htmx:beforeRequest", (event) => (settled ? event.preventDefault() : (sent = typed)));
  side.addEventListener("htmx:afterRequest", (event) => event.detail.successful && (kept = sent));
  form.addEventListener("submit", settle);
  document.querySelector("form[data-drop-draft]")?.addEventListener("submit", settle);
  addEventListener("pageshow", () => (settled = false));
  addEventListener("beforeunload", flush);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
}

const form = document.getElementById("offer-form");
if (form) keepOnTheWayOut(form, document.getElementById("offer-preview"));

customElements.define("jalon-steps", Steps);
customElements.define("jalon-pictures", Pictures);
customElements.define("jalon-cut", Cut);
