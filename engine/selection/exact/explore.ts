// Goes through open nodes: best bound first, and from there down until a branch ends, so that the table changes little from node to node.
import { cutoffOf, decide, type Node, openNode, type Tree } from './cut-tree.ts';
import { loadBasis } from './table-basis.ts';

/** Until nothing is open, `isOver` says so, or it is stopped; what is left stays in `open`. `told` hears where each node leads. */
export function explore(
  tree: Tree,
  open: Node[],
  isOver: () => boolean,
  told: (next: Node | null) => void = () => undefined,
): void {
  const { program } = tree;
  while (open.length > 0) {
    let node: Node | null = takeLowest(open);
    if (node.basis !== null) {
      decide(program, node.decided);
      loadBasis(program.table, node.basis, program.kept);
    }
    while (node !== null && node.bound <= cutoffOf(tree)) {
      if (isOver() || tree.shouldStop()) {
        open.push(node);
        return;
      }
      tree.nodes++;
      const [first, ...rest]: readonly Node[] = openNode(tree, node);
      open.push(...rest);
      node = first ?? null;
      told(node);
    }
  }
}

/** Takes the node with the lowest bound out, the newest of those. */
function takeLowest(open: Node[]): Node {
  let at = 0;
  open.forEach(({ bound }, index) => {
    if (bound <= open[at]!.bound) at = index;
  });
  const node = open[at]!;
  open[at] = open[open.length - 1]!;
  open.pop();
  return node;
}
