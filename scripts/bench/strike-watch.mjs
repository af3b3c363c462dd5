// Runs in the page before anything else: notes when a click came, when the list of differences changed, and the first frame that shows it.
// A plain script, because it is handed to the browser as it stands.
(() => {
  const notes = [];
  window.strikeNotes = notes;
  const note = (what) => {
    notes.push({ what, atMs: performance.now() });
    // for who waits outside: asking again and again would be work for the page
    console.debug(`strike ${what}`);
  };
  // the browser's own time of the click, before any line of the page has run
  addEventListener('click', (event) => notes.push({ what: 'click', atMs: event.timeStamp }), true);
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (type, hear, ...rest) {
    const heard = (event) => {
      const kind = event.data?.kind;
      if (kind === 'moved' || kind === 'result') note(kind);
      hear(event);
    };
    return listen.call(this, type, type === 'message' ? heard : hear, ...rest);
  };
  let last = '';
  const look = () => {
    const list = document.querySelector('[data-testid="preview-change"]');
    const text = list === null ? '' : list.dataset.cause + list.textContent;
    if (text === last) return;
    last = text;
    note('list');
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // after the frame that was asked for: its picture is on the way to the screen
      port1.onmessage = () => note('painted');
      port2.postMessage(null);
    });
  };
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
})();
