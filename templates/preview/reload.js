// Runs in the preview only: loads the page again when the preview has something newer to show.
(() => {
  const { src, dataset } = document.currentScript;
  let stream;
  const rest = () => stream?.close();
  const listen = () => {
    rest();
    stream = new EventSource(new URL("events", src));
    stream.onmessage = ({ data }) => {
      if (data === dataset.version) return;
      rest();
      location.reload();
    };
  };
  // A browser allows six connections to one host: pages that nobody sees give theirs back.
  const attend = () => (document.hidden ? rest() : listen());
  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", attend);
  addEventListener("pagehide", rest);
})();
