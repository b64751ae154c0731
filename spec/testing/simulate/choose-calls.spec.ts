import { chooseCalls, type Tool } from '../../../lib/testing/simulate/choose-calls';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';
import { readSubject } from '../../../lib/testing/simulate/subject';

const weather: Tool = {
  name: 'getWeather',
  description: '',
  schema: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 1 } },
  },
};
const trains: Tool = { name: 'timetable', description: 'Departures of trains', schema: { type: 'object' } };
const tools = [weather, trains];

const called = (prompt: string, calling = { must: false, single: false }, offered: readonly Tool[] = tools) => {
  const random = seededRandom(3);
  return chooseCalls({ prompt, tools: offered, calling }, readSubject(prompt, random), random).map(({ name }) => name);
};

describe('chooseCalls', () => {
  it('calls a tool whose name shares a word with the prompt, and fills its arguments', () => {
    const prompt = 'How is the weather in Paris?';
    const calls = chooseCalls(
      { prompt, tools, calling: { must: false, single: false } },
      readSubject(prompt, () => 0),
      () => 0,
    );
    const args = { city: 'Paris', days: 1 };
    expect(calls).toEqual([{ name: 'getWeather', args, json: JSON.stringify(args) }]);
  });

  it('calls a tool whose description shares a word with the prompt', () => {
    expect(called('When do trains leave?')).toEqual(['timetable']);
  });

  it('calls all that fit, or the first of them when only one may be', () => {
    expect(called('Trains and weather, please')).toEqual(['getWeather', 'timetable']);
    expect(called('Trains and weather, please', { must: false, single: true })).toEqual(['getWeather']);
  });

  it('calls none that does not fit, unless one must be', () => {
    expect(called('Tell me a joke')).toEqual([]);
    expect(called('Tell me a joke', { must: true, single: false })).toHaveLength(1);
    expect(called('Tell me a joke', { must: true, single: false }, [])).toEqual([]);
  });

  it('is not led by words that say little', () => {
    expect(called('Which of these do you have?', undefined, [{ ...trains, description: 'which of these' }])).toEqual(
      [],
    );
  });
});
