// Wakes the design system's components, on load and wherever htmx has put something new.
import { initAll } from "./govuk-frontend.min.js";

function wake(scope) {
  initAll({ scope });
  if (scope.querySelector('[data-module^="moj-"]')) {
    import("./moj-frontend.min.js").then((moj) => moj.initAll({ scope }));
  }
}

wake(document.documentElement);
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) wake(event.detail.elt);
});
