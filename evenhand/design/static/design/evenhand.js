// Wakes the design system's components, on load and wherever htmx has put something new.
import { initAll } from "./govuk-frontend.min.js";

// Something that is awake already is no fault; anything else is.
function onError(error) {
  if (error.name !== "InitError") console.error(error);
}

function wake(scope) {
  initAll({ scope, onError });
  if (scope.querySelector('[data-module^="moj-"]')) {
    import("./moj-frontend.min.js").then((moj) => moj.initAll({ scope, onError }));
  }
}

// A button that copies the words of another element; without it they can be selected all the same.
function offerCopies(scope) {
  for (const button of scope.querySelectorAll("[data-copies]")) button.hidden = !navigator.clipboard;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const words = document.getElementById(button.dataset.copies).textContent;
  navigator.clipboard.writeText(words).then(() => (button.textContent = "Copied"));
});

// Once a form is on its way, nothing more of it is sent beside it.
const sent = new WeakSet();
document.addEventListener("submit", (event) => sent.add(event.target));
document.addEventListener("htmx:beforeRequest", (event) => {
  if (sent.has(event.target.closest?.("form"))) event.preventDefault();
});

// What was still on its way when the page was left is no fault.
let leaving = false;
window.addEventListener("beforeunload", () => (leaving = true));
window.addEventListener("pageshow", () => (leaving = false));
if (window.htmx) {
  window.htmx.logger = (_, name, detail) => {
    if (leaving && detail?.xhr?.status === 0) delete detail.error;
  };
}

offerCopies(document);
wake(document.documentElement);
document.body.addEventListener("htmx:load", (event) => {
  const { elt } = event.detail;
  if (elt !== document.body) wake(elt.parentElement ?? elt);
});
