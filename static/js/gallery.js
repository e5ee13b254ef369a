// Marks the thumbnail of the picture in view. The thumbnails are anchors and work alone.

class Gallery extends HTMLElement {
  connectedCallback() {
    const strip = this.querySelector(".gallery-strip");
    const links = [...this.querySelectorAll(".gallery-thumbs a")];
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          for (const link of links) {
            if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true");
            else link.removeAttribute("aria-current");
          }
        }
      },
      { root: strip, threshold: 0.6 },
    );
    for (const slide of strip.children) watcher.observe(slide);
    for (const link of links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const slide = document.getElementById(link.hash.slice(1));
        strip.scrollTo({ left: slide.offsetLeft - strip.offsetLeft, behavior: "smooth" });
      });
    }
  }
}

customElements.define("jalon-gallery", Gallery);
