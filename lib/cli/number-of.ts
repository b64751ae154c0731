import { InvalidArgumentError } from 'commander';

interface Range {
  readonly least: number;
  readonly most?: number | undefined;
  readonly isWhole?: boolean | undefined;
  /** What would be right. */
  readonly must: string;
}

/** Reads an option that is a number. */
export function numberOf({ least, most = Infinity, isWhole = false, must }: Range): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isOne = text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
    if (!isOne) throw new InvalidArgumentError(`It must be ${must}.`);
    return value;
  };
}

export const countFromOne: (text: string) => number = numberOf({
  least: 1,
  isWhole: true,
  must: 'a whole number from 1',
});
