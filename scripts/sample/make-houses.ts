// Houses, block by block: towers in the core, rows of slabs facing south, halls, courts, village houses. Each stands
// square in the local direction of its block, clear of water, ring and expressway.
import type { Bend, Place } from './ground.ts';
import { ELEVATED_ROAD, type GroundMask, WATER } from './ground-mask.ts';
import type { Random } from './random.ts';
import type { Block } from './streets.ts';
import type { ZoneUse } from './zones.ts';

export type HouseUse =
  | 'office'
  | 'mall'
  | 'housing'
  | 'village house'
  | 'hall'
  | 'school'
  | 'hospital'
  | 'government'
  | 'institution'
  | 'venue'
  | 'station'
  | 'utility';

export interface House {
  readonly use: HouseUse;
  /** Index of the superblock it stands in. */
  readonly cell: number;
  readonly middle: Place;
  /** Outline on the plane, open, counter-clockwise. */
  readonly ring: readonly Place[];
  readonly heightM: number;
  readonly footprintM2: number;
}

/** A shape in units of half width and half depth, counter-clockwise, with the share of the rectangle it fills. */
interface Shape {
  readonly corners: readonly (readonly [number, number])[];
  readonly fill: number;
}
const RECTANGLE: Shape = {
  corners: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  fill: 1,
};
const L_SHAPE: Shape = {
  corners: [
    [-1, -1],
    [1, -1],
    [1, -0.3],
    [-0.35, -0.3],
    [-0.35, 1],
    [-1, 1],
  ],
  fill: 0.56,
};
const U_SHAPE: Shape = {
  corners: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [0.55, 1],
    [0.55, -0.35],
    [-0.55, -0.35],
    [-0.55, 1],
    [-1, 1],
  ],
  fill: 0.63,
};
const CUT_CORNER: Shape = {
  corners: [
    [-1, -1],
    [1, -1],
    [1, 0.4],
    [0.4, 1],
    [-1, 1],
  ],
  fill: 0.91,
};

export function makeHouses(random: Random, bend: Bend, blocks: readonly Block[], mask: GroundMask): House[] {
  const houses: House[] = [];
  for (const block of blocks) new Builder(random, bend, block, mask, houses).build();
  return houses;
}

class Builder {
  readonly #random: Random;
  readonly #bend: Bend;
  readonly #block: Block;
  readonly #mask: GroundMask;
  readonly #houses: House[];

  constructor(random: Random, bend: Bend, block: Block, mask: GroundMask, houses: House[]) {
    this.#random = random;
    this.#bend = bend;
    this.#block = block;
    this.#mask = mask;
    this.#houses = houses;
  }

