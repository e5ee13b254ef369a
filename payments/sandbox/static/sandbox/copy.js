// <sandbox-copy data-done="Copied"><input readonly><button hidden>Copy</button></sandbox-copy>
class SandboxCopy extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const button = this.querySelector("button");
    input.addEventListener("focus", () => input.select());
    if (!navigator.clipboard) return;
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(input.value);
      button.textContent = this.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}
customElements.define("sandbox-copy", SandboxCopy);
