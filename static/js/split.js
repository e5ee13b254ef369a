// A slider next to the amount of a split; the exact figures come from the server each time it rests.
// <jalon-split data-total="12000" data-label="…" data-language="fr" hx-trigger="preview" …>

class Split extends HTMLElement {
  connectedCallback() {
    const field = this.closest("form")?.querySelector("[name=refund_cents]");
    if (!field || this.firstElementChild) return;
    const total = Number(this.dataset.total) / 100;
    const money = new Intl.NumberFormat(this.dataset.language, { style: "currency", currency: "EUR" });
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 1;
    slider.max = Math.max(1, Math.ceil(total) - 1);
    slider.setAttribute("aria-label", this.dataset.label);
    const read = () => Number(field.value.replace(/[^\d.,]/g, "").replace(",", ".")) || total / 2;
    const say = (euros) => slider.setAttribute("aria-valuetext", money.format(euros));
    slider.value = read();
    say(read());
    slider.addEventListener("input", () => {
      field.value = slider.value;
      say(Number(slider.value));
    });
    slider.addEventListener("change", () => this.dispatchEvent(new Event("preview")));
    field.addEventListener("change", () => {
      slider.value = read();
      say(read());
      this.dispatchEvent(new Event("preview"));
    });
    const ends = document.createElement("p");
    ends.className = "split-ends";
    for (const euros of [0, total]) {
      const end = document.createElement("span");
      end.textContent = money.format(euros);
      ends.append(end);
    }
    this.append(slider, ends);
  }
}

customElements.define("jalon-split", Split);
