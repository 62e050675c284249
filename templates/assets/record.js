// Copy buttons, where they can work.
for (const source of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const text = source.textContent;
  const button = document.createElement("button");
  const { copy, copied } = source.dataset;
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.trim());
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2000);
  });
  source.append(" ", button);
}
// What holds until a day gives way past it.
for (const source of document.querySelectorAll("[data-until]")) {
  const { until, late } = source.dataset;
  if (Date.now() >= Date.parse(until) + 864e5) source.textContent = late;
}
