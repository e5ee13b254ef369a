// Shows how far a form with a file has gone. Without script, or if anything fails, the form is sent as always.

class Upload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.bar = this.querySelector("progress");
    this.form?.addEventListener("submit", (event) => this.send(event));
  }

  send(event) {
    const file = this.form.querySelector("input[type=file]");
    if (!file?.files.length || event.defaultPrevented) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const button = this.form.querySelector("button:not([type])");
    const plain = () => HTMLFormElement.prototype.submit.call(this.form);
    request.upload.addEventListener("progress", (sent) => {
      this.bar.hidden = false;
      this.bar.value = sent.lengthComputable ? Math.round((100 * sent.loaded) / sent.total) : 50;
    });
    request.addEventListener("error", plain);
    request.addEventListener("load", () => this.answer(request));
    request.open("POST", this.form.action);
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    request.send(new FormData(this.form));
  }

  // The answer is a page: it takes the place of this one, with its messages and its mistakes.
  answer(request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    if (!page.querySelector("main")) {
      location.reload();
      return;
    }
    history.replaceState(null, "", request.responseURL);
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    const first = document.querySelector("[data-error-summary]") ?? document.querySelector("main h1");
    if (first && !first.hasAttribute("tabindex")) first.setAttribute("tabindex", "-1");
    first?.focus();
    scrollTo(0, 0);
  }
}

customElements.define("jalon-upload", Upload);
