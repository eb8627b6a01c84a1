import { withoutSectionComments } from './define-source';

const define = 'define "Numerator":\n  true // a remark of its own';

describe('the CQL excerpt of a define', () => {
  it.each([
    ['nothing before it', define, define],
    ['a heading, parted by a blank line', `//\n// Screening\n//\n\n${define}`, define],
    ['a heading between rules, right above', `// ------\n// Screening\n// ------\n${define}`, define],
    ['a block comment as heading', `/* Screening */\n\n${define}`, define],
    ['a comment of its own', `// Seen in time.\n${define}`, `// Seen in time.\n${define}`],
    [
      'a heading, then a comment of its own',
      `//\n// Screening\n//\n\n// Seen\n// in time.\n${define}`,
      `// Seen\n// in time.\n${define}`,
    ],
    [
      'a block comment of its own that has a blank line',
      `/* Seen.\n\nIn time. */\n${define}`,
      `/* Seen.\n\nIn time. */\n${define}`,
    ],
  ])('with %s', (_, text, expected) => {
    expect(withoutSectionComments(text)).toBe(expected);
  });
});
