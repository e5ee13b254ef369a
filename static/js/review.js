// Keys for those who check many documents: A accepts, R goes to the reason, 1 to 7 choose it, N is the next in line.

const form = document.querySelector("[data-review]");
const reason = form?.querySelector("[name=refusal]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const key = event.key.toLowerCase();
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  } else if (key === "r" && reason) {
    event.preventDefault();
    reason.focus();
  } else if (reason && /^[1-9]$/.test(key) && reason.options[Number(key)]) {
    event.preventDefault();
    reason.selectedIndex = Number(key);
    reason.focus();
  }
});
