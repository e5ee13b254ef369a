// Lists the chosen files under a drop zone, lets one be taken back, and accepts a drop.

/** Bytes in thousands, in the language of the page, as the server says them: "1.1 MB", never under one kB. */
function sizeInWords(bytes) {
  const { lang } = document.documentElement;
  const [kilo, mega] = lang.startsWith("fr") ? ["ko", "Mo"] : ["kB", "MB"];
  if (bytes < 1e6) return `${Math.max(Math.round(bytes / 1e3), 1)}\u00a0${kilo}`;
  const size = new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${size.format(bytes / 1e6)}\u00a0${mega}`;
}

class Files extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    if (!this.input || typeof DataTransfer === "undefined") return;
    this.list = document.createElement("div");
    this.list.className = "drop-list";
    this.list.setAttribute("role", "status");
    this.append(this.list);
    this.input.addEventListener("change", () => this.show());
    this.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.dataset.over = "";
    });
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => delete this.dataset.over);
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.keep([...(this.input.multiple ? this.input.files : []), ...event.dataTransfer.files]);
    });
  }

  keep(files) {
    const kept = new DataTransfer();
    for (const file of this.input.multiple ? files : files.slice(-1)) kept.items.add(file);
    this.input.files = kept.files;
    this.show();
  }

  show() {
    this.list.replaceChildren(
      ...[...this.input.files].map((file, index) => {
        const row = document.createElement("div");
        row.className = "file-row";
        row.innerHTML = '<span class="file-words"><span class="file-name"></span><span class="file-note"></span></span>';
        row.querySelector(".file-name").textContent = file.name;
        row.querySelector(".file-note").textContent = sizeInWords(file.size);
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "icon-button";
        remove.textContent = "\u00d7";
        remove.setAttribute("aria-label", this.dataset.remove.replace("%(name)s", file.name));
        remove.addEventListener("click", () => {
          this.keep([...this.input.files].filter((_, other) => other !== index));
          this.input.focus();
        });
        row.append(remove);
        return row;
      }),
    );
  }
}

customElements.define("jalon-files", Files);
