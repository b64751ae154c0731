import { emptyLedger, posted, type Ledger, type PostedCall } from './ledger';

/** What the runs under one tag have taken, of every call that has ended: those of requests whose rows nobody got, too. */
export interface RunLedger {
  readonly tag: string;
  readonly total: Ledger;
  /** By the id of the deployment. */
  readonly deployments: Readonly<Record<string, Ledger>>;
}

/** Ledgers by tag, filled while calls end. */
export interface RunLedgers {
  /** Where the calls of the runs under a tag are to be posted. */
  readonly of: (tag: string) => (deployment: string, call: PostedCall) => void;
  readonly read: () => readonly RunLedger[];
}

/** A service that gives each request a tag of its own would else keep all of them. */
const most = 100;

/** Keeps the ledgers of the hundred tags that began last. */
export function runLedgers(): RunLedgers {
  const known = new Map<string, { total: Ledger; readonly deployments: Map<string, Ledger> }>();
  return {
    of: (tag) => {
      const ledger = known.get(tag) ?? { total: emptyLedger, deployments: new Map<string, Ledger>() };
      known.delete(tag);
      known.set(tag, ledger); // the last to have begun
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      return (deployment, call) => {
        ledger.total = posted(ledger.total, call);
        ledger.deployments.set(deployment, posted(ledger.deployments.get(deployment) ?? emptyLedger, call));
      };
    },
    read: () =>
      [...known].map(([tag, { total, deployments }]) => ({ tag, total, deployments: Object.fromEntries(deployments) })),
  };
}
