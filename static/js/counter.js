// Counts the characters left in the box it surrounds; the limit itself is checked by the server.
// <jalon-counter data-limit="90" data-left="%(n)s characters left" data-over="%(n)s characters too many">

class Counter extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input, textarea");
    if (!box) return;
    box.removeAttribute("maxlength");
    const note = document.createElement("p");
    note.className = "field-count";
    note.setAttribute("aria-live", "off");
    box.closest(".field").append(note);
    const show = () => {
      const left = Number(this.dataset.limit) - [...box.value].length;
      note.textContent = (left < 0 ? this.dataset.over : this.dataset.left).replace("%(n)s", Math.abs(left));
      note.classList.toggle("text-bad", left < 0);
    };
    box.addEventListener("input", show);
    show();
  }
}

customElements.define("jalon-counter", Counter);
