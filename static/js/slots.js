// Shows times in the zone of whoever looks, when they have not chosen one, and moves the strip of days by arrows.

class Slots extends HTMLElement {
  connectedCallback() {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.querySelector("[data-no-script]").hidden = true;
    const zones = this.querySelector("select[name=zone]");
    let chosen = null;
    try { chosen = sessionStorage.getItem("zone"); } catch { /* no storage: ask the page as it is */ }
    zones.addEventListener("change", () => { try { sessionStorage.setItem("zone", zones.value); } catch { /* as above */ } });
    if (!chosen && here && here.includes("/") && zones.value !== here) {
      if (![...zones.options].some((option) => option.value === here)) zones.add(new Option(here, here));
      zones.value = here;
      zones.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    this.querySelector("input:checked")?.closest(".slots-day").scrollIntoView({ block: "nearest", inline: "center" });
  }
}

customElements.define("jalon-slots", Slots);
