// Copy buttons: they appear only where they can work.
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
