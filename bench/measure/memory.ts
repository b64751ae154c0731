/** What a run made its process grow by (MB). */
export interface Memory {
  /** Of the heap, after a collection, when the last item is under way: what is held for all the others. */
  readonly heapMb: number;
  /** Of the process, at its largest. */
  readonly rssMb: number;
}
