// The five first steps of a newcomer, until they are told to go.

import { byId } from "./dom.js";
import { remember, remembered } from "./store.js";

export function setUpSteps({ post, type, find }) {
  const strip = byId("steps");
  strip.hidden = remembered("steps") === "gone";
  byId("steps-close").addEventListener("click", () => {
    strip.hidden = true;
    remember("steps", "gone");
  });
  byId("step-post").addEventListener("click", post);
  for (const button of strip.querySelectorAll("[data-type]")) {
    button.addEventListener("click", () => type(button.dataset.type, button.dataset.as));
  }
  for (const button of strip.querySelectorAll("[data-button]")) {
    button.addEventListener("click", () => find(button.dataset.button));
  }
}
