/** Sets that grow together: which records are connected. */
export class Components {
  private readonly parents = new Map<string, string>();

  join(left: string, right: string): void {
    const [a, b] = [this.root(left), this.root(right)];
    if (a !== b) this.parents.set(a < b ? b : a, a < b ? a : b);
  }

  root(record: string): string {
    let root = record;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root))
      root = parent;
    // Later look-ups go straight there.
    for (let each = record; each !== root;) {
      const parent = this.parents.get(each)!;
      this.parents.set(each, root);
      each = parent;
    }
    return root;
  }

  /** The sets of two records or more. */
  sets(): string[][] {
    const members = new Map<string, string[]>();
    for (const record of [...this.parents.keys()].sort()) {
      const root = this.root(record);
      if (!members.has(root)) members.set(root, [root]);
      members.get(root)!.push(record);
    }
    return [...members.values()];
  }
}
