const real = global.expect;
const K = Number(process.env.FAIL_AT);
let n = 0;
beforeEach(() => { n = 0; });
global.expect = Object.assign((...a) => { n += 1; if (n === K) throw new Error('SABOTAGE'); return real(...a); }, real);
