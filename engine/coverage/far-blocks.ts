// What the ground costs far from an antenna: one walk along the terrain per block of 60 m, at the block's middle, instead of one
// per bin. Only beyond the service radius, where a station disturbs and never serves, so no level on the map depends on it.
// Blocks lie on whole multiples of 60 m in the zone: every antenna and every order of bins finds the same ones.

const BLOCK_M = 60;

/** The blocks around one antenna; the array grows to the largest window and is used again. Four bytes per block. */
export class FarBlocks {
  private lossDb: Float32Array = new Float32Array(0);
  private side = 0;
  private westBlock = 0;
  private southBlock = 0;
  private lossDbAt: (eastM: number, northM: number) => number = () => 0;

  /** From now on the blocks of this antenna: `lossDbAt` says what the ground costs up to a place within the radius. */
  aim(
    antenna: { readonly eastM: number; readonly northM: number },
    radiusM: number,
    lossDbAt: (eastM: number, northM: number) => number,
  ): void {
    this.westBlock = Math.floor((antenna.eastM - radiusM) / BLOCK_M);
    this.southBlock = Math.floor((antenna.northM - radiusM) / BLOCK_M);
    this.side = Math.ceil((2 * radiusM) / BLOCK_M) + 1;
    this.lossDbAt = lossDbAt;
    const blocks = this.side * this.side;
    if (this.lossDb.length < blocks) this.lossDb = new Float32Array(blocks);
    this.lossDb.fill(Number.NaN, 0, blocks);
  }

  /** Loss in dB of the block that holds the place. */
  at(eastM: number, northM: number): number {
    const column = Math.floor(eastM / BLOCK_M);
    const row = Math.floor(northM / BLOCK_M);
    const block = (row - this.southBlock) * this.side + column - this.westBlock;
    if (Number.isNaN(this.lossDb[block]!))
      this.lossDb[block] = this.lossDbAt((column + 0.5) * BLOCK_M, (row + 0.5) * BLOCK_M);
    return this.lossDb[block]!;
  }
}
