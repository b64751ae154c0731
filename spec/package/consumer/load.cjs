const probe = require('./probe.cjs');

probe(require('rx-fanout'), require('rx-fanout/testing'), require('rx-fanout/node'), require('rxjs')).then((seen) =>
  console.log(JSON.stringify(seen)),
);
