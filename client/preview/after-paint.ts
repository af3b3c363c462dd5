// After the frame that shows what has just changed: a frame is asked for, and what is posted while it is made comes after its picture.
// A page that nobody looks at makes no frames and waits for none.

export function afterPaint(then: () => void): void {
  if (document.hidden) {
    setTimeout(then);
    return;
  }
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      then();
    };
    port2.postMessage(null);
  });
}
