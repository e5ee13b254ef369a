// Asks htmx for news while the page is in sight.
// <jalon-poll data-seconds="20" hx-get="…" hx-trigger="poll" hx-target="#thread" hx-swap="outerHTML" data-quiet>

class Poll extends HTMLElement {
  connectedCallback() {
    const ask = () => {
      if (document.visibilityState === "visible") window.htmx?.trigger(this, "poll");
    };
    this.timer = setInterval(ask, 1000 * Number(this.dataset.seconds || 20));
    this.look = ask;
    document.addEventListener("visibilitychange", this.look);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.look);
  }
}

customElements.define("jalon-poll", Poll);
