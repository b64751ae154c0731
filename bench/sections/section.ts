/** One part of the benchmark: what it found, in Markdown. */
export interface Section {
  readonly title: string;
  /** What was done, and how to read the tables. */
  readonly note: string;
  readonly tables: readonly string[];
  /** For the README; absent: it is not of interest there. */
  readonly short?: string | undefined;
}

/** How much is measured, and who is told of each sample. */
export interface Effort {
  readonly quick: boolean;
  readonly sampled: (what: string) => void;
}

/** A section before it runs. */
export interface Plan {
  /** How often `sampled` will be called. */
  readonly samples: number;
  readonly run: () => Promise<Section>;
}
