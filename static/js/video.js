// <jalon-video data-player="https://…"><a href="…">…</a></jalon-video>: the film is framed once asked for, and nothing
// is fetched from its host before. The link works alone.

class Video extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = this.dataset.player;
      frame.title = this.dataset.title;
      frame.allow = "fullscreen; picture-in-picture; encrypted-media";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.className = "video-frame";
      this.replaceChildren(frame);
      frame.focus();
    });
  }
}

customElements.define("jalon-video", Video);
