// In a new offer: a question is answered sooner than a work is made. What somebody typed stays.

const days = document.querySelector("[data-for-a-question]");
const usual = (kind) => (kind === "question" ? days.dataset.forAQuestion : days.defaultValue);

days?.form.addEventListener("change", ({ target }) => {
  if (target.name === "kind" && [usual(), usual("question")].includes(days.value)) days.value = usual(target.value);
});
