const probe = require('./probe.cjs');

const [main, testing, node, tokens] = ['', '/testing', '/node', '/tokens'].map((entry) => require(`rx-fanout${entry}`));
probe({ main, testing, node, tokens }, require('rxjs')).then((seen) => console.log(JSON.stringify(seen)));