  build(): void {
    const builders: Record<ZoneUse, () => void> = {
      core: () => this.#towers(60, 150),
      commercial: () => this.#malls(),
      'high-rise housing': () => this.#pointHouses(),
      'slab housing': () => this.#slabs([18, 18, 18, 21, 33]),
      'old town': () => this.#oldTown(),
      industry: () => this.#halls(),
      campus: () => this.#campus(),
      hospital: () => this.#hospital(),
      government: () => this.#government(),
      station: () => this.#station(),
      park: () => this.#pavilions(),
      village: () => this.#village(0.75),
      fields: () => this.#village(0.06),
    };
    builders[this.#block.use]();
  }

  /** Lots of a grid inside the block, clear of its streets: middle in lattice metres and half sides. */
  #lots(
    widthM: number,
    depthM: number,
    clearM = 20,
  ): { u: number; v: number; halfU: number; halfV: number }[] {
    const { u0, u1, v0, v1 } = this.#block;
    const width = u1 - u0 - 2 * clearM;
    const depth = v1 - v0 - 2 * clearM;
    if (width < 12 || depth < 10) return [];
    const columns = Math.max(1, Math.floor(width / widthM));
    const rows = Math.max(1, Math.floor(depth / depthM));
    const lots = [];
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        lots.push({
          u: u0 + clearM + (width * (column + 0.5)) / columns,
          v: v0 + clearM + (depth * (row + 0.5)) / rows,
          halfU: width / columns / 2,
          halfV: depth / rows / 2,
        });
      }
    }
    return lots;
  }

  #add(
    use: HouseUse,
    u: number,
    v: number,
    halfWidthM: number,
    halfDepthM: number,
    heightM: number,
    shape = RECTANGLE,
  ): void {
    if (halfWidthM < 3 || halfDepthM < 3) return;
    const middle = this.#bend.place(u, v);
    const [ax, ay] = this.#bend.along(u, v);
    const at = (x: number, y: number): Place => [
      middle[0] + ax * x * halfWidthM - ay * y * halfDepthM,
      middle[1] + ay * x * halfWidthM + ax * y * halfDepthM,
    ];
    const blocked = (
      [
        [0, 0],
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
        [0, -1],
        [0, 1],
      ] as const
    ).some(([x, y]) => this.#mask.has(at(x, y), WATER | ELEVATED_ROAD));
    if (blocked) return;
    this.#houses.push({
      use,
      cell: this.#block.cell,
      middle,
      ring: shape.corners.map(([x, y]) => at(x, y)),
      heightM: Math.round(heightM * 10) / 10,
      footprintM2: 4 * halfWidthM * halfDepthM * shape.fill,
    });
  }

  #towers(lowestM: number, highestM: number): void {
    const random = this.#random;
    for (const lot of this.#lots(72, 66)) {
      if (random.chance(0.1)) continue;
      const tower = random.chance(0.6);
      if (tower) {
        const half = random.between(13, 20);
        const height = lowestM + (highestM - lowestM) * random.next() ** 1.7;
        this.#add(
          'office',
          lot.u,
          lot.v + lot.halfV * 0.25,
          half,
          half * random.between(0.8, 1),
          height,
          random.pick([RECTANGLE, CUT_CORNER]),
        );
        this.#add(
          'mall',
          lot.u,
          lot.v - lot.halfV * 0.62,
          lot.halfU * 0.8,
          lot.halfV * 0.26,
          random.between(9, 18),
        );
      } else {
        this.#add(
          'office',
          lot.u,
          lot.v,
          lot.halfU * 0.75,
          lot.halfV * 0.72,
          random.between(20, 48),
          random.pick([RECTANGLE, U_SHAPE, L_SHAPE]),
        );
      }
    }
  }

  #malls(): void {
    const random = this.#random;
    for (const lot of this.#lots(95, 85)) {
      if (random.chance(0.35)) {
        this.#add(
          'mall',
          lot.u,
          lot.v,
          lot.halfU * 0.82,
          lot.halfV * 0.8,
          random.between(16, 30),
          random.pick([RECTANGLE, CUT_CORNER, L_SHAPE]),
        );
      } else {
        this.#add(
          'office',
          lot.u - lot.halfU * 0.4,
          lot.v,
          lot.halfU * 0.36,
          lot.halfV * 0.7,
          random.between(24, 75),
        );
        this.#add(
          'housing',
          lot.u + lot.halfU * 0.48,
          lot.v,
          lot.halfU * 0.36,
          lot.halfV * 0.6,
          random.between(15, 36),
        );
      }
    }
  }

  #pointHouses(): void {
    const random = this.#random;
    const height = random.pick([54, 78, 84, 96, 99]);
    for (const lot of this.#lots(48, 58, 22)) {
      if (random.chance(0.08)) continue;
      this.#add(
        'housing',
        lot.u,
        lot.v,
        random.between(13, 18),
        random.between(7.5, 9),
        height - random.pick([0, 0, 3, 12]),
        RECTANGLE,
      );
    }
    this.#utility();
  }

  #slabs(heights: readonly number[]): void {
    const random = this.#random;
    const height = random.pick(heights);
    const pitch = Math.max(25, height * 1.25 + 10);
    for (const lot of this.#lots(random.between(56, 72), pitch, 18)) {
      if (random.chance(0.05)) continue;
      this.#add(
        'housing',
        lot.u,
        lot.v,
        lot.halfU - random.between(4, 7),
        random.between(5.8, 7),
        height,
        RECTANGLE,
      );
    }
    this.#utility();
  }

  #oldTown(): void {
    const random = this.#random;
    for (const lot of this.#lots(34, 26, 12)) {
      if (random.chance(0.12)) continue;
      this.#add(
        'housing',
        lot.u,
        lot.v,
        lot.halfU * random.between(0.7, 0.9),
        lot.halfV * random.between(0.55, 0.75),
        random.between(7, 20),
        random.pick([RECTANGLE, RECTANGLE, L_SHAPE]),
      );
    }
  }

  #halls(): void {
    const random = this.#random;
    for (const lot of this.#lots(random.between(80, 130), random.between(55, 85), 22)) {
      if (random.chance(0.12)) continue;
      const office = random.chance(0.2);
      if (office) this.#add('institution', lot.u, lot.v, lot.halfU * 0.5, 9, random.between(14, 26));
      else
        this.#add(
          'hall',
          lot.u,
          lot.v,
          lot.halfU * 0.86,
          lot.halfV * 0.78,
          random.between(8, 15),
          random.pick([RECTANGLE, RECTANGLE, CUT_CORNER]),
        );
    }
    this.#utility();
  }

  #campus(): void {
    const random = this.#random;
    const lots = this.#lots(78, 66, 24);
    lots.forEach((lot, index) => {
      if (index % 3 === 1) return;
      const shape = random.pick([U_SHAPE, L_SHAPE, RECTANGLE]);
      const deep = shape === RECTANGLE ? 0.36 : 0.7;
      this.#add(
        index === 0 ? 'venue' : 'school',
        lot.u,
        lot.v,
        lot.halfU * 0.74,
        lot.halfV * deep,
        random.between(13, 24),
        shape,
      );
    });
  }

  #hospital(): void {
    const random = this.#random;
    this.#lots(90, 80, 24).forEach((lot, index) => {
      const height = index === 0 ? random.between(50, 72) : random.between(16, 42);
      this.#add(
        'hospital',
        lot.u,
        lot.v,
        lot.halfU * 0.7,
        lot.halfV * 0.55,
        height,
        random.pick([U_SHAPE, L_SHAPE, RECTANGLE]),
      );
    });
  }

  #government(): void {
    const random = this.#random;
    this.#lots(100, 90, 30).forEach((lot, index) => {
      this.#add(
        index % 2 === 0 ? 'government' : 'institution',
        lot.u,
        lot.v,
        lot.halfU * 0.66,
        lot.halfV * 0.5,
        random.between(18, 46),
        random.pick([U_SHAPE, RECTANGLE, L_SHAPE]),
      );
    });
  }

  #station(): void {
    const { u0, u1, v0, v1 } = this.#block;
    const [u, v] = [(u0 + u1) / 2, (v0 + v1) / 2];
    this.#add('station', u, v, (u1 - u0) * 0.32, (v1 - v0) * 0.2, 26, CUT_CORNER);
    this.#add('institution', u, v0 + (v1 - v0) * 0.16, (u1 - u0) * 0.22, 9, 18);
  }

  #pavilions(): void {
    const random = this.#random;
    for (const lot of this.#lots(150, 150, 40)) {
      if (random.chance(0.2)) this.#add('utility', lot.u, lot.v, 8, 6, 5);
    }
  }

  #village(density: number): void {
    const random = this.#random;
    for (const lot of this.#lots(19, 24, 12)) {
      if (!random.chance(density * 0.8)) continue;
      this.#add(
        'village house',
        lot.u + random.between(-2, 2),
        lot.v + random.between(-3, 3),
        random.between(5, 6.8),
        random.between(4.5, 6),
        random.pick([6.5, 7, 9.6, 10, 12.5]),
      );
    }
  }

  #utility(): void {
    if (!this.#random.chance(0.12)) return;
    const { u0, v0 } = this.#block;
    this.#add('utility', u0 + 14, v0 + 14, 5, 4, 4.5);
  }
}
