// The total of an order follows its options. Without script the next step works it out.
// <jalon-order-total data-cents="49000"> around a form; options carry data-cents; <output data-total> receives the sum.

class OrderTotal extends HTMLElement {
  connectedCallback() {
    const outputs = this.querySelectorAll("[data-total]");
    const without = this.querySelector("[data-no-script]");
    if (without) without.hidden = true;
    const show = () => {
      let cents = Number(this.dataset.cents);
      for (const option of this.querySelectorAll("input[data-cents]:checked")) cents += Number(option.dataset.cents);
      const language = document.documentElement.lang;
      const money = new Intl.NumberFormat(language === "en" ? "en-GB" : language, {
        style: "currency",
        currency: "EUR",
        minimumFractionDigits: cents % 100 ? 2 : 0,
        maximumFractionDigits: 2,
      });
      const text = money.format(cents / 100).replaceAll("\u202f", "\u00a0");
      for (const output of outputs) output.textContent = text;
      for (const other of document.querySelectorAll(`[data-total-of="${this.id}"]`)) other.textContent = text;
    };
    this.addEventListener("change", show);
    show();
  }
}

customElements.define("jalon-order-total", OrderTotal);
