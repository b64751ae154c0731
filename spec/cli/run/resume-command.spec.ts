import { execFileSync } from 'node:child_process';
import { resumeCommand } from '../../../lib/cli/run/resume-command';

describe('resumeCommand', () => {
  it.each([
    [['run', 'in.jsonl', '-o', 'out.jsonl', '-c', '8'], 'rx-fanout run in.jsonl -o out.jsonl -c 8 --resume'],
    [['run', 'in.jsonl', '--force', '-o', 'out.jsonl'], 'rx-fanout run in.jsonl -o out.jsonl --resume'],
    [['run', '--resume', 'in.jsonl', '-o', 'out.jsonl'], 'rx-fanout run in.jsonl -o out.jsonl --resume'],
    [['run', '-o', 'out.jsonl', '--', '-in.jsonl'], 'rx-fanout run -o out.jsonl --resume -- -in.jsonl'],
  ])('of %j', (args, expected) => {
    expect(resumeCommand(args)).toBe(expected);
  });

  it('means to a shell what was meant', () => {
    const args = ['run', 'my file.jsonl', '--template', `It's "{text}" $HOME \\ \n;*`, '--tag', ''];
    const script = `for arg in ${resumeCommand(args).replace('rx-fanout', '')}; do printf '%s\\0' "$arg"; done`;
    const heard = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(heard.split('\0').slice(0, -1)).toEqual([...args, '--resume']);
  });
});
