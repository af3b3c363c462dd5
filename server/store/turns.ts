// A queue for a thing only one caller may use at a time. Whoever waits too long is turned away instead of piling up.
import { StoreError } from './store.ts';

export class Turns {
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  /** Resolves with the function that ends the turn. Throws STORE_BUSY after `waitMs`. */
  take(waitMs: number): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        let over = false;
        resolve(() => {
          if (over) return;
          over = true;
          this.#next();
        });
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(new StoreError('STORE_BUSY', `the store was busy for longer than ${waitMs} ms`));
      }, waitMs);
      if (this.#taken) this.#waiting.push(start);
      else {
        this.#taken = true;
        start();
      }
    });
  }

  #next(): void {
    const start = this.#waiting.shift();
    if (start) start();
    else this.#taken = false;
  }
}
