// A queue for what only so many callers may use at a time. What people do (signing in, claims and the other acts of the desks) stands in
// a line of its own with a share nobody else takes, so a rush of readers turns no act away, and a rush of acts stops no reader.
// Lines are bounded: whoever finds too many waiting, or waits too long, is turned away instead of piling up.
import { StoreError } from './store.ts';

export interface TurnLimits {
  /** Callers at the same time. */
  readonly atOnce: number;
  /** Of these, kept for acts alone, and as many for everybody else alone. */
  readonly kept: number;
  /** Acts and others that may wait. */
  readonly mostActs: number;
  readonly mostOthers: number;
}

/** While others wait, so many acts go before one of them. */
const ACTS_IN_A_ROW = 3;

interface Line {
  readonly waiting: (() => void)[];
  readonly most: number;
  inside: number;
}

export class Turns {
  readonly #atOnce: number;
  readonly #mostOfOneLine: number;
  readonly #acts: Line;
  readonly #others: Line;
  #actsInARow = 0;

  /** One at a time and nobody counted, unless said otherwise. */
  constructor(limits: Partial<TurnLimits> = {}) {
    const { atOnce = 1, kept = 0, mostActs = Infinity, mostOthers = Infinity } = limits;
    if (!(kept >= 0 && kept < atOnce))
      throw new RangeError(`Turns: expected fewer places kept than ${atOnce}, got ${kept}`);
    this.#atOnce = atOnce;
    this.#mostOfOneLine = atOnce - kept;
    this.#acts = { waiting: [], most: mostActs, inside: 0 };
    this.#others = { waiting: [], most: mostOthers, inside: 0 };
  }

  /** Resolves with the function that ends the turn. Throws STORE_BUSY after `waitMs`, and at once when the line is full. */
  take(waitMs: number, isAct = false): Promise<() => void> {
    const line = isAct ? this.#acts : this.#others;
    return new Promise((resolve, reject) => {
      if (line.waiting.length >= line.most) {
        reject(new StoreError('STORE_BUSY', `${line.most} callers wait for the store already`));
        return;
      }
      const start = () => {
        clearTimeout(timer);
        line.inside += 1;
        this.#actsInARow = isAct ? this.#actsInARow + 1 : 0;
        let over = false;
        resolve(() => {
          if (over) return;
          over = true;
          line.inside -= 1;
          this.#letIn();
        });
      };
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(start), 1);
        reject(new StoreError('STORE_BUSY', `the store was busy for longer than ${waitMs} ms`));
      }, waitMs);
      line.waiting.push(start);
      this.#letIn();
    });
  }

  #letIn(): void {
    while (this.#acts.inside + this.#others.inside < this.#atOnce) {
      const start = this.#nextLine()?.waiting.shift();
      if (!start) return;
      start();
    }
  }

  #nextLine(): Line | undefined {
    const patient = this.#actsInARow < ACTS_IN_A_ROW;
    const order = patient ? [this.#acts, this.#others] : [this.#others, this.#acts];
    return order.find(({ waiting, inside }) => waiting.length > 0 && inside < this.#mostOfOneLine);
  }
}
