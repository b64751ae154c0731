import * as main from 'rx-fanout';
import * as testing from 'rx-fanout/testing';
import * as node from 'rx-fanout/node';
import * as tokens from 'rx-fanout/tokens';
import * as rxjs from 'rxjs';
import probe from './probe.cjs';

console.log(JSON.stringify(await probe({ main, testing, node, tokens }, rxjs)));
