// Lists the chosen files under a drop zone, lets one be taken back, and accepts a drop.

/** As the server says it, never under one kB. */
function sizeInWords(bytes) {
  const [unit, size, digits] = bytes < 1e6 ? ["kilobyte", 1e3, 0] : ["megabyte", 1e6, 1];
  const how = { style: "unit", unit, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return Math.max(bytes / size, 1).toLocaleString(document.documentElement.lang, how);
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
