// Keeps a printed clock right: minutes by default, seconds in the last hour.

class Countdown extends HTMLElement {
  connectedCallback() {
    this.due = Date.parse(this.dataset.due);
    this.cells = [...this.querySelectorAll("[data-unit]")];
    this.tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  tick() {
    const left = Math.max(0, Math.floor((this.due - Date.now()) / 1000));
    const close = left < 3600;
    const amounts = close
      ? [["hour", 0], ["minute", Math.floor(left / 60)], ["second", left % 60]]
      : [["day", Math.floor(left / 86400)], ["hour", Math.floor(left / 3600) % 24], ["minute", Math.floor(left / 60) % 60]];
    amounts.forEach(([unit, amount], index) => {
      const [figure, word] = this.cells[index].children;
      const text = unit === "day" ? String(amount) : String(amount).padStart(2, "0");
      const label = this.dataset[amount > 1 || (amount === 0 && this.zeroIsPlural) ? `${unit}s` : unit];
      if (figure.textContent !== text) figure.textContent = text;
      if (word.textContent !== label) word.textContent = label;
    });
    this.toggleAttribute("data-late", left === 0);
    if (left > 0) this.timer = setTimeout(() => this.tick(), close ? 1000 : 15000);
  }

  get zeroIsPlural() {
    return !document.documentElement.lang.startsWith("fr");
  }
}

customElements.define("jalon-countdown", Countdown);
