import * as main from 'rx-fanout';
import * as testing from 'rx-fanout/testing';
import * as rxjs from 'rxjs';
import probe from './probe.cjs';

console.log(JSON.stringify(await probe(main, testing, rxjs)));
