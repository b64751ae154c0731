interface Lane {
  index: number;
  isBusy: boolean;
  /** When it was last taken or left: counts up. */
  since: number;
}

/** Gives each request that is under way a lane of its own, as few lanes as are needed. */
export class Lanes {
  private readonly lanes: Lane[] = [];
  private clock = 0;

  get count(): number {
    return this.lanes.length;
  }

  /** The lane of a request that goes on: its own, else that which has been free longest, since who left last may come back. */
  take(index: number): number {
    const lane = this.lanes.find((one) => one.index === index) ?? this.longestFree() ?? this.added();
    Object.assign(lane, { index, isBusy: true, since: this.clock++ });
    return this.lanes.indexOf(lane);
  }

  /** The request may be through: unless it takes its lane again, another may have it. */
  leave(index: number): void {
    const lane = this.lanes.find((one) => one.index === index);
    if (lane !== undefined) Object.assign(lane, { isBusy: false, since: this.clock++ });
  }

  private longestFree(): Lane | undefined {
    return this.lanes.filter(({ isBusy }) => !isBusy).sort((a, b) => a.since - b.since)[0];
  }

  private added(): Lane {
    const lane = { index: -1, isBusy: false, since: 0 };
    this.lanes.push(lane);
    return lane;
  }
}
