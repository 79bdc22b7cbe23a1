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

wake(document.documentElement);
document.body.addEventListener("htmx:load", (event) => {
  const { elt } = event.detail;
  if (elt !== document.body) wake(elt.parentElement ?? elt);
});
